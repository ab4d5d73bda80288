import { describe, expect, it } from 'vitest'
import { LOOK_COMMAND, LOOK_DOCUMENT, LOOK_EVENT, lookOf } from '../contract/hops.ts'
import { TUBE_WIDTH, tubeMarks } from './tube-marks.ts'

const event = lookOf({ shape: LOOK_EVENT, colour: 1 })

describe('what a tube shows', () => {
  it('draws each message by its look, the head at the right and what was handed out before it', () => {
    const { marks, barWidth } = tubeMarks([lookOf({ shape: LOOK_COMMAND, colour: 3, reply: true }), lookOf({ shape: LOOK_DOCUMENT, colour: 2, redelivered: true }), lookOf({ shape: LOOK_EVENT, colour: 2, dead: true })], 3, 1)
    expect(barWidth).toBe(0)
    expect(marks).toEqual([
      { place: 2, x: TUBE_WIDTH - 10, shape: 'circle', colour: 'var(--dead)', hollow: false, ring: false, out: true },
      { place: 0, x: TUBE_WIDTH - 22, shape: 'triangle', colour: 'var(--message-3)', hollow: true, ring: false, out: false },
      { place: 1, x: TUBE_WIDTH - 34, shape: 'square', colour: 'var(--message-2)', hollow: false, ring: true, out: false },
    ])
  })

  it('puts what doesn’t fit into a bar that grows with the count', () => {
    const looks = Array.from({ length: 24 }, () => event)
    const [few, many, most] = [30, 500, 50_000].map(count => tubeMarks(looks, count, 0))
    expect(few!.marks).toHaveLength(8)
    expect(few!.barWidth).toBeLessThan(many!.barWidth)
    expect(many!.barWidth).toBeLessThan(most!.barWidth)
    expect(most!.barWidth + 8 * 12).toBeLessThanOrEqual(TUBE_WIDTH)
  })

  it('closes up before it needs a bar', () => {
    const { marks, barWidth } = tubeMarks(Array.from({ length: 24 }, () => event), 24, 0)
    expect([marks.length, barWidth, marks.at(-1)!.x]).toEqual([24, 0, 10])
  })
})
