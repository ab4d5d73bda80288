import * as L from '../contract/log.ts'
import { countText } from '../ui/figure-text.ts'

/** A log: the entries that are kept, from `first` up to but not including `next`, and how far its readers are. */
export interface LogFigures {
  readonly first: number
  readonly next: number
  /** How many there were before the first. */
  readonly gone: number
  /** What stands at its two ends: ids where entries have ids, else numbers. */
  readonly oldest: string
  readonly newest: string
  /** Looks of the newest few, newest first. */
  readonly looks: readonly number[]
  readonly cursors: readonly CursorFigures[]
  /** Cursors that there are besides, none of them further behind. */
  readonly more: number
}
export interface CursorFigures {
  readonly of: 'group' | 'reader'
  readonly name: string
  readonly next: number
  /** Where it stands, in the words of its product. */
  readonly position: string
  /** Null where the product can't tell. */
  readonly lag: number | null
  readonly pending: number
  readonly consumers: number
}

/** Where a frame tells how far the last reader is behind. */
export function lagAt(block: number): number {
  return block + L.LOG_LAG
}

/** What a block says; nothing when the node is no log any more. */
export function readLog(frame: Float64Array, at: number, names: readonly string[]): { readonly log?: LogFigures } {
  if (frame[at + L.LOG_IS] !== 1) return {}
  const next = frame[at + L.LOG_NEXT]!
  const all = frame[at + L.LOG_CURSORS]!
  const cursors = Array.from({ length: Math.min(all, L.LOG_CURSORS_MOST) }, (_, n) => readCursor(frame, at + L.LOG_CURSOR + n * L.CURSOR_SLOTS, names)).sort(inOrder)
  return {
    log: {
      first: frame[at + L.LOG_FIRST]!,
      next,
      gone: frame[at + L.LOG_GONE]!,
      oldest: idText(frame, at + L.LOG_OLDEST_ID, frame[at + L.LOG_FIRST]!),
      newest: idText(frame, at + L.LOG_LAST_ID, next),
      looks: [...frame.subarray(at + L.LOG_NEWEST, at + L.LOG_CURSOR)].filter(look => look >= 0),
      cursors,
      more: all - cursors.length,
    },
  }
}

/** Groups, then readers, by name: in the order of a model somebody who connects again would change places. */
function inOrder(a: CursorFigures, b: CursorFigures): number {
  return (a.of + a.name).localeCompare(b.of + b.name, 'en', { numeric: true })
}

function readCursor(frame: Float64Array, at: number, names: readonly string[]): CursorFigures {
  const next = frame[at + L.CURSOR_NEXT]!
  const lag = frame[at + L.CURSOR_LAG]!
  return {
    of: frame[at + L.CURSOR_GROUP] === 1 ? 'group' : 'reader',
    name: names[frame[at + L.CURSOR_NAME]!] ?? '',
    next,
    position: idText(frame, at + L.CURSOR_ID, next),
    lag: Number.isNaN(lag) ? null : lag,
    pending: frame[at + L.CURSOR_PENDING]!,
    consumers: frame[at + L.CURSOR_CONSUMERS]!,
  }
}

function idText(frame: Float64Array, at: number, number: number): string {
  const major = frame[at]!
  return Number.isNaN(major) ? countText(number) : `${major}-${frame[at + 1]!}`
}

/** "group billing 12 behind": a cursor in words, as it is heard. */
export function spokenCursor({ of, name, lag, pending }: CursorFigures): string {
  return `${of} ${name} ${lag === null ? 'lag unknown' : lag === 0 ? 'up to date' : `${lag.toLocaleString('en')} behind`}${pending === 0 ? '' : ` with ${pending.toLocaleString('en')} pending`}`
}
