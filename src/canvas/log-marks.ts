import type { CursorFigures, LogFigures } from '../app/log-figures.ts'
import { shortText } from '../ui/figure-text.ts'
import { markOf, type Mark } from './tube-marks.ts'

/** A log's tape: its entries in ruled cells, the oldest at the right; what doesn't fit lies between the oldest few and the newest few, on a scale of its own. */
export interface Tape {
  readonly marks: readonly Mark[]
  /** Places of the rules between cells, from the oldest. */
  readonly rules: readonly number[]
  /** The stretch between the cells at the ends, where entries are too many to be told apart; its width is 0 when all have cells. */
  readonly middle: { readonly x: number; readonly width: number }
  /** Left of here is what somebody has still to be given; right of it, what everybody has had. */
  readonly readX: number
  /** Where the newest entry ends: the next is written there. */
  readonly headX: number
  /** The oldest are gone. */
  readonly torn: boolean
}

/** Cursors that stand at one place, as one flag. */
export interface Flag {
  readonly x: number
  /** What is written on it: shorter the less room it has, and nothing where there is none. */
  readonly text: string
  readonly width: number
  readonly flies: 'left' | 'right'
  readonly cursors: readonly CursorFigures[]
  /** Readers on their own alone: groups are what most logs are read by. */
  readonly alone: boolean
}

export const TAPE_WIDTH = 196
/** The head that writes stands at the left. */
const LEFT = 9
const RIGHT = TAPE_WIDTH - 3
const STEP = 12
/** So many have cells, narrower when there are more than fit side by side. */
const FIT = 20
/** When there are more, so many have cells at each end. */
const ENDS = 4
/** Cursors this close share a flag, named after the one that is furthest behind: one of a letter is wider. */
const NEAR = 9
export const FLAGS_MOST = 4
/** Of the type on flags: a letter, and what is around the text. */
const LETTER = 6.02
const AROUND = 7

/** How far from the right end the boundary below the n-th of `count` entries is, counted from the oldest. */
function reach(n: number, count: number): number {
  const room = RIGHT - LEFT
  if (count <= FIT) return n * Math.min(STEP, room / Math.max(1, count))
  if (n <= ENDS) return n * STEP
  if (n >= count - ENDS) return room - (count - n) * STEP
  return ENDS * STEP + ((n - ENDS) / (count - 2 * ENDS)) * (room - 2 * ENDS * STEP)
}

function boundary(log: LogFigures, next: number): number {
  const count = log.next - log.first
  return tenth(RIGHT - reach(Math.min(count, Math.max(0, next - log.first)), count))
}

/** `oldest` are looks of the oldest entries, oldest first; the newest few are the log's own. */
export function logTape(log: LogFigures, oldest: readonly number[]): Tape {
  const count = log.next - log.first
  const all = count <= FIT
  const read = log.cursors.reduce((least, cursor) => Math.min(least, cursor.next), log.cursors.length > 0 ? Infinity : log.first)
  const mark = (look: number, place: number): Mark => markOf({ look, place, out: log.first + place < read }, tenth(RIGHT - (reach(place, count) + reach(place + 1, count)) / 2))
  const marks = oldest.slice(0, all ? count : ENDS).map(mark)
  if (!all) log.looks.slice(0, ENDS).forEach((look, n) => marks.push(mark(look, count - 1 - n)))
  const edges = all ? Array.from({ length: count }, (_, n) => n + 1) : Array.from({ length: ENDS }, (_, n) => [n + 1, count - ENDS + n]).flat()
  const x = boundary(log, log.next - ENDS)
  return {
    marks,
    rules: edges.map(n => tenth(RIGHT - reach(n, count))),
    middle: all ? { x, width: 0 } : { x, width: tenth(boundary(log, log.first + ENDS) - x) },
    readX: boundary(log, read),
    headX: boundary(log, log.next),
    torn: log.gone > 0 && count > 0,
  }
}

/** Flags from the left, each flying where it has more room; of many places the first and those furthest behind. */
export function logFlags(log: LogFigures): readonly Flag[] {
  const places: { readonly x: number; readonly cursors: CursorFigures[] }[] = []
  for (const cursor of [...log.cursors].sort((a, b) => b.next - a.next)) {
    const x = boundary(log, cursor.next)
    const last = places.at(-1)
    if (last && x - last.x < NEAR) last.cursors.push(cursor)
    else places.push({ x, cursors: [cursor] })
  }
  places.splice(1, Math.max(0, places.length - FLAGS_MOST))
  let taken = 0
  return places.map(({ x, cursors }, n) => {
    const flag = flagOf(cursors, { left: x - taken, right: (places[n + 1]?.x ?? TAPE_WIDTH) - x - 2 })
    taken = x + (flag.flies === 'right' ? flag.width : 0) + 2
    return { ...flag, x, cursors, alone: cursors.every(cursor => cursor.of === 'reader') }
  })
}

function flagOf(cursors: readonly CursorFigures[], room: { readonly left: number; readonly right: number }): Pick<Flag, 'text' | 'width' | 'flies'> {
  const { name, lag } = cursors.at(-1)!
  const texts = cursors.length > 1 ? [`${name} +${cursors.length - 1}`, `${cursors.length}×`] : [lag === 0 ? name : `${name} −${lag === null ? '?' : shortText(lag)}`, name]
  for (const text of texts) {
    const width = tenth(text.length * LETTER + AROUND)
    if (width <= room.right) return { text, width, flies: 'right' }
    if (width <= room.left) return { text, width, flies: 'left' }
  }
  const flies = room.right >= room.left ? 'right' : 'left'
  const letters = Math.floor((Math.max(room.right, room.left) - AROUND) / LETTER)
  const text = letters < 1 || cursors.length > 1 ? '' : letters < 4 ? name.slice(0, letters) : `${name.slice(0, letters - 1)}…`
  return { text, width: text === '' ? 4 : tenth(text.length * LETTER + AROUND), flies }
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

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
