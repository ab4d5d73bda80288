import { interpolate as general, interpolateZoom as original } from 'd3-interpolate'
import { expect, it } from 'vitest'
import { interpolate, interpolateZoom } from './interpolate.ts'

const SHARES = [0, 0.1, 0.35, 0.5, 0.8, 1]
const VIEWS = [
  [0, 0, 800],
  [0, 0, 200],
  [420, -130, 800],
  [5000, 9000, 90],
] as const

it('goes the same way as d3 from any view to any other', () => {
  for (const from of VIEWS)
    for (const to of VIEWS) {
      const [ours, theirs] = [interpolateZoom(from, to), original([...from], [...to])]
      for (const share of SHARES) theirs(share).forEach((value, at) => expect(ours(share)[at]).toBeCloseTo(value, 6))
    }
})

it('goes straight as d3 does', () => {
  const [ours, theirs] = [interpolate(VIEWS[1], VIEWS[3]), general([...VIEWS[1]], [...VIEWS[3]])]
  for (const share of SHARES) expect(ours(share)).toEqual(theirs(share).slice())
})
