import { describe, expect, it } from 'vitest'
import type { CursorFigures, LogFigures } from '../app/log-figures.ts'
import { LOOK_EVENT, lookOf } from '../contract/hops.ts'
import { logFlags } from './log-flags.ts'
import { logTape, TAPE_WIDTH } from './log-marks.ts'

const look = lookOf({ shape: LOOK_EVENT, colour: 1 })
const looks = (count: number): number[] => Array.from({ length: count }, () => look)
const cursor = (name: string, next: number, more: Partial<CursorFigures> = {}): CursorFigures => ({ of: 'group', name, next, position: String(next), lag: null, pending: 0, consumers: 1, ...more })
const log = (first: number, next: number, cursors: readonly CursorFigures[] = []): LogFigures => ({ first, next, gone: first, oldest: String(first), newest: String(next), looks: looks(Math.min(4, next - first)), cursors: cursors.map(one => ({ ...one, lag: next - one.next })), more: 0 })
const RIGHT = TAPE_WIDTH - 3

describe('what a tape shows', () => {
  it('gives each entry a cell, the oldest at the right, and fades what everybody has had', () => {
    const tape = logTape(log(0, 3, [cursor('a', 1), cursor('b', 3)]), looks(3))
    expect(tape.marks.map(({ place, x, out }) => ({ place, x, out }))).toEqual([
      { place: 0, x: RIGHT - 6, out: true },
      { place: 1, x: RIGHT - 18, out: false },
      { place: 2, x: RIGHT - 30, out: false },
    ])
    expect(tape).toMatchObject({ rules: [RIGHT - 12, RIGHT - 24, RIGHT - 36], headX: RIGHT - 36, readX: RIGHT - 12, middle: { width: 0 }, torn: false })
  })

  it('keeps the oldest and the newest apart when the rest is crowded, whatever its length', () => {
    for (const count of [21, 100, 1_000_000]) {
      const tape = logTape(log(7, 7 + count), looks(24))
      expect(tape.marks.map(mark => mark.place)).toEqual([0, 1, 2, 3, count - 1, count - 2, count - 3, count - 4])
      expect(tape.middle).toEqual({ x: 57, width: RIGHT - 48 - 57 })
      expect([tape.headX, tape.torn]).toEqual([9, true])
    }
  })

  it('places a cursor exactly near the ends, and in proportion between', () => {
    const x = (next: number): number => logFlags(log(0, 1008, [cursor('a', next)]))[0]!.x
    expect([x(0), x(1), x(4), x(1004), x(1007), x(1008)]).toEqual([RIGHT, RIGHT - 12, RIGHT - 48, 57, 21, 9])
    expect(x(504)).toBeCloseTo((RIGHT - 48 + 57) / 2)
    const places = Array.from({ length: 1009 }, (_, next) => x(next))
    expect(places.every((place, n) => n === 0 || place <= places[n - 1]!)).toBe(true)
  })

  it('fades nothing while nobody reads, and shows no entry where there is none', () => {
    expect(logTape(log(5, 8), looks(3)).marks.every(mark => !mark.out)).toBe(true)
    expect(logTape(log(5, 5), [])).toMatchObject({ marks: [], rules: [], headX: RIGHT, torn: false })
  })
})
