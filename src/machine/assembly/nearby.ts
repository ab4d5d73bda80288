import { int } from './memory'
import * as L from '../layout'
import { COUNTED_TARGET, DATUM, EVENT, PART } from './records'

/**
 * Looking ahead: what the next events look at is far away in a large topology, and one after the other they would wait for it. So all that is in the list
 * of addresses (RECORD_NEARBY) of whatever comes into the near list is read at once, as many at a time as the processor can fetch; and the lists
 * themselves, and the events' records, one bucket before. What is read means nothing, and may be out of date.
 */
const JOB_BYTES: i32 = L.JOB_CELLS * 8
/** Added to a double that is a whole number, this leaves the number in its low bits. */
const WHOLE: f64 = 4503599627370496
/** A message may begin in one line of the cache and end in the next: its last integer. */
const MESSAGE_LAST: i32 = 52
/** Nothing can be read from here to the end of the memory. */
const MARGIN: i32 = 128

let isOn: boolean = false
/** So that reading isn't left out. */
let seen: i32 = 0

export function lookAhead(on: boolean): void {
  isOn = on
}
export function seenLast(): i32 {
  return seen
}

/** Integers by address in bytes. */
@inline
function at(address: i32): i32 {
  return load<i32>(<usize>address)
}
@inline
function near(list: i32, n: i32): i32 {
  return load<i32>(<usize>load<i32>((<usize>list) + (<usize>n << 2)))
}
@inline
function within(address: i32, end: i32): i32 {
  return select(address, 0, <u32>address < <u32>end)
}

@inline
export function lookAt(from: i32, to: i32): void {
  if (isOn) look(from, to)
}

/** What lies in the next bucket, between two addresses. */
@inline
export function lookBeyond(from: i32, to: i32): void {
  if (isOn) beyond(from, to)
}

/** What an event of a part needs, and the message that it is about. */
@inline
export function lookAtPart(part: i32, message: i32): void {
  if (isOn) lookAtOne((part << 3) + (L.RECORD_NEARBY << 2), message << 3)
}

/** Where the list of a part is, which is looked at itself before it is needed. */
@inline
export function lookAtList(part: i32): void {
  if (isOn) seen |= at((part << 3) + (L.RECORD_NEARBY << 2))
}

function lookAtOne(list: i32, message: i32): void {
  seen |= at(message) | at(message + MESSAGE_LAST) | lines(list)
}

/** The lines of a list: most have no more than eleven. */
@inline
function lines(list: i32): i32 {
  let sum = near(list, 0) | near(list, 1) | near(list, 2) | near(list, 3) | near(list, 4) | near(list, 5) | near(list, 6) | near(list, 7)
  sum |= near(list, 8) | near(list, 9) | near(list, 10)
  if (at(list + 44) != 0) sum |= near(list, 11) | near(list, 12) | near(list, 13) | near(list, 14)
  return sum
}

function beyond(from: i32, to: i32): void {
  let sum = 0
  for (let pair = from; pair < to; pair += 2) sum |= int(int(pair * 2 + PART) * 2 + L.RECORD_NEARBY) | int(int(pair * 2 + EVENT) * 2 + COUNTED_TARGET)
  seen = sum
}

function look(from: i32, to: i32): void {
  let sum = 0
  for (let pair = from; pair < to; pair += 2) {
    const part = int(pair * 2 + PART)
    if (part == 0) continue
    sum |= lines((part << 3) + (L.RECORD_NEARBY << 2))
  }
  const end = (memory.size() << 16) - MARGIN
  for (let pair = from; pair < to; pair += 2) {
    const part = int(pair * 2 + PART)
    if (part == 0) continue
    const row = <i32>reinterpret<u64>(load<f64>((<usize>int(pair * 2 + EVENT) << 3) + (DATUM << 3)) + WHOLE)
    const message = within(at(within(at((part << 3) + ((L.RECORD_NEARBY + L.NEARBY_MESSAGE) << 2)) + row * JOB_BYTES, end)) << 3, end)
    sum |= at(message) | at(message + MESSAGE_LAST)
  }
  seen = sum
}
