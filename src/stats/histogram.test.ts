import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { bucketRange, Histogram, HISTOGRAM_BUCKETS } from './histogram.ts'

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

  it('finds percentiles of a few single values within half a percent, wherever in their buckets they are', () => {
    for (let n = 0; n < 400; n += 1) {
      const value = 1e6 + n * 77
      const histogram = new Histogram()
      for (let m = 0; m < 10; m += 1) histogram.record(value)
      for (const share of [0.01, 0.5, 0.99, 1]) expect(Math.abs(histogram.percentile(share) / value - 1)).toBeLessThanOrEqual(0.005)
    }
  })

  it('goes on when a bucket is full', () => {
    const histogram = new Histogram()
    for (let n = 0; n < 1000; n += 1) histogram.record(100)
    for (let n = 0; n < 255; n += 1) histogram.record(1000)
    const counts = new Float64Array(HISTOGRAM_BUCKETS)
    histogram.counts(counts)
    expect([...counts].filter(count => count > 0)).toEqual([1000, 255])
    histogram.record(1000)
    histogram.counts(counts)
    expect([...counts].filter(count => count > 0)).toEqual([1000, 256])
    expect(Math.abs(histogram.percentile(0.79) / 100 - 1)).toBeLessThan(0.005)
    expect(Math.abs(histogram.percentile(0.81) / 1000 - 1)).toBeLessThan(0.005)
    histogram.clear()
    histogram.counts(counts)
    expect(counts.every(count => count === 0)).toBe(true)
  })

  it('has no percentile while empty, and none of the old ones after clear', () => {
    const histogram = new Histogram()
    expect(histogram.percentile(0.5)).toBeNaN()
    histogram.record(5)
    histogram.clear()
    expect([histogram.count, histogram.percentile(0.5)]).toEqual([0, NaN])
  })

  it('counts the same whether it is read in between or not, cleared or new', () => {
    const random = randomStream(7, 'reads')
    const [read, unread] = [new Histogram(), new Histogram()]
    const [counts, others] = [new Float64Array(HISTOGRAM_BUCKETS), new Float64Array(HISTOGRAM_BUCKETS)]
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 1000; n += 1) {
        const value = random.chance(0.1) ? 0 : Math.round(random.exponential() * 1e6)
        read.record(value)
        unread.record(value)
        if (random.chance(0.02)) read.percentile(0.5)
      }
      read.counts(counts)
      unread.counts(others)
      expect([counts, counts.reduce((sum, count) => sum + count, 0)]).toEqual([others, 1000])
      read.clear()
      unread.clear()
    }
  })

  it('tells how many records each bucket has, and where it lies', () => {
    const histogram = new Histogram()
    const values = [0, 0, 1, 1.5, 300, 1e9, 1e9]
    for (const value of values) histogram.record(value)
    const counts = new Float64Array(HISTOGRAM_BUCKETS)
    histogram.counts(counts)
    const told = [...counts.entries()].filter(([, count]) => count > 0)
    expect(told.map(([, count]) => count)).toEqual([2, 1, 1, 1, 2])
    told.forEach(([bucket], n) => {
      const value = [0, 1, 1.5, 300, 1e9][n]!
      const { low, width } = bucketRange(bucket)
      expect(low <= value && value <= low + width).toBe(true)
    })
  })
})
