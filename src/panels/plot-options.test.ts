import { expect, it } from 'vitest'
import { chartsFor } from './chart-series.ts'
import { drawable, logRange, plotOptions } from './plot-options.ts'

it('a logarithmic axis spans whole orders of magnitude, five at most', () => {
  expect([logRange(3, 40), logRange(7, 8), logRange(0.001, 2e6), logRange(null, null), logRange(0, 50)]).toEqual([[1, 100], [1, 10], [100, 1e7], [0.1, 10], [1, 100]])
})

it('what has no logarithm, or is no number, leaves a gap', () => {
  expect(drawable([0, 1, NaN], true)).toEqual([null, 1, null])
  expect(drawable([0, 1, NaN], false)).toEqual([0, 1, null])
})

it('a grid keeps to the steps of its chart, but where it is logarithmic', () => {
  const steps = (id: string, log: boolean): readonly number[] | undefined => {
    const spec = chartsFor('p99').find(one => one.id === id)!
    const { axes } = plotOptions({ spec, lines: [], log, compared: false, width: 1, height: 1, colour: () => '', onCursor: () => {} })
    return axes![1]!.incrs as readonly number[] | undefined
  }
  expect(steps('depth', false)!.slice(0, 4)).toEqual([1, 2, 5, 10])
  expect(steps('utilization', false)!.slice(0, 4)).toEqual([0.01, 0.02, 0.05, 0.1])
  expect([steps('depth', true), steps('throughput', false)]).toEqual([undefined, undefined])
})

it('fills what is below a few lines, not below many, and not above a logarithmic axis', () => {
  const filled = (nodes: number, log = false): number => {
    const lines = Array.from({ length: nodes }, (_, n) => ({ key: `n${n}/in`, node: `n${n}`, label: '', values: [1], colour: n, place: 0 }))
    return plotOptions({ spec: chartsFor('p99')[0]!, lines, log, compared: false, width: 1, height: 1, colour: () => '#000000', onCursor: () => {} }).series.filter(one => one.fill !== undefined).length
  }
  expect([filled(1), filled(3), filled(4), filled(1, true)]).toEqual([1, 3, 0, 0])
})
