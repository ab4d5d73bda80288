import * as C from './memory'
import { cell, copyCell, get, getF, int, set, setF } from './memory'
import * as L from '../layout'
import { rankOf, sourceOf } from './events'
import { reserve } from './imports'
import { lookAtList, lookAtPart } from './nearby'
import { COUNTER as EVENT_COUNTER } from './records'

/**
 * Packets on lanes that always take the same time: who leaves later arrives later, so those of all lanes of one latency stand in one line, in the order
 * of their arrival, and none needs an event, a place in the event list or its lane's ring. At one time they are in the order of all events: by the rank
 * of their source, then as they were sent. Nobody else sees any of it: before the machine stops, each goes to where it would be without
 * (`flushDelays` of lanes.ts).
 */

/** A packet in a line: doubles, then integers. */
export const ARRIVE: i32 = 0
export const NUMBER: i32 = 1
export const A: i32 = 2
export const LANE: i32 = 6
export const MESSAGE: i32 = 7
/** Opcode, and from CARRIES_SHIFT on what it carries. */
export const OP: i32 = 8
export const B: i32 = 9
export const CARRIES_SHIFT: i32 = 8
const PACKET: i32 = 5
/**
 * A line: its latency, the arrival of its first packet or Infinity; then integers: its first and last packet, start and end of its ring, how many are in
 * it, how many have left.
 */
const F_LATENCY: i32 = 0
const F_NEXT: i32 = 1
const HEAD: i32 = 4
const TAIL: i32 = 5
const START: i32 = 6
const END: i32 = 7
const COUNT: i32 = 8
const LEFT: i32 = 9
const ROOM_FIRST: i32 = 64
/** Nobody is let in further ahead than this: who would have to takes another way. */
const AHEAD_MOST: i32 = 32
/** So many packets at a time are looked at, so many ahead. */
const LOOKED_AT: i32 = 8

let lines = 0
let used = 0
/** The line that is next, and its first packet; 0 when nothing is in any. */
let first = 0
export let delayed: i32 = 0
/** When that arrives, or Infinity. */
export let delayedTime: f64 = Infinity

/** So many lines from this address on, of DELAY_CELLS each: only their latencies may be others than the last time. */
export function delaysAt(address: i32, count: i32): void {
  lines = address
  used = count
  for (let line = lines; line < lines + used * L.DELAY_CELLS; line += L.DELAY_CELLS) setF(line, F_NEXT, Infinity)
  for (let line = lines; line < lines + used * L.DELAY_CELLS; line += L.DELAY_CELLS) if (get(line, START) == 0) makeRoom(line, ROOM_FIRST)
}

/** Rank of the source of the next packet. */
@inline
export function delayedRank(): i32 {
  return get(get(delayed, LANE), L.LANE_RANK)
}

/** How long it is on its way. */
@inline
export function delayedLatency(): f64 {
  return getF(first, F_LATENCY)
}

/** Whether the next packet comes before an event of the same time. */
export function delayedBefore(event: i32): boolean {
  const ofEvent = rankOf(sourceOf(event))
  const ofPacket = <f64>delayedRank()
  return ofPacket == ofEvent ? getF(delayed, NUMBER) < getF(event, EVENT_COUNTER) : ofPacket < ofEvent
}

/** Puts a packet into the nth line; the time it takes, or 0 when it can't be put there: it would have to be let in far ahead. */
@inline
export function sendLater(nth: i32, lane: i32, op: i32, message: i32, a: f64, b: i32, number: f64): f64 {
  const line = lines + nth * L.DELAY_CELLS
  const latency = getF(line, F_LATENCY)
  const arrive = cell(C.NOW) + latency
  const count = get(line, COUNT)
  let place = get(line, TAIL)
  if (count == 0) {
    place = get(line, HEAD)
    set(line, TAIL, place)
    setF(line, F_NEXT, arrive)
  } else {
    if (count * PACKET == get(line, END) - get(line, START)) {
      makeRoom(line, count * 2)
      place = get(line, TAIL)
    }
    const last = place
    place = after(line, place)
    if (getF(last, ARRIVE) == arrive && get(get(last, LANE), L.LANE_RANK) > get(lane, L.LANE_RANK)) {
      const at = letIn(line, place, arrive, get(lane, L.LANE_RANK))
      if (at == 0) return 0
      set(line, TAIL, place)
      place = at
    } else set(line, TAIL, place)
  }
  set(line, COUNT, count + 1)
  setF(place, ARRIVE, arrive)
  setF(place, NUMBER, number)
  setF(place, A, a)
  set(place, LANE, lane)
  set(place, MESSAGE, message)
  set(place, OP, op)
  set(place, B, b)
  if (place == get(line, HEAD)) choose()
  return latency
}

