import { expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { HandleNumbers } from './handle-numbers.ts'

it('does what a Map does, whatever comes and goes', () => {
  const random = randomStream(3, 'numbers')
  const table = new HandleNumbers()
  const like = new Map<number, number>()
  for (let n = 0; n < 20_000; n += 1) {
    const handle = 8 + 7 * random.integer(300)
    if (random.chance(0.5)) {
      table.value = n
      table.set(handle)
      like.set(handle, n)
    } else {
      table.delete(handle)
      like.delete(handle)
    }
    const other = 8 + 7 * random.integer(300)
    expect(table.get(other)).toBe(like.get(other) ?? Infinity)
    expect(table.count).toBe(like.size)
  }
})
