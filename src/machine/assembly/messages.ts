import * as C from './memory'
import { addTo, cell, int, setCell, setInt } from './memory'
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
const PUBLISHED: i32 = 8
const COPIED: i32 = 9
const CAME_IN: i32 = 10
const WENT_OUT: i32 = 11
const LOOK_REPLY: i32 = 4
const LOOK_REDELIVERED: i32 = 8
const LOOK_DEAD: i32 = 16
const LOOK_PERSISTENT: i32 = 256

// @ts-ignore: decorator
@inline
function take(): i32 {
  if (int(C.FREE_MESSAGE) == 0) moreMessages()
  const message = int(C.FREE_MESSAGE)
  setInt(C.FREE_MESSAGE, int(message * 2 + HOLDER))
  setInt(C.LIVE_MESSAGES, int(C.LIVE_MESSAGES) + 1)
  return message
}

/** A new message of this content, waiting at a node; `cause` lends its birth time (0: born now). */
export function create(content: i32, ledger: i32, cause: i32): i32 {
  const message = take()
  const at = message * 2
  const now = cell(C.NOW)
  const serial = cell(ledger + PUBLISHED) + 1
  setCell(ledger + PUBLISHED, serial)
  addTo(ledger + WAITING, 1)
  setCell(message + BORN, cause == 0 ? now : cell(cause + BORN))
  setCell(message + SINCE, now)
  setCell(message + SERIAL, serial)
  setCell(message + MARK, 0)
  setInt(at + STATE, WAITING | (int(content * 2 + CONTENT_FLAGS) << FLAG_SHIFT))
  setInt(at + HOLDER, ledger)
  setInt(at + REFS, 1)
  setInt(at + CONTENT, content)
  setInt(at + VIA, 0)
  setInt(content * 2 + CONTENT_REFS, int(content * 2 + CONTENT_REFS) + 1)
  return message
}

export function copyOf(original: i32, ledger: i32): i32 {
  const copy = take()
  const at = copy * 2
  const from = original * 2
  const content = int(from + CONTENT)
  addTo(ledger + COPIED, 1)
  addTo(ledger + WAITING, 1)
  setCell(copy + BORN, cell(original + BORN))
  setCell(copy + SINCE, cell(C.NOW))
  setCell(copy + SERIAL, cell(original + SERIAL))
  setCell(copy + MARK, cell(original + MARK))
  setInt(at + STATE, WAITING | (int(from + STATE) & ~STATE_MASK))
  setInt(at + HOLDER, ledger)
  setInt(at + REFS, 1)
  setInt(at + CONTENT, content)
  setInt(at + VIA, int(from + VIA))
  setInt(content * 2 + CONTENT_REFS, int(content * 2 + CONTENT_REFS) + 1)
  return copy
}

/** Moves a copy to a node and state; taking it over from another node counts there as gone out, here as come in. */
export function move(message: i32, ledger: i32, after: i32): void {
  const at = message * 2
  const word = int(at + STATE)
  const before = word & STATE_MASK
  const holder = int(at + HOLDER)
  addTo(holder + before, -1)
  addTo(ledger + after, 1)
  if (holder != ledger) {
    addTo(holder + WENT_OUT, 1)
    addTo(ledger + CAME_IN, 1)
    setInt(at + HOLDER, ledger)
  }
  setInt(at + STATE, word ^ before ^ after)
  setCell(message + SINCE, cell(C.NOW))
}

export function process(message: i32, ledger: i32): void {
  move(message, ledger, PROCESSED)
  setInt(C.LIVE_MESSAGES, int(C.LIVE_MESSAGES) - 1)
  release(message)
}

// @ts-ignore: decorator
@inline
export function retain(message: i32): void {
  setInt(message * 2 + REFS, int(message * 2 + REFS) + 1)
}

export function release(message: i32): void {
  const at = message * 2
  const refs = int(at + REFS) - 1
  setInt(at + REFS, refs)
  if (refs > 0) return
  setInt(at + STATE, 0)
  const content = int(at + CONTENT)
  const left = int(content * 2 + CONTENT_REFS) - 1
  if (left > 0) setInt(content * 2 + CONTENT_REFS, left)
  else contentGone(content)
  setInt(at + HOLDER, int(C.FREE_MESSAGE))
  setInt(C.FREE_MESSAGE, message)
}

// @ts-ignore: decorator
@inline
export function setFlags(message: i32, flags: i32): void {
  setInt(message * 2 + STATE, int(message * 2 + STATE) | (flags << FLAG_SHIFT))
}
// @ts-ignore: decorator
@inline
export function isRedelivered(message: i32): boolean {
  return (int(message * 2 + STATE) & (FLAG_REDELIVERED << FLAG_SHIFT)) != 0
}
// @ts-ignore: decorator
@inline
export function setVia(message: i32, via: i32): void {
  setInt(message * 2 + VIA, via)
}
// @ts-ignore: decorator
@inline
export function age(message: i32): f64 {
  return cell(C.NOW) - cell(message + BORN)
}
// @ts-ignore: decorator
@inline
export function stay(message: i32): f64 {
  return cell(C.NOW) - cell(message + SINCE)
}
// @ts-ignore: decorator
@inline
export function mark(message: i32): f64 {
  return cell(message + MARK)
}
// @ts-ignore: decorator
@inline
export function setMark(message: i32, mark: f64): void {
  setCell(message + MARK, mark)
}
// @ts-ignore: decorator
@inline
export function next(message: i32): i32 {
  return int(message * 2 + NEXT)
}
// @ts-ignore: decorator
@inline
export function setNext(message: i32, after: i32): void {
  setInt(message * 2 + NEXT, after)
}
// @ts-ignore: decorator
@inline
export function contentOf(message: i32): i32 {
  return int(message * 2 + CONTENT)
}
// @ts-ignore: decorator
@inline
export function keyOf(message: i32): i32 {
  return int(contentOf(message) * 2 + CONTENT_KEY)
}
/** Whether nothing has to look into it: CONTENT_IS_PLAIN of the layout. */
// @ts-ignore: decorator
@inline
export function plainness(message: i32): i32 {
  return int(contentOf(message) * 2 + CONTENT_PLAIN)
}

export function look(message: i32): i32 {
  const flags = int(message * 2 + STATE) >> FLAG_SHIFT
  return (
    int(contentOf(message) * 2 + CONTENT_LOOK) |
    ((flags & FLAG_REPLY) != 0 ? LOOK_REPLY : 0) |
    ((flags & FLAG_REDELIVERED) != 0 ? LOOK_REDELIVERED : 0) |
    ((flags & FLAG_DEAD) != 0 ? LOOK_DEAD : 0) |
    ((flags & FLAG_PERSISTENT) != 0 ? LOOK_PERSISTENT : 0)
  )
}
