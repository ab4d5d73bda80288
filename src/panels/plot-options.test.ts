import { expect, it } from 'vitest'
import { drawable, logRange } from './plot-options.ts'

it('a logarithmic axis spans whole orders of magnitude, five at most', () => {
  expect([logRange(3, 40), logRange(7, 8), logRange(0.001, 2e6), logRange(null, null), logRange(0, 50)]).toEqual([[1, 100], [1, 10], [100, 1e7], [0.1, 10], [1, 100]])
})

it('what has no logarithm, or is no number, leaves a gap', () => {
  expect(drawable([0, 1, NaN], true)).toEqual([null, 1, null])
  expect(drawable([0, 1, NaN], false)).toEqual([0, 1, null])
})
