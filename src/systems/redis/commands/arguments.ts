import { LAST, nextId, parseId, previousId, ZERO, type EntryId } from '../entry-id.ts'
import { failure, INVALID_ID, type RespError } from '../resp.ts'

/** Longer than Redis can count: it reads such a time-out as negative. */
const SECONDS_MAX = 2 ** 63 / 1000

/** A blocking command's time-out in ns; 0 is for ever. */
export function parseSeconds(text: string): number | RespError {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return failure('ERR timeout is not a float or out of range')
  const seconds = Number(text)
  if (seconds < 0 || seconds > SECONDS_MAX) return failure('ERR timeout is negative')
  return Math.ceil(seconds * 1e9)
}

/** Start and end (exclusive) of a range whose ends may count from the tail. */
export function clipped(from: number, to: number, count: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, from < 0 ? count + from : from)
  const last = Math.min(count - 1, to < 0 ? count + to : to)
  return start > last ? { start: count, end: count } : { start, end: last + 1 }
}

/** The first id of an interval: `-`, an id, or `(` and an id that is not part of it. */
export function intervalStart(text: string): EntryId | RespError {
  if (text === '-') return ZERO
  if (text === '+') return LAST
  const open = text.startsWith('(')
  const id = parseId(open ? text.slice(1) : text, 0)
  if (id === null) return INVALID_ID
  return open ? (nextId(id) ?? failure('ERR invalid start ID for the interval')) : id
}

export function intervalEnd(text: string): EntryId | RespError {
  if (text === '-') return ZERO
  if (text === '+') return LAST
  const open = text.startsWith('(')
  const id = parseId(open ? text.slice(1) : text, Infinity)
  if (id === null) return INVALID_ID
  return open ? (previousId(id) ?? failure('ERR invalid end ID for the interval')) : id
}

export const isId = (one: EntryId | RespError): one is EntryId => 'ms' in one
