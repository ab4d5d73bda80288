import { describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.ts'
import { outcomes, value, waitsFor, type Expectation } from './expectation.ts'

const verdict = (expected: Omit<Expectation, 'check'>, ...[measured]: [Parameters<typeof evaluate>[1]]): string => evaluate({ check: 'x', ...expected }, measured).verdict

describe('a check', () => {
  it('exact and order are compared whole, of every outcome', () => {
    expect([verdict({ kind: 'exact', value: [[1], { a: 2 }] }, value([[1], { a: 2 }])), verdict({ kind: 'exact', value: 1 }, value(true)), verdict({ kind: 'order', value: ['a', 'b'] }, value(['b', 'a']))]).toEqual(['passed', 'failed', 'failed'])
    expect([verdict({ kind: 'exact', value: 1 }, outcomes([1, 1])), verdict({ kind: 'exact', value: 1 }, outcomes([1, 2])), verdict({ kind: 'exact', value: 1 }, outcomes([]))]).toEqual(['passed', 'failed', 'failed'])
  })

  it('a set has no order', () => {
    expect([verdict({ kind: 'set', value: ['a', 'b'] }, value(['b', 'a'])), verdict({ kind: 'set', value: ['a', 'b'] }, value(['a']))]).toEqual(['passed', 'failed'])
  })

  it('a range has limits for all numbers, for each, around the value, or below an ideal', () => {
    expect([verdict({ kind: 'range', value: [0, 1], min: 0, max: 4 }, value([4, 0])), verdict({ kind: 'range', value: [0, 1], min: 0, max: 4 }, value([5, 0]))]).toEqual(['passed', 'failed'])
    expect([verdict({ kind: 'range', value: [34, 14], min: [33, 12], max: [36, 15] }, value([35, 13])), verdict({ kind: 'range', value: [34, 14], min: [33, 12], max: [36, 15] }, value([13, 35]))]).toEqual(['passed', 'failed'])
    expect([verdict({ kind: 'range', value: { a: [10] }, tolerance: 2 }, value({ a: [12] })), verdict({ kind: 'range', value: { a: [10] }, tolerance: 2 }, value({ a: [13] })), verdict({ kind: 'range', value: { a: 10 }, tolerance: 2 }, value({ b: 10 }))]).toEqual(['passed', 'failed', 'failed'])
    const down = { kind: 'range', value: [47], ideal: [50], tolerance: 'down to 75 percent of ideal' } as const
    expect([verdict(down, value([37.5])), verdict(down, value([37])), verdict(down, value([51]))]).toEqual(['passed', 'failed', 'failed'])
  })

  it('a recorded distribution is compared by its middle, and a race by what it can bring about', () => {
    const summary = { kind: 'range', value: { n: 2, p50: 1 }, min: 0, max: 10 } as const
    expect([verdict(summary, outcomes([1, 2, 15])), verdict(summary, outcomes([1, 12, 15]))]).toEqual(['passed', 'failed'])
    expect([verdict({ kind: 'observed', value: [{ a: 1 }, { a: 2 }] }, outcomes([{ a: 2 }, { a: 3 }, { a: 1 }])), verdict({ kind: 'observed', value: [{ a: 1 }] }, outcomes([{ a: 2 }]))]).toEqual(['passed', 'failed'])
    expect([verdict({ kind: 'observed', value: [3, 5] }, outcomes([2, 6])), verdict({ kind: 'observed', value: [3, 5] }, outcomes([4, 6])), verdict({ kind: 'observed', value: 2 }, value(2))]).toEqual(['passed', 'failed', 'passed'])
  })

  it('is not counted when its parts do not exist, and fails when nothing was measured', () => {
    expect([verdict({ kind: 'exact', value: 1 }, waitsFor('x')), verdict({ kind: 'exact', value: 1 }, undefined)]).toEqual(['waits', 'failed'])
  })
})
