import * as C from './memory'
import { addF, addTo, cell, get, getF, int, set, setF, setInt } from './memory'
import { contentGone, moreMessages } from './imports'

/** The message table: the steps of engine/message-table.ts that every message takes. */

export const ON_WIRE: i32 = 1
export const WAITING: i32 = 2
export const UNACKNOWLEDGED: i32 = 3
export const PROCESSED: i32 = 4
export const FLAG_REDELIVERED: i32 = 2
const FLAG_PERSISTENT: i32 = 1
const FLAG_REPLY: i32 = 4
const FLAG_DEAD: i32 = 8
const BORN: i32 = 0
const SINCE: i32 = 1
const SERIAL: i32 = 2
const MARK: i32 = 3
const STATE: i32 = 8
const HOLDER: i32 = 9
const REFS: i32 = 10
const CONTENT: i32 = 11
const VIA: i32 = 12
const NEXT: i32 = 13
const STATE_MASK: i32 = 255
const FLAG_SHIFT: i32 = 8
const CONTENT_KEY: i32 = 0
const CONTENT_LOOK: i32 = 1
const CONTENT_PLAIN: i32 = 3
const CONTENT_REFS: i32 = 4
const CONTENT_FLAGS: i32 = 6
const WENT_OUT: i32 = -2
const CAME_IN: i32 = -1
const PUBLISHED: i32 = -3
const COPIED: i32 = 8
const LOOK_REPLY: i32 = 4
const LOOK_REDELIVERED: i32 = 8
const LOOK_DEAD: i32 = 16
const LOOK_PERSISTENT: i32 = 256

@inline
function take(): i32 {
  if (int(C.FREE_MESSAGE) == 0) moreMessages()
  const message = int(C.FREE_MESSAGE)
  setInt(C.FREE_MESSAGE, get(message, HOLDER))
  setInt(C.LIVE_MESSAGES, int(C.LIVE_MESSAGES) + 1)
  return message
}

/** A new message of this content, waiting at a node; `cause` lends its birth time (0: born now). */
export function create(content: i32, ledger: i32, cause: i32): i32 {
  const message = take()
  const now = cell(C.NOW)
  const serial = getF(ledger, PUBLISHED) + 1
  setF(ledger, PUBLISHED, serial)
  addF(ledger, WAITING, 1)
  setF(message, BORN, cause == 0 ? now : getF(cause, BORN))
  setF(message, SINCE, now)
  setF(message, SERIAL, serial)
  setF(message, MARK, 0)
  set(message, STATE, WAITING | (get(content, CONTENT_FLAGS) << FLAG_SHIFT))
  set(message, HOLDER, ledger)
  set(message, REFS, 1)
  set(message, CONTENT, content)
  set(message, VIA, 0)
  set(content, CONTENT_REFS, get(content, CONTENT_REFS) + 1)
  return message
}

export function copyOf(original: i32, ledger: i32): i32 {
  const copy = take()
  const content = get(original, CONTENT)
  addF(ledger, COPIED, 1)
  addF(ledger, WAITING, 1)
  setF(copy, BORN, getF(original, BORN))
  setF(copy, SINCE, cell(C.NOW))
  setF(copy, SERIAL, getF(original, SERIAL))
  setF(copy, MARK, getF(original, MARK))
  set(copy, STATE, WAITING | (get(original, STATE) & ~STATE_MASK))
  set(copy, HOLDER, ledger)
  set(copy, REFS, 1)
  set(copy, CONTENT, content)
  set(copy, VIA, get(original, VIA))
  set(content, CONTENT_REFS, get(content, CONTENT_REFS) + 1)
  return copy
}

/** Moves a copy to a node and state; taking it over from another node counts there as gone out, here as come in. */
export function move(message: i32, ledger: i32, after: i32): void {
  const word = get(message, STATE)
  const before = word & STATE_MASK
  const holder = get(message, HOLDER)
  addTo(holder + before, -1)
  addTo(ledger + after, 1)
  if (holder != ledger) {
    addF(holder, WENT_OUT, 1)
    addF(ledger, CAME_IN, 1)
    set(message, HOLDER, ledger)
  }
  set(message, STATE, word ^ before ^ after)
  setF(message, SINCE, cell(C.NOW))
}

export function process(message: i32, ledger: i32): void {
  move(message, ledger, PROCESSED)
  setInt(C.LIVE_MESSAGES, int(C.LIVE_MESSAGES) - 1)
  release(message)
}

@inline
export function retain(message: i32): void {
  set(message, REFS, get(message, REFS) + 1)
}

export function release(message: i32): void {
  const refs = get(message, REFS) - 1
  set(message, REFS, refs)
  if (refs > 0) return
  set(message, STATE, 0)
  const content = get(message, CONTENT)
  const left = get(content, CONTENT_REFS) - 1
  if (left > 0) set(content, CONTENT_REFS, left)
  else contentGone(content)
  set(message, HOLDER, int(C.FREE_MESSAGE))
  setInt(C.FREE_MESSAGE, message)
}

@inline
export function setFlags(message: i32, flags: i32): void {
  set(message, STATE, get(message, STATE) | (flags << FLAG_SHIFT))
}
@inline
export function isRedelivered(message: i32): boolean {
  return (get(message, STATE) & (FLAG_REDELIVERED << FLAG_SHIFT)) != 0
}
@inline
export function setVia(message: i32, via: i32): void {
  set(message, VIA, via)
}
@inline
export function age(message: i32): f64 {
  return cell(C.NOW) - getF(message, BORN)
}
@inline
export function stay(message: i32): f64 {
  return cell(C.NOW) - getF(message, SINCE)
}
@inline
export function mark(message: i32): f64 {
  return getF(message, MARK)
}
@inline
export function setMark(message: i32, mark: f64): void {
  setF(message, MARK, mark)
}
@inline
export function next(message: i32): i32 {
  return get(message, NEXT)
}
@inline
export function setNext(message: i32, after: i32): void {
  set(message, NEXT, after)
}
@inline
export function contentOf(message: i32): i32 {
  return get(message, CONTENT)
}
@inline
export function keyOf(message: i32): i32 {
  return int(contentOf(message) * 2 + CONTENT_KEY)
}
/** Whether nothing has to look into it: CONTENT_IS_PLAIN of the layout. */
@inline
export function plainness(message: i32): i32 {
  return int(contentOf(message) * 2 + CONTENT_PLAIN)
}

export function look(message: i32): i32 {
  const flags = get(message, STATE) >> FLAG_SHIFT
  return (
    int(contentOf(message) * 2 + CONTENT_LOOK) |
    ((flags & FLAG_REPLY) != 0 ? LOOK_REPLY : 0) |
    ((flags & FLAG_REDELIVERED) != 0 ? LOOK_REDELIVERED : 0) |
    ((flags & FLAG_DEAD) != 0 ? LOOK_DEAD : 0) |
    ((flags & FLAG_PERSISTENT) != 0 ? LOOK_PERSISTENT : 0)
  )
}
