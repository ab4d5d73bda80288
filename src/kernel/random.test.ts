import { describe, expect, it } from 'vitest'
import type { Law } from './law.ts'
import { randomStream } from './random.ts'

/** Exact mean and variance of every law with parameters. */
const EXACT: readonly { law: Law; mean: number; variance: number }[] = [
  { law: { law: 'exponential', mean: 10 }, mean: 10, variance: 100 },
  { law: { law: 'uniform', min: 5, max: 11 }, mean: 8, variance: 3 },
  { law: { law: 'normal', mean: 50, deviation: 4 }, mean: 50, variance: 16 },
  { law: { law: 'lognormal', mean: 10, scv: 0.5 }, mean: 10, variance: 50 },
  { law: { law: 'erlang', mean: 9, shape: 3 }, mean: 9, variance: 27 },
  { law: { law: 'hyperexponential', mean: 10, scv: 3 }, mean: 10, variance: 300 },
  { law: { law: 'pareto', mean: 10, shape: 6 }, mean: 10, variance: 100 / 24 },
  { law: { law: 'empirical', values: [1, 2, 6] }, mean: 3, variance: 14 / 3 },
]

describe('random streams', () => {
  it.each(EXACT)('draws $law.law with its mean and variance', ({ law, mean, variance }) => {
    const stream = randomStream(1, `law/${law.law}`)
    const n = 400_000
    let sum = 0
    let squares = 0
    for (let i = 0; i < n; i += 1) {
      const x = stream.sample(law)
      sum += x
      squares += (x - mean) * (x - mean)
    }
    expect(Math.abs(sum / n - mean)).toBeLessThan(5 * Math.sqrt(variance / n))
    expect(Math.abs(squares / n / variance - 1)).toBeLessThan(0.05)
  })

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
