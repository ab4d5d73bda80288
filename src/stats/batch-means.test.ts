import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { ratioInterval, warmUp } from './batch-means.ts'

describe('batch means', () => {
  it('cover the true mean about as often as they say', () => {
    let covered = 0
    const ones = new Array<number>(640).fill(1)
    for (let run = 0; run < 400; run += 1) {
      const random = randomStream(run, 'cover')
      const values = ones.map(() => random.sample({ law: 'exponential', mean: 3 }))
      const { mean, halfWidth } = ratioInterval(values, ones, 0.99)
      if (Math.abs(mean - 3) <= halfWidth) covered += 1
    }
    expect(covered / 400).toBeGreaterThan(0.965)
  })

  it('cut off a warm-up, and nothing when there is none', () => {
    const random = randomStream(9, 'warm')
    const noise = (): number => random.sample({ law: 'normal', mean: 10, deviation: 1 })
    const steady = Array.from({ length: 500 }, noise)
    const cold = [...Array.from({ length: 100 }, (_, n) => n / 10), ...Array.from({ length: 400 }, noise)]
    expect(warmUp(steady)).toBeLessThan(120)
    expect(warmUp(cold)).toBeGreaterThanOrEqual(90)
    expect(warmUp(cold)).toBeLessThan(200)
  })
})