/** The next packet leaves its line; what is in it can be read until something is sent. */
@inline
export function leave(): void {
  const line = first
  const count = get(line, COUNT) - 1
  const head = after(line, get(line, HEAD))
  const left = get(line, LEFT) + 1
  set(line, COUNT, count)
  set(line, HEAD, head)
  set(line, LEFT, left)
  setF(line, F_NEXT, count == 0 ? Infinity : getF(head, ARRIVE))
  if ((left & (LOOKED_AT - 1)) == 0 && count > LOOKED_AT) look(line, count)
  choose()
}

/** The line whose first packet comes before those of the others. */
function choose(): void {
  let found = lines
  for (let line = lines + L.DELAY_CELLS; line < lines + used * L.DELAY_CELLS; line += L.DELAY_CELLS) {
    const time = getF(line, F_NEXT)
    const best = getF(found, F_NEXT)
    if (time < best || (time == best && time < Infinity && comesBefore(get(line, HEAD), get(found, HEAD)))) found = line
  }
  first = found
  delayedTime = getF(found, F_NEXT)
  delayed = get(found, HEAD)
}

function comesBefore(a: i32, b: i32): boolean {
  const ra = get(get(a, LANE), L.LANE_RANK)
  const rb = get(get(b, LANE), L.LANE_RANK)
  return ra == rb ? getF(a, NUMBER) < getF(b, NUMBER) : ra < rb
}

@inline
function after(line: i32, place: i32): i32 {
  const next = place + PACKET
  return next == get(line, END) ? get(line, START) : next
}
@inline
function beforeIt(line: i32, place: i32): i32 {
  return (place == get(line, START) ? get(line, END) : place) - PACKET
}

/** Moves packets of the same time and a higher rank one place on, of which the last is free; the place that is free then, or 0. */
function letIn(line: i32, free: i32, arrive: f64, rank: i32): i32 {
  const head = get(line, HEAD)
  let place = free
  for (let ahead = 0; ahead < AHEAD_MOST; ahead += 1) {
    const other = beforeIt(line, place)
    if (getF(other, ARRIVE) != arrive || get(get(other, LANE), L.LANE_RANK) <= rank) break
    place = other
    if (place == head) break
  }
  const before = place == head ? 0 : beforeIt(line, place)
  if (before != 0 && getF(before, ARRIVE) == arrive && get(get(before, LANE), L.LANE_RANK) > rank) return 0
  for (let to = free; to != place; ) {
    const from = beforeIt(line, to)
    for (let n = 0; n < PACKET; n += 1) copyCell(to + n, from + n)
    to = from
  }
  return place
}

/** A ring for so many packets; those that there are stay in it, in their order. */
function makeRoom(line: i32, packets: i32): void {
  const start = reserve(packets * PACKET)
  const count = get(line, COUNT)
  let from = get(line, HEAD)
  for (let to = start; to < start + count * PACKET; to += PACKET) {
    for (let n = 0; n < PACKET; n += 1) copyCell(to + n, from + n)
    from = after(line, from)
  }
  set(line, START, start)
  set(line, END, start + packets * PACKET)
  set(line, HEAD, start)
  set(line, TAIL, start + max(0, count - 1) * PACKET)
  choose()
}

/** Looks at what so many packets need, from a stretch ahead on: see nearby.ts. */
function look(line: i32, packets: i32): void {
  let place = get(line, HEAD) + LOOKED_AT * PACKET
  if (place >= get(line, END)) place += get(line, START) - get(line, END)
  for (let left = min(packets - LOOKED_AT, LOOKED_AT); left > 0; left -= 1) {
    lookAtPart(get(place, LANE), get(place, MESSAGE))
    place = after(line, place)
  }
  for (let left = min(packets - 2 * LOOKED_AT, LOOKED_AT); left > 0; left -= 1) {
    lookAtList(get(place, LANE))
    place = after(line, place)
  }
}
