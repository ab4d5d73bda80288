/** An id of a stream entry: milliseconds and a number within them. Both are kept as doubles: exact below 2^53; Redis's highest number is `MAX`. */
export interface EntryId {
  readonly ms: number
  readonly seq: number
}

/** 2^64 − 1 in Redis. */
export const MAX = Infinity
const MAX_TEXT = '18446744073709551615'
export const ZERO: EntryId = { ms: 0, seq: 0 }
export const LAST: EntryId = { ms: MAX, seq: MAX }

/** Order of two ids: negative, 0 or positive. */
export function compareIds(a: EntryId, b: EntryId): number {
  if (a.ms !== b.ms) return a.ms < b.ms ? -1 : 1
  return a.seq === b.seq ? 0 : a.seq < b.seq ? -1 : 1
}

export function idText(ms: number, seq: number): string {
  return `${part(ms)}-${part(seq)}`
}

/** `ms-seq`, or `ms` alone with the given number in place of the missing one; null when it is neither. */
export function parseId(text: string, missingSeq: number): EntryId | null {
  const dash = text.indexOf('-')
  const ms = parsePart(dash < 0 ? text : text.slice(0, dash))
  const seq = dash < 0 ? missingSeq : parsePart(text.slice(dash + 1))
  return ms === null || seq === null ? null : { ms, seq }
}

export function nextId({ ms, seq }: EntryId): EntryId | null {
  if (seq !== MAX) return { ms, seq: seq + 1 }
  return ms === MAX ? null : { ms: ms + 1, seq: 0 }
}

export function previousId({ ms, seq }: EntryId): EntryId | null {
  if (seq > 0) return { ms, seq: seq === MAX ? MAX : seq - 1 }
  return ms > 0 ? { ms: ms - 1, seq: MAX } : null
}

function part(value: number): string {
  return value === MAX ? MAX_TEXT : String(value)
}

function parsePart(text: string): number | null {
  if (text === MAX_TEXT) return MAX
  return /^\d{1,20}$/.test(text) ? Number(text) : null
}
