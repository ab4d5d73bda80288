import { describe, expect, it } from 'vitest'
import type { CursorFigures, LogFigures } from '../app/log-figures.ts'
import { LOOK_EVENT, lookOf } from '../contract/hops.ts'
import { cursorTitle, FLAGS_MOST, logFlags, logTape, TAPE_WIDTH, withoutFlag } from './log-marks.ts'

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

describe('flags of cursors', () => {
  it('say a name and its lag where there is room, and never lie over each other', () => {
    for (const places of [[0, 10], [9, 10], [10], [0], [0, 1, 2, 3], [0, 3, 6, 10]]) {
      const flags = logFlags(log(0, 10, places.map(next => cursor(`group-${next}`, next))))
      const boxes = flags.map(({ x, width, flies }) => (flies === 'right' ? [x, x + width] : [x - width, x]))
      boxes.forEach(([left, right], n) => {
        expect(left).toBeGreaterThanOrEqual(n === 0 ? 0 : boxes[n - 1]![1]!)
        expect(right).toBeLessThanOrEqual(TAPE_WIDTH + 4)
      })
    }
    expect(logFlags(log(0, 10, [cursor('mail', 2), cursor('bill', 10)])).map(flag => flag.text)).toEqual(['bill', 'mail −8'])
  })

  it('are shared by cursors at one place', () => {
    const [flag] = logFlags(log(0, 10, [cursor('a', 4), cursor('b', 4), cursor('c', 4, { of: 'reader' })]))
    expect(flag).toMatchObject({ text: 'c +2', alone: false })
    expect(flag!.cursors.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('are the first and those furthest behind when they are too many', () => {
    const many = { ...log(0, 20, Array.from({ length: 8 }, (_, n) => cursor(`g${n}`, 2 * n))), more: 3 }
    const flags = logFlags(many)
    expect(flags).toHaveLength(FLAGS_MOST)
    expect(flags.map(flag => flag.cursors[0]!.name)).toEqual(['g7', 'g2', 'g1', 'g0'])
    expect(withoutFlag(many, flags)).toBe(7)
  })

  it('tell all of a cursor to who asks', () => {
    expect(cursorTitle(cursor('billing', 1204, { position: '1 204', lag: 12, pending: 3, consumers: 2 }), 'Next offset')).toBe('group ‘billing’: next offset 1 204, 12 behind, 3 pending, 2 consumers')
    expect(cursorTitle(cursor('tail', 9, { of: 'reader', position: '77-0', lag: 0 }), 'Last id')).toBe('reader ‘tail’: last id 77-0, up to date')
  })
})
