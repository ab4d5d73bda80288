import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { Histogram } from './histogram.ts'

describe('histogram', () => {
  it('finds percentiles of any scale within half a percent of the sorted samples', () => {
    for (const scale of [1e3, 1e6, 1e9, 1e12, 2.6e15]) {
      const random = randomStream(5, `scale ${scale}`)
      const histogram = new Histogram()
      const samples: number[] = []
      for (let n = 0; n < 20_000; n += 1) {
        const value = Math.ceil(random.uniform() * scale)
        samples.push(value)
        histogram.record(value)
      }
      samples.sort((a, b) => a - b)
      for (const share of [0.05, 0.5, 0.95, 0.99]) {
        const exact = samples[Math.ceil(share * samples.length) - 1]!
        expect(Math.abs(histogram.percentile(share) / exact - 1)).toBeLessThan(0.005)
      }
      const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length
      expect(Math.abs(histogram.mean() / mean - 1)).toBeLessThan(1e-12)
    }
  })

  it('has no percentile while empty, and none of the old ones after clear', () => {
    const histogram = new Histogram()
    expect(histogram.percentile(0.5)).toBeNaN()
    histogram.record(5)
    histogram.clear()
    expect([histogram.count, histogram.percentile(0.5)]).toEqual([0, NaN])
  })
})
