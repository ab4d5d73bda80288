import { describe, expect, it } from 'vitest'
import type { CursorFigures, LogFigures } from '../app/log-figures.ts'
import { cursorTitle, logFlags, withoutFlag } from './log-flags.ts'
import { TAPE_WIDTH } from './log-marks.ts'

const cursor = (name: string, next: number, more: Partial<CursorFigures> = {}): CursorFigures => ({ of: 'group', name, next, position: String(next), lag: null, pending: 0, consumers: 1, ...more })
const log = (first: number, next: number, cursors: readonly CursorFigures[] = []): LogFigures => ({ first, next, gone: first, oldest: String(first), newest: String(next), looks: [], cursors: cursors.map(one => ({ ...one, lag: next - one.next })), more: 0 })

const RIGHT = TAPE_WIDTH - 3

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
    expect(flag).toMatchObject({ text: 'a −6 · b −6 · c −6', alone: false, poles: [0] })
    expect(flag!.cursors.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('keep the figure of who is furthest behind however many stand close, and cut names for it', () => {
    const shown = (next: number, ...at: readonly [string, number][]): string[] => logFlags(log(0, next, at.map(([name, place]) => cursor(name, place)))).map(flag => flag.text)
    expect(shown(12, ['billing', 11], ['audit', 8], ['search', 7])).toEqual(['bill… −1', 'a −4', 'search −5'])
    expect(shown(3, ['billing', 3], ['audit', 2], ['search', 1])).toEqual(['bill… · audit −1 · sear… −2'])
    expect(shown(4000, ['billing', 3900], ['audit', 3890], ['search', 3880])).toEqual(['search −120 +2'])
    expect(shown(60, ['reconciliation of payments', 0])).toEqual(['reconciliation of payments −60'])
    expect(shown(60, ['reconciliation of payments of all partners', 0])).toEqual(['reconciliation of payment… −60'])
    for (const spread of [1, 2, 3, 5, 8, 20, 100]) {
      const behind = 4 * spread
      const flags = logFlags(log(0, 400, [0, 1, 2, 3, 4].map(n => cursor(`group ${n}`, 400 - n * spread))))
      expect(flags.at(-1)!.text, `${spread} apart`).toMatch(new RegExp(`−${behind}( \\+\\d)?$`))
    }
  })

  it('of several that stand apart have a pole for each', () => {
    const flags = logFlags(log(0, 3, [cursor('billing', 3), cursor('audit', 2), cursor('search', 1)]))
    expect(flags.map(({ x, poles }) => poles.map(pole => x + pole))).toEqual([[RIGHT - 36, RIGHT - 24, RIGHT - 12]])
  })

  it('are the first and those furthest behind when they are too many', () => {
    const many = { ...log(0, 20, Array.from({ length: 8 }, (_, n) => cursor(`g${n}`, 2 * n))), more: 3 }
    const flags = logFlags(many)
    expect(flags.map(({ text }) => text)).toEqual(['g7 −6', 'g0 −20 +2'])
    expect(flags.flatMap(flag => flag.cursors.map(({ name }) => name))).toEqual(['g7', 'g2', 'g1', 'g0'])
    expect(withoutFlag(many, flags)).toBe(7)
  })

  it('tell all of a cursor to who asks', () => {
    expect(cursorTitle(cursor('billing', 1204, { position: '1 204', lag: 12, pending: 3, consumers: 2 }), 'Next offset')).toBe('group ‘billing’: next offset 1 204, 12 behind, 3 pending, 2 consumers')
    expect(cursorTitle(cursor('tail', 9, { of: 'reader', position: '77-0', lag: 0 }), 'Last id')).toBe('reader ‘tail’: last id 77-0, up to date')
  })
})
