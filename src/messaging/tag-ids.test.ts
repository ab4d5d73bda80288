import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { TagIds } from './tag-ids.ts'

describe('tag ids', () => {
  it('is a table, whatever the order in which tags come back', () => {
    const random = randomStream(6, 'tags')
    const ids = new TagIds()
    const model = new Map<number, number>()
    for (let n = 0; n < 8000; n += 1) {
      if (random.chance(0.52)) model.set(ids.add(n, n / 2), n)
      else if (model.size > 0) {
        const tag = [...model.keys()][random.chance(0.8) ? 0 : random.integer(model.size)]!
        expect([ids.has(tag), ids.major(tag), ids.minor(tag)]).toEqual([true, model.get(tag), model.get(tag)! / 2])
        ids.delete(tag)
        model.delete(tag)
        expect(ids.has(tag)).toBe(false)
      }
    }
    const [left] = model.keys()
    ids.clear()
    expect(ids.has(left!)).toBe(false)
    expect(ids.add(1, 1)).toBeGreaterThan(left!)
  })
})
