import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { TagWindow } from './tag-window.ts'

describe('tag window', () => {
  it('is a set, whatever the order in which tags come back', () => {
    const random = randomStream(2, 'tags')
    const window = new TagWindow()
    let model = new Set<number>()
    let next = 1
    for (let n = 0; n < 30_000; n += 1) {
      const dice = random.uniform()
      if (dice < 0.5) {
        next += random.chance(0.1) ? 3 : 1
        window.add(next)
        model.add(next)
      } else if (dice < 0.98) {
        const tag = dice < 0.8 && model.size > 0 ? [...model][random.integer(Math.min(model.size, 5))]! : random.integer(next + 2)
        expect(window.delete(tag)).toBe(model.delete(tag))
      } else if (random.chance(0.1)) {
        window.clear()
        model = new Set()
        next = 1
      }
    }
  })
})
