import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { controlledMean, ratioValues } from './controlled-mean.ts'
import { student } from './student.ts'
import { warmUp } from './warm-up.ts'

const RUNS = 600
const BATCHES = 64

describe('batch means', () => {
  it('cover the true mean about as often as they say, with and without controls', () => {
    const covered = { plain: 0, controlled: 0 }
    let narrower = 0
    for (let run = 0; run < RUNS; run += 1) {
      const random = randomStream(run, 'cover')
      const known = Array.from({ length: BATCHES }, () => random.exponential() - 1)
      const useless = Array.from({ length: BATCHES }, () => random.exponential() - 1)
      const values = known.map(one => 3 + 2 * one + random.exponential() - 1)
      const plain = controlledMean(values, [], 0.99)
      const controlled = controlledMean(values, [known, useless], 0.99)
      if (Math.abs(plain.mean - 3) <= plain.halfWidth) covered.plain += 1
      if (Math.abs(controlled.mean - 3) <= controlled.halfWidth) covered.controlled += 1
      narrower += controlled.halfWidth / plain.halfWidth / RUNS
    }
    expect(covered.plain / RUNS).toBeGreaterThan(0.97)
    expect(covered.controlled / RUNS).toBeGreaterThan(0.97)
    // Of a variance of 5, controls leave 1.
    expect(narrower).toBeGreaterThan(0.4)
    expect(narrower).toBeLessThan(0.52)
  })

  it('leave out controls that say nothing or the same again', () => {
    const random = randomStream(1, 'same')
    const values = Array.from({ length: BATCHES }, () => random.exponential())
    const control = values.map(value => value - 1 + random.exponential() / 10)
    const once = controlledMean(values, [control], 0.99)
    expect(controlledMean(values, [control, control.map(one => 5 * one), values.map(() => 0)], 0.99)).toEqual(once)
  })

  it('have no width that could be trusted with too few batches', () => {
    expect(controlledMean([1, 2, 3], [], 0.99)).toEqual({ mean: 2, halfWidth: Infinity })
    expect(controlledMean([], [], 0.99).halfWidth).toBe(Infinity)
  })

  it('of a ratio have the ratio of the sums as their mean', () => {
    const values = ratioValues([2, 3, 9], [1, 2, 4])
    expect(values.reduce((sum, value) => sum + value, 0) / 3).toBeCloseTo(2)
  })
})

describe('Student’s t', () => {
  it('agrees with the tables', () => {
    expect(student(0.99, 20)).toBeCloseTo(2.845, 3)
    expect(student(0.99, 31)).toBeCloseTo(2.744, 3)
    expect(student(0.99, 60)).toBeCloseTo(2.66, 3)
    expect(student(0.999, 31)).toBeCloseTo(3.633, 3)
    expect(student(0.999, 60)).toBeCloseTo(3.46, 3)
  })
})

describe('warm-up', () => {
  it('is cut off where there is one, and nothing where there is none', () => {
    const random = randomStream(9, 'warm')
    const noise = (): number => random.sample({ law: 'normal', mean: 10, deviation: 1 })
    const steady = Array.from({ length: 500 }, noise)
    const cold = [...Array.from({ length: 100 }, (_, n) => n / 10), ...Array.from({ length: 400 }, noise)]
    expect(warmUp(steady)).toBeLessThan(120)
    expect(warmUp(cold)).toBeGreaterThanOrEqual(90)
    expect(warmUp(cold)).toBeLessThan(200)
  })

  it('has not ended when the figures still rise', () => {
    expect(warmUp(Array.from({ length: 500 }, (_, n) => n))).toBeNull()
  })
})
