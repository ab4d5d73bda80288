import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { HandleDeque } from './handle-deque.ts'

describe('handle deque', () => {
  it('does what an array does, at both ends and in the middle', () => {
    const random = randomStream(9, 'deque')
    const deque = new HandleDeque()
    const model: number[] = []
    for (let n = 1; n < 20_000; n += 1) {
      const dice = random.uniform()
      if (dice < 0.3) {
        deque.pushTail(n)
        model.push(n)
      } else if (dice < 0.55) {
        deque.pushHead(n)
        model.unshift(n)
      } else if (model.length === 0) continue
      else if (dice < 0.7) expect(deque.takeHead()).toBe(model.shift())
      else if (dice < 0.85) expect(deque.takeTail()).toBe(model.pop())
      else {
        const at = random.integer(model.length)
        expect(deque.takeAt(at)).toBe(model.splice(at, 1)[0])
      }
    }
    expect(Array.from({ length: deque.count }, (_, n) => deque.at(n))).toEqual(model)
  })
})
