import type { LogFigures } from '../app/log-figures.ts'
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

export const TAPE_WIDTH = 196
/** The head that writes stands at the left. */
const LEFT = 9
const RIGHT = TAPE_WIDTH - 3
const STEP = 12
/** So many have cells, narrower when there are more than fit side by side. */
const FIT = 20
/** When there are more, so many have cells at each end. */
const ENDS = 4

/** How far from the right end the boundary below the n-th of `count` entries is, counted from the oldest. */
function reach(n: number, count: number): number {
  const room = RIGHT - LEFT
  if (count <= FIT) return n * Math.min(STEP, room / Math.max(1, count))
  if (n <= ENDS) return n * STEP
  if (n >= count - ENDS) return room - (count - n) * STEP
  return ENDS * STEP + ((n - ENDS) / (count - 2 * ENDS)) * (room - 2 * ENDS * STEP)
}

/** Where a reader stands whose next entry is this one. */
export function boundary(log: LogFigures, next: number): number {
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

export function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
