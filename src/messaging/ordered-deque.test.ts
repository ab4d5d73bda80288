import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { OrderedDeque } from './ordered-deque.ts'

describe('ordered deque', () => {
  it('keeps the order of positions through random takes and returns', () => {
    const random = randomStream(4, 'deque')
    const deque = new OrderedDeque(handle => handle)
    let next = 1
    const out: number[] = []
    let model: number[] = []
    for (let n = 0; n < 20_000; n += 1) {
      const dice = random.uniform()
      if (dice < 0.4) {
        deque.push(next)
        model.push(next)
        next += 1
      } else if (dice < 0.7 && deque.count > 0) {
        const taken = deque.shift()
        expect(taken).toBe(model.shift())
        out.push(taken)
      } else if (out.length > 0) {
        const back = out.splice(random.integer(out.length), 1)[0]!
        deque.insert(back)
        model = [...model, back].sort((a, b) => a - b)
      }
    }
    expect(Array.from({ length: deque.count }, (_, n) => deque.at(n))).toEqual(model)
  })
})
