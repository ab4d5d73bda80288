import { describe, expect, it } from 'vitest'
import { randomStream } from './random.ts'

describe('random streams', () => {
  it('follows the exponential distribution, tail included', () => {
    const stream = randomStream(7, 'tail')
    const n = 1_000_000
    const beyond = [1, 3, 7.7, 9]
    const seen = beyond.map(() => 0)
    for (let i = 0; i < n; i += 1) {
      const x = stream.sample({ law: 'exponential', mean: 1 })
      beyond.forEach((limit, index) => (seen[index]! += x > limit ? 1 : 0))
    }
    beyond.forEach((limit, index) => {
      const p = Math.exp(-limit)
      expect(Math.abs(seen[index]! / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n))
    })
  })

  it('depends on seed and name alone', () => {
    const first = randomStream(42, 'alice/arrival')
    const again = randomStream(42, 'alice/arrival')
    expect([first.uniform(), first.uniform()]).toEqual([again.uniform(), again.uniform()])
    expect(randomStream(42, 'bob/arrival').uniform()).not.toBe(randomStream(42, 'alice/arrival').uniform())
    expect(randomStream(43, 'alice/arrival').uniform()).not.toBe(randomStream(42, 'alice/arrival').uniform())
  })

  it('gives whole nanoseconds of at least zero', () => {
    const stream = randomStream(3, 'ms')
    for (let i = 0; i < 1000; i += 1) {
      const ns = stream.sampleMs({ law: 'normal', mean: 0.00001, deviation: 1 })
      expect(Number.isInteger(ns) && ns >= 0).toBe(true)
    }
    expect(stream.sampleMs({ law: 'constant', value: 0.0000004 })).toBe(0)
  })
})
