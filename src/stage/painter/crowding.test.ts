import { expect, it } from 'vitest'
import { crowded, flowOf, RIBBON_PX_A_SECOND_MOST, rowsOf } from './crowding.ts'

it('a line holds as many tokens as have room, and a ribbon stays one until there is clearly room again', () => {
  expect([crowded(100, 600, false), crowded(101, 600, false)]).toEqual([false, true])
  expect([crowded(70, 600, true), crowded(60, 600, true)]).toEqual([true, false])
  expect(crowded(6, 10, false)).toBe(false)
})

it('every grain stands for one message until there are more than eyes can tell apart', () => {
  const { places, filled } = flowOf(120, 1000, 600)
  expect(Math.round(places * filled)).toBe(120)
  expect(flowOf(100_000, 1000, 600).filled).toBe(1)
  expect(flowOf(240, 1000, 600).filled).toBeCloseTo(2 * flowOf(120, 1000, 600).filled)
})

it('grains move as fast as messages do, up to what eyes can follow', () => {
  expect(flowOf(100, 4000, 600).sharePerMs * 4000).toBeCloseTo(1)
  expect(flowOf(100, 10, 600).sharePerMs * 1000 * 600).toBeCloseTo(RIBBON_PX_A_SECOND_MOST)
})

it('a fuller ribbon is wider', () => {
  expect([0.1, 0.4, 0.9].map(rowsOf)).toEqual([1, 3, 5])
})
