import { describe, expect, it } from 'vitest'
import { fieldProblem, LAW_VALUES_MAX, type FieldSpec } from './fields.ts'

const field: FieldSpec = { id: 'time', label: 'Time', help: '', type: 'law', default: { law: 'constant', value: 1 }, unit: 'ms' }

describe('a law field', () => {
  it.each(['empirical', 'trace'])('takes %s durations, and says which is wrong', law => {
    expect(fieldProblem(field, { law, values: [0, 1.5, 3] })).toBeUndefined()
    expect(fieldProblem(field, { law, values: [] })).toBe('Time: At least one duration is needed.')
    expect(fieldProblem(field, { law, values: [1, -2] })).toBe('Time: Durations are numbers from 0 to 320000000000; number 2 is -2.')
    expect(fieldProblem(field, { law, values: new Array<number>(LAW_VALUES_MAX + 1).fill(1) })).toBe('Time: At most 10000 durations fit; got 10001.')
    expect(fieldProblem(field, { law })).toBe('Time: At least one duration is needed.')
  })

  it('takes the laws with parameters within their limits', () => {
    expect(fieldProblem(field, { law: 'lognormal', mean: 10, scv: 4 })).toBeUndefined()
    expect(fieldProblem(field, { law: 'hyperexponential', mean: 10, scv: 0.5 })).toBe('Time: Squared coefficient of variation must be between 1 and 1000; got 0.5.')
    expect(fieldProblem(field, { law: 'cauchy' })).toBe('Time: there is no law "cauchy"; the laws are constant, exponential, uniform, normal, lognormal, erlang, hyperexponential, pareto, empirical, trace.')
  })
})
