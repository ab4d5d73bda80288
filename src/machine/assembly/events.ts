import * as C from './memory'
import { addTo, cell, copyCell, get, getF, int, set, setCell, setF, setInt } from './memory'
import { addFar, refill, relieve } from './far'
import { moreEvents, moreInstants } from './imports'
import { before, COUNTED_TARGET as TARGET, COUNTER, DATUM, EVENT, PART, SIGNAL, SOURCE } from './records'

/** The event list and the instant's own list: the steps of kernel/event-list.ts and kernel/instant-list.ts that every event takes. */

const SEQUENCE_LIMIT: f64 = 1073741824

@inline
export function rankOf(source: i32): f64 {
  return cell(int(C.RANKS) + source)
}

/** Address of the earliest event; 0 when there is none. Its time is below it in the near list. */
@inline
export function earliest(): i32 {
  const place = int(C.NEAR_END) - 2
  if (cell(place) < Infinity) {
    const event = get(place, EVENT)
    if (get(event, TARGET) >= 0) return event
  }
  return settled()
}

/** As `earliest`, once cancelled ones are cleared away and the near list is filled. */
export function settled(): i32 {
  while (true) {
    if (int(C.NEAR_END) == int(C.NEAR) && (cell(C.HORIZON) == Infinity || !refill())) return 0
    const place = int(C.NEAR_END) - 2
    const event = get(place, EVENT)
    if (get(event, TARGET) >= 0) return event
    setInt(C.CANCELLED, int(C.CANCELLED) - 1)
    set(event, TARGET, ~int(C.FREE_EVENT))
    setInt(C.FREE_EVENT, event)
    setInt(C.NEAR_END, place)
  }
}

@inline
export function earliestTime(): f64 {
  return cell(int(C.NEAR_END) - 2)
}
/** Record of the part that the earliest event may be for. */
@inline
export function earliestPart(): i32 {
  return get(int(C.NEAR_END) - 2, PART)
}
@inline
export function sourceOf(event: i32): i32 {
  return get(event, SOURCE)
}
@inline
export function targetOf(event: i32): i32 {
  return get(event, TARGET)
}
@inline
export function signalOf(event: i32): i32 {
  return get(event, SIGNAL)
}
@inline
export function datumOf(event: i32): f64 {
  return getF(event, DATUM)
}

/** Takes the earliest out. */
@inline
export function takeEarliest(event: i32): void {
  setInt(C.NEAR_END, int(C.NEAR_END) - 2)
  set(event, TARGET, ~int(C.FREE_EVENT))
  setInt(C.FREE_EVENT, event)
}

/** The number of an event that is scheduled now. */
@inline
export function numbered(): f64 {
  const number = cell(C.NUMBERED) + 1
  setCell(C.NUMBERED, number)
  return number
}

/** Adds an event for a part of this record, or 0; returns its alarm. */
@inline
export function addEvent(part: i32, time: f64, counter: f64, source: i32, target: i32, signal: i32, datum: f64): i32 {
  if (int(C.FREE_EVENT) == 0) moreEvents()
  const event = int(C.FREE_EVENT)
  const at = event * 2
  setInt(C.FREE_EVENT, ~int(at + TARGET))
  setInt(at + SOURCE, source)
  setInt(at + TARGET, target)
  setInt(at + SIGNAL, signal)
  setF(event, COUNTER, counter)
  setF(event, DATUM, datum)
  if (time >= cell(C.HORIZON)) {
    addFar(event, part, time)
    return event
  }
  let place = int(C.NEAR_END)
  const end = place + 2
  setInt(C.NEAR_END, end)
  for (;;) {
    const other = cell(place - 2)
    if (other > time) break
    const otherEvent = int(place * 2 - 2)
    if (other == time && before(event, otherEvent)) break
    setCell(place, other)
    copyCell(place + 1, place - 1)
    place -= 2
  }
  setCell(place, time)
  set(place, EVENT, event)
  set(place, PART, part)
  if (end >= int(C.NEAR_CROWDED)) relieve()
  return event
}

/** Rank of the first of the instant's list; there must be one. */
@inline
export function firstInstantRank(): f64 {
  return floor<f64>(cell(int(C.INSTANTS)) / SEQUENCE_LIMIT)
}
@inline
export function firstInstant(): i32 {
  return int(int(C.INSTANTS) * 2 + 2)
}

export function addInstant(rank: f64, value: i32): void {
  if (int(C.INSTANTS_COUNT) == int(C.INSTANTS_ROOM)) moreInstants()
  const key = rank * SEQUENCE_LIMIT + cell(C.INSTANTS_SEQUENCE)
  addTo(C.INSTANTS_SEQUENCE, 1)
  const first = int(C.INSTANTS)
  let n = int(C.INSTANTS_COUNT)
  setInt(C.INSTANTS_COUNT, n + 1)
  while (n > 0) {
    const parent = (n - 1) >> 1
    const from = first + parent * 2
    if (cell(from) < key) break
    setCell(first + n * 2, cell(from))
    setInt((first + n * 2) * 2 + 2, get(from, 2))
    n = parent
  }
  setCell(first + n * 2, key)
  setInt((first + n * 2) * 2 + 2, value)
}

/** Takes the first out. */
export function takeInstant(): void {
  const first = int(C.INSTANTS)
  const count = int(C.INSTANTS_COUNT) - 1
  setInt(C.INSTANTS_COUNT, count)
  if (count == 0) {
    setCell(C.INSTANTS_SEQUENCE, 0)
    return
  }
  const key = cell(first + count * 2)
  const value = int((first + count * 2) * 2 + 2)
  let n = 0
  for (;;) {
    let child = n * 2 + 1
    if (child >= count) break
    if (child + 1 < count && cell(first + child * 2 + 2) < cell(first + child * 2)) child += 1
    if (key < cell(first + child * 2)) break
    setCell(first + n * 2, cell(first + child * 2))
    setInt((first + n * 2) * 2 + 2, int((first + child * 2) * 2 + 2))
    n = child
  }
  setCell(first + n * 2, key)
  setInt((first + n * 2) * 2 + 2, value)
}
