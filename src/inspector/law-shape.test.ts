import { describe, expect, it } from 'vitest'
import { LAWS } from '../contract/fields.ts'
import type { Law } from '../kernel/law.ts'
import { randomStream } from '../kernel/random.ts'
import type { Config } from '../topology/document.ts'
import { lawMoments } from './law-moments.ts'
import { lawShape } from './law-shape.ts'

/** Each law of the editor, with its default parameters. */
const DEFAULTS: readonly Config[] = LAWS.map(law => (law.listed ? { law: law.law, values: [10, 20, 30, 200] } : { law: law.law, ...Object.fromEntries(law.parameters.map(parameter => [parameter.id, parameter.default])) }))
const DRAWS = 200_000

describe('moments of laws', () => {
  it.each([...DEFAULTS, { law: 'normal', mean: 10, deviation: 20 }, { law: 'pareto', mean: 100, shape: 4 }])('of $law are those of what the simulation draws', law => {
    const { mean, scv } = lawMoments(law)!
    const stream = randomStream(7, 'moments')
    const drawn = Array.from({ length: DRAWS }, () => stream.sample(law as unknown as Law))
    const drawnMean = drawn.reduce((sum, value) => sum + value, 0) / DRAWS
    expect(Math.abs(drawnMean / mean - 1)).toBeLessThan(0.02)
    const drawnScv = drawn.reduce((sum, value) => sum + (value - drawnMean) ** 2, 0) / DRAWS / drawnMean ** 2
    // Heavy tails come to their variance slowly.
    expect(Math.abs(drawnScv - scv)).toBeLessThan(law['law'] === 'pareto' ? 0.3 : 0.05 * Math.max(1, scv))
  })

  it('have no variance where the tail is heavy, and are none of what is no law', () => {
    expect(lawMoments({ law: 'pareto', mean: 5, shape: 2 })).toEqual({ mean: 5, scv: Infinity })
    expect([lawMoments({ law: 'cauchy' }), lawMoments({ law: 'exponential' }), lawMoments({ law: 'trace', values: [] })]).toEqual([null, null, null])
    expect(lawMoments({ law: 'constant', value: 0 })).toEqual({ mean: 0, scv: 0 })
  })
})

describe('shapes of laws', () => {
  it.each(DEFAULTS)('$law has one within its box', law => {
    const { heights, mean, end } = lawShape(law)!
    expect(heights.every(height => height >= 0 && height <= 1)).toBe(true)
    expect(Math.max(...heights)).toBe(1)
    expect(end).toBeGreaterThan(0)
    expect(mean === null || (mean >= 0 && mean <= 1)).toBe(true)
  })

  it('follows how often the simulation draws what', () => {
    for (const law of DEFAULTS.filter(one => lawShape(one)!.form === 'density')) {
      const { heights, end } = lawShape(law)!
      const stream = randomStream(3, 'shape')
      const bins = new Array<number>(heights.length - 1).fill(0)
      for (let n = 0; n < DRAWS; n += 1) {
        const at = Math.floor((stream.sample(law as unknown as Law) / end) * bins.length)
        if (at < bins.length) bins[at]! += 1
      }
      const sketched = bins.map((_, n) => (heights[n]! + heights[n + 1]!) / 2)
      const scale = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
      const apart = bins.reduce((sum, count, n) => sum + Math.abs(count / scale(bins) - sketched[n]! / scale(sketched)), 0)
      expect(apart, String(law['law'])).toBeLessThan(0.12)
    }
  })

  it('is a spike where nothing varies, and the course of a trace', () => {
    expect(lawShape({ law: 'constant', value: 40 })).toEqual({ form: 'spike', heights: [1], end: 80, mean: 0.5 })
    expect(lawShape({ law: 'exponential', mean: 0 })).toEqual({ form: 'spike', heights: [1], end: 0, mean: 0 })
    expect(lawShape({ law: 'trace', values: [10, 40, 10] })).toEqual({ form: 'course', heights: [0.25, 1, 0.25], end: 3, mean: 0.5 })
    expect(lawShape({ law: 'erlang', mean: 5, shape: 1000 })!.heights.filter(height => height > 0.5).length).toBeGreaterThan(3)
  })
})
