import { expect, it } from 'vitest'
import { namePxAt } from './far-names.ts'

it('names stay readable on the screen from near to far, until they would cover each other', () => {
  expect([namePxAt(1), namePxAt(0.55)]).toEqual([0, 0])
  for (const zoom of [0.54, 0.5, 0.4, 0.33, 0.26]) expect(namePxAt(zoom) * zoom).toBeGreaterThanOrEqual(11.5)
  expect(namePxAt(0.1)).toBe(46)
})
