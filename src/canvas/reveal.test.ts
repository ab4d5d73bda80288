import { expect, it } from 'vitest'
import { seesCorner, shiftInto } from './reveal.ts'

const view = { width: 400, height: 300 }
const box = (x: number, y: number, width = 100, height = 50) => ({ x, y, width, height })

it('moves the view just so far that all of a box is in it, and not at all where it is', () => {
  expect(shiftInto(box(50, 50), view)).toEqual({ x: 0, y: 0 })
  expect(shiftInto(box(350, 280), view)).toEqual({ x: -62, y: -42 })
  expect(shiftInto(box(-30, -80), view)).toEqual({ x: 42, y: 92 })
  expect(shiftInto(box(0, 0, 390), view)).toBeNull()
})

it('sees what a corner of is in sight', () => {
  expect([box(390, 0), box(370, 0), box(-70, 0), box(-90, 0)].map(one => seesCorner(one, view))).toEqual([false, true, true, false])
})
