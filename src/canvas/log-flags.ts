import type { CursorFigures, LogFigures } from '../app/log-figures.ts'
import { shortText } from '../ui/figure-text.ts'
import { boundary, TAPE_WIDTH, tenth } from './log-marks.ts'

/** Cursors that stand at one place, or so close that each alone had no room for its figure, as one flag. */
export interface Flag {
  readonly x: number
  /** Where its cursors stand, from `x` on. */
  readonly poles: readonly number[]
  /** What is written on it: names are the shorter the less room it has, the figure is whole. */
  readonly text: string
  readonly width: number
  readonly flies: 'left' | 'right'
  readonly cursors: readonly CursorFigures[]
  /** Readers on their own alone: groups are what most logs are read by. */
  readonly alone: boolean
}

/** Cursors that stand this close cannot be told apart. */
const NEAR = 3
export const FLAGS_MOST = 4
/** Of the type on flags: a letter, and what is around the text. */
const LETTER = 6.02
const AROUND = 7
/** A name that is cut keeps so many letters, its dots among them. */
const CUT_LEAST = 3

interface Place {
  /** Left to right, one for each place where cursors stand. */
  readonly xs: readonly number[]
  /** From the one that is furthest ahead to the one that is furthest behind. */
  readonly cursors: readonly CursorFigures[]
}

/** Flags from the left, each flying where it has more room; of many places the first and those furthest behind. Neighbours without room for their figures share one. */
export function logFlags(log: LogFigures): readonly Flag[] {
  let places: readonly Place[] = placesOf(log)
  for (;;) {
    const flags = layOut(places)
    const crowded = flags.indexOf(null)
    if (crowded < 0 || places.length === 1) return flags.flatMap(flag => flag ?? [])
    places = together(places, crowded)
  }
}

function placesOf(log: LogFigures): Place[] {
  const places: { readonly xs: number[]; readonly cursors: CursorFigures[] }[] = []
  for (const cursor of [...log.cursors].sort((a, b) => b.next - a.next)) {
    const x = boundary(log, cursor.next)
    const last = places.at(-1)
    if (last && x - last.xs.at(-1)! < NEAR) last.cursors.push(cursor)
    else places.push({ xs: [x], cursors: [cursor] })
  }
  places.splice(1, Math.max(0, places.length - FLAGS_MOST))
  return places
}

/** One place with the nearer of its neighbours. */
function together(places: readonly Place[], at: number): readonly Place[] {
  const gap = (left: number): number => ((places[left + 1]?.xs[0] ?? Infinity) - (places[left]?.xs.at(-1) ?? -Infinity))
  const left = gap(at - 1) < gap(at) ? at - 1 : at
  const [a, b] = [places[left]!, places[left + 1]!]
  return places.toSpliced(left, 2, { xs: [...a.xs, ...b.xs], cursors: [...a.cursors, ...b.cursors] })
}

/** A flag for each place; null where there is no room for what it has to say. */
function layOut(places: readonly Place[]): readonly (Flag | null)[] {
  let taken = 0
  return places.map(({ xs, cursors }, n) => {
    const x = xs[0]!
    const last = xs.at(-1)!
    // A flag of several hangs on its first pole or on its last one, and may lie over those between.
    const room = { left: last - taken, right: (places[n + 1]?.xs[0] ?? TAPE_WIDTH + 2) - x - 2 }
    const written = writtenOf(cursors, room)
    taken = Math.max(last, written?.flies === 'right' ? x + written.width : 0) + 2
    if (!written) return null
    const at = written.flies === 'right' ? x : last
    return { ...written, x: at, poles: xs.map(one => tenth(one - at)), cursors, alone: cursors.every(cursor => cursor.of === 'reader') }
  })
}

/** The longest text that fits on one of the sides. */
function writtenOf(cursors: readonly CursorFigures[], room: { readonly left: number; readonly right: number }): Pick<Flag, 'text' | 'width' | 'flies'> | null {
  for (const text of textsOf(cursors)) {
    const width = tenth(text.length * LETTER + AROUND)
    if (width <= room.right) return { text, width, flies: 'right' }
    if (width <= room.left) return { text, width, flies: 'left' }
  }
  return null
}

/** What a flag may say, longest first: all its cursors, then only the one that is furthest behind. Names are cut, in the end to a letter, to nothing or to how many they are; that figure never. */
function textsOf(cursors: readonly CursorFigures[]): readonly string[] {
  const last = cursors.at(-1)!
  const count = cursors.length
  const longest = Math.max(...cursors.map(({ name }) => name.length))
  const lengths = Array.from({ length: Math.max(1, longest - CUT_LEAST + 1) }, (_, n) => longest - n)
  const said = ({ name, lag }: CursorFigures, letters: number): string => `${name.length > letters ? `${name.slice(0, letters - 1)}…` : name}${lagText(lag)}`
  const all = lengths.map(letters => cursors.map(one => said(one, letters)).join(' · '))
  const figure = lagText(last.lag)
  if (count === 1) return [...all, last.name.slice(0, 1) + figure, figure.trim()].filter(text => text !== '')
  return [...all, ...lengths.map(letters => `${said(last, letters)} +${count - 1}`), `${count}×${figure}`]
}

function lagText(lag: number | null): string {
  return lag === 0 ? '' : ` −${lag === null ? '?' : shortText(lag)}`
}

/** How many cursors have no flag. */
export function withoutFlag(log: LogFigures, flags: readonly Flag[]): number {
  return log.cursors.length + log.more - flags.reduce((sum, flag) => sum + flag.cursors.length, 0)
}

/** "group ‘billing’: next offset 1 204, 12 behind, 3 pending": what is shown of a cursor to who asks. */
export function cursorTitle({ of, name, position, lag, pending, consumers }: CursorFigures, positionWord: string): string {
  const shares = of === 'group' ? `, ${consumers} ${consumers === 1 ? 'consumer' : 'consumers'}` : ''
  return `${of} ‘${name}’: ${positionWord.toLowerCase()} ${position}, ${lag === null ? 'lag unknown' : lag === 0 ? 'up to date' : `${lag.toLocaleString('en')} behind`}${pending === 0 ? '' : `, ${pending.toLocaleString('en')} pending`}${shares}`
}
