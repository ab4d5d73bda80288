import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'
import { atLeast, atMost, figure, geometricMean, median, table } from './summary.ts'
import { suspicion } from './workload.ts'

describe('the contest', () => {
  it('reports medians and ratios', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), geometricMean([1, 4])]).toEqual([2, 2.5, 2])
    expect([figure(0.01234), figure(3.14159), figure(1234.5), figure(NaN)]).toEqual(['0.0123', '3.14', '1235', '–'])
    expect(table(['', 'a'], [['longer', '1']])).toBe('        a\nlonger  1')
  })

  it('judges targets only where there is something to judge them by', () => {
    expect([atLeast('x', 2, 3).holds, atLeast('x', 2, 1).holds, atLeast('x', 2, NaN).holds, atMost('x', 2, 3, 's').holds]).toEqual([true, false, null, false])
  })

  it('suspects a result that theory does not allow', () => {
    expect(suspicion('W1', { messages: 1e7, events: 2e7, mean: 4.05, p99: 22 })).toBeNull()
    expect(suspicion('W1', { messages: 1e7, events: 2e7, mean: 4.4, p99: 22 })).toContain('instead of 4')
  })

  it('takes parts and contestants by name, and says what it does not know', () => {
    const options = readOptions(['--only', 'kernel,c', '--workloads', 'W1'])
    if (typeof options === 'string') throw new Error(options)
    expect([options.includes('contest'), options.includes('frame'), options.takesPart('c'), options.takesPart('simjs'), options.workloads]).toEqual([true, false, true, false, ['W1']])
    expect(readOptions(['--only', 'nobody'])).toContain('nobody')
    expect(readOptions(['--rounds', '0'])).toContain('--rounds')
  })
})
