import { describe, expect, it } from 'vitest'
import type { Law } from '../kernel/law.ts'
import { randomStream } from '../kernel/random.ts'
import { lawMoments, normalAbove } from './law-moments.ts'

/** Every law against its exact mean, variance and distribution. `below` is the share of values up to x. */
const exponentialBelow = (x: number, mean: number): number => 1 - Math.exp(-x / mean)
const hyper = (x: number, mean: number, scv: number): number => {
  const p = 0.5 * (1 + Math.sqrt((scv - 1) / (scv + 1)))
  return p * exponentialBelow(x, mean / (2 * p)) + (1 - p) * exponentialBelow(x, mean / (2 * (1 - p)))
}
const LAWS: readonly { readonly law: Law; readonly below: (x: number) => number; readonly at: readonly number[] }[] = [
  { law: { law: 'exponential', mean: 10 }, below: x => exponentialBelow(x, 10), at: [0.1, 1, 7, 23, 46, 80] },
  { law: { law: 'uniform', min: 5, max: 11 }, below: x => (x - 5) / 6, at: [5.06, 6.5, 8, 10.9] },
  { law: { law: 'normal', mean: 50, deviation: 4 }, below: x => 1 - normalAbove((x - 50) / 4), at: [40, 46, 50, 59.3] },
  { law: { law: 'normal', mean: 10, deviation: 10 }, below: x => 1 - normalAbove((x - 10) / 10) / normalAbove(-1), at: [0.5, 5, 10, 20, 33] },
  { law: { law: 'normal', mean: 0, deviation: 3 }, below: x => 1 - 2 * normalAbove(x / 3), at: [0.1, 2, 8] },
  { law: { law: 'lognormal', mean: 10, scv: 0.5 }, below: x => 1 - normalAbove((Math.log(x / 10) + Math.log(1.5) / 2) / Math.sqrt(Math.log(1.5))), at: [2, 6, 10, 40] },
  { law: { law: 'lognormal', mean: 10, scv: 4 }, below: x => 1 - normalAbove((Math.log(x / 10) + Math.log(5) / 2) / Math.sqrt(Math.log(5))), at: [0.5, 4, 10, 85] },
  { law: { law: 'erlang', mean: 9, shape: 3 }, below: x => 1 - Math.exp(-x / 3) * (1 + x / 3 + (x / 3) ** 2 / 2), at: [1, 5, 9, 25] },
  { law: { law: 'erlang', mean: 5, shape: 1 }, below: x => exponentialBelow(x, 5), at: [0.1, 3, 20] },
  { law: { law: 'hyperexponential', mean: 10, scv: 3 }, below: x => hyper(x, 10, 3), at: [0.5, 5, 30, 90] },
  { law: { law: 'hyperexponential', mean: 10, scv: 1 }, below: x => exponentialBelow(x, 10), at: [1, 10, 40] },
  { law: { law: 'pareto', mean: 10, shape: 6 }, below: x => 1 - (50 / 6 / x) ** 6, at: [8.4, 9, 12, 18] },
  { law: { law: 'pareto', mean: 10, shape: 1.5 }, below: x => 1 - (10 / 3 / x) ** 1.5, at: [3.5, 5, 20, 300] },
  { law: { law: 'empirical', values: [1, 2, 6] }, below: x => (x < 2 ? 1 / 3 : 2 / 3), at: [1.5, 4] },
]
const COUNT = 300_000
/** Five standard errors: one in two million by chance, for each of some hundred numbers compared. */
const ERRORS = 5
const name = (law: Law): string => JSON.stringify(law)

describe('laws', () => {
  it.each(LAWS)('$law has its moments and its distribution', ({ law, below, at }) => {
    const { mean, variance } = lawMoments(law)
    const stream = randomStream(11, name(law))
    const seen = at.map(() => 0)
    let sum = 0
    let squares = 0
    let fourth = 0
    for (let n = 0; n < COUNT; n += 1) {
      const x = stream.sample(law)
      sum += x
      squares += (x - mean) ** 2
      fourth += (x - mean) ** 4
      for (let k = 0; k < at.length; k += 1) if (x <= at[k]!) seen[k]! += 1
    }
    at.forEach((x, k) => {
      const share = below(x)
      expect(Math.abs(seen[k]! / COUNT - share), `share up to ${x}`).toBeLessThan(ERRORS * Math.sqrt((share * (1 - share)) / COUNT))
    })
    if (!Number.isFinite(variance)) return
    expect(Math.abs(sum / COUNT - mean), 'mean').toBeLessThan(ERRORS * Math.sqrt(variance / COUNT))
    const spread = squares / COUNT
    expect(Math.abs(spread - variance), 'variance').toBeLessThan(ERRORS * Math.sqrt((fourth / COUNT - spread ** 2) / COUNT))
  })

  it('constant is always the same', () => {
    const stream = randomStream(1, 'constant')
    expect([stream.sample({ law: 'constant', value: 7 }), stream.sample({ law: 'constant', value: 7 })]).toEqual([7, 7])
    expect(lawMoments({ law: 'constant', value: 7 })).toEqual({ mean: 7, variance: 0 })
  })

  it('trace tells its values in order, again and again, each stream for itself', () => {
    const law: Law = { law: 'trace', values: [3, 1, 4] }
    const stream = randomStream(1, 'trace')
    const other = randomStream(1, 'other')
    expect([1, 2, 3, 4, 5].map(() => stream.sample(law))).toEqual([3, 1, 4, 3, 1])
    expect(other.sample(law)).toBe(3)
    expect(lawMoments(law).mean).toBeCloseTo(8 / 3)
  })

  it('a trace uses up no chance: what else is drawn stays the same', () => {
    const one = randomStream(5, 'same')
    const other = randomStream(5, 'same')
    other.sample({ law: 'trace', values: [1, 2] })
    expect(other.uniform()).toBe(one.uniform())
  })
})
