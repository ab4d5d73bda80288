import * as C from './memory'
import { addF, cell, get, getF, int, set, setCell, setF } from './memory'
import * as L from '../layout'
import { addEvent, addInstant, numbered } from './events'
import { draw } from './figures'
import { look, move, ON_WIRE, retain } from './messages'
import { reserve } from './imports'
import { firstLane, flush, sendAtOnce } from './at-once'
import * as D from './delays'

/** One way of a channel: the steps of engine/lane.ts and engine/packet-ring.ts. */

/** What a packet carries: nothing, the copy itself, or the sight of one that the sender keeps. */
export const NOTHING: i32 = 0
export const COPY: i32 = 1
export const SIGHT: i32 = 2
const RECORD: i32 = 5
const ARRIVE: i32 = 0
const COUNTER: i32 = 1
const A: i32 = 2
const OP: i32 = 6
const MESSAGE: i32 = 7
const B: i32 = 8
const FLIGHT: i32 = 9
const BLOCK: i32 = 16
const LINK: i32 = 15
const FLIGHT_EXACT: f64 = 2147483647
const HOPS_MAX: i32 = 8192

/** Blocks of packets that nobody uses, linked: busy wires need and leave one every three packets. */
let freeBlock: i32 = 0

let hops: i32 = 0
let hopCount: i32 = 0

/** Where hops are written, as records of contract/hops; 0 when nobody watches. */
export function hopsAt(address: i32): void {
  hops = address
  hopCount = 0
}
/** How many were written since. */
export function hopsWritten(): i32 {
  return hopCount
}

@inline
export function headOp(lane: i32): i32 {
  return int(get(lane, L.LANE_HEAD) * 2 + OP) & 255
}
@inline
export function headCarries(lane: i32): i32 {
  return int(get(lane, L.LANE_HEAD) * 2 + OP) >> 8
}
@inline
export function headMessage(lane: i32): i32 {
  return int(get(lane, L.LANE_HEAD) * 2 + MESSAGE)
}
@inline
export function headA(lane: i32): f64 {
  return cell(get(lane, L.LANE_HEAD) + A)
}
@inline
export function headB(lane: i32): i32 {
  return int(get(lane, L.LANE_HEAD) * 2 + B)
}

export function put(lane: i32, op: i32, carries: i32, message: i32, a: f64, b: i32): void {
  const number = numbered()
  const now = cell(C.NOW)
  const takesTime = get(lane, L.LANE_TAKES_TIME)
  if (get(lane, L.LANE_COUNT) == 0) {
    if (takesTime == 0 && int(C.INSTANTS_COUNT) == 0) {
      sendAtOnce(lane, op, carries, message, a, b, number)
      if (hops != 0 && message != 0 && hopCount < HOPS_MAX) hop(lane, message, now, now)
      return
    }
    if (takesTime >= L.LANE_DELAYED) {
      const latency = D.sendLater(takesTime - L.LANE_DELAYED, lane, op | (carries << D.CARRIES_SHIFT), message, a, b, number)
      if (latency > 0) {
        hold(lane, carries, message)
        if (hops != 0 && message != 0 && hopCount < HOPS_MAX) hop(lane, message, now, now + latency)
        return
      }
      flushDelays()
    }
  }
  putInRing(lane, op, carries, message, a, b, number)
}

/** The way that every packet can take. */
function putInRing(lane: i32, op: i32, carries: i32, message: i32, a: f64, b: i32, number: f64): void {
  const now = cell(C.NOW)
  const count = get(lane, L.LANE_COUNT)
  let arrive = now
  const atOnce = get(lane, L.LANE_AT_ONCE)
  if (get(lane, L.LANE_TAKES_TIME) != 0 || count > atOnce) {
    const law = get(lane, L.LANE_DRAW)
    const flown = now + (law == 0 ? getF(lane, L.F_LANE_CONSTANT) : draw(law))
    arrive = max(flown, getF(lane, L.F_LANE_LAST))
    setF(lane, L.F_LANE_LAST, arrive)
  }
  if (arrive == now && firstLane != 0) flush()
  hold(lane, carries, message)
  push(lane, op, carries, message, a, b, arrive, number, arrive - now)
  if (arrive == now && atOnce == count) {
    set(lane, L.LANE_AT_ONCE, atOnce + 1)
    addInstant(<f64>get(lane, L.LANE_RANK), get(lane, L.LANE_NUMBER))
  } else if (count == 0) schedule(lane)
  if (hops != 0 && message != 0 && hopCount < HOPS_MAX) hop(lane, message, now, arrive)
}

/** A copy goes onto the wire; the sight of one keeps its record. */
@inline
function hold(lane: i32, carries: i32, message: i32): void {
  if (carries == COPY) move(message, get(lane, L.LANE_LEDGER), ON_WIRE)
  else if (carries == SIGHT) retain(message)
}

/** A packet at the tail of the ring. */
@inline
function push(lane: i32, op: i32, carries: i32, message: i32, a: f64, b: i32, arrive: f64, number: f64, flight: f64): void {
  addF(lane, L.F_LANE_SENT, 1)
  if (get(lane, L.LANE_TAIL) == get(lane, L.LANE_TAIL_BLOCK) + LINK) append(lane)
  const place = get(lane, L.LANE_TAIL)
  set(lane, L.LANE_TAIL, place + RECORD)
  set(lane, L.LANE_COUNT, get(lane, L.LANE_COUNT) + 1)
  setF(place, A, a)
  set(place, OP, op | (carries << 8))
  set(place, MESSAGE, message)
  set(place, B, b)
  setF(place, ARRIVE, arrive)
  setF(place, COUNTER, number)
  set(place, FLIGHT, flight <= FLIGHT_EXACT ? <i32>flight : -<i32>min(FLIGHT_EXACT, ceil<f64>(flight / 1000)))
}

/** Puts a packet that waits in the instant's own order to where it would be without: into the ring, and into the list of the instant. */
export function putBack(lane: i32, op: i32, carries: i32, message: i32, a: f64, b: i32, counter: f64): void {
  hold(lane, carries, message)
  push(lane, op, carries, message, a, b, cell(C.NOW), counter, 0)
  set(lane, L.LANE_AT_ONCE, get(lane, L.LANE_AT_ONCE) + 1)
  addInstant(<f64>get(lane, L.LANE_RANK), get(lane, L.LANE_NUMBER))
}

/** All that are in lines of one latency go to the rings of their lanes, and the first one of each lane into the event list. */
export function flushDelays(): void {
  while (D.delayedTime < Infinity) {
    const packet = D.delayed
    const latency = D.delayedLatency()
    D.leave()
    const lane = get(packet, D.LANE)
    const arrive = getF(packet, D.ARRIVE)
    const op = get(packet, D.OP)
    push(lane, op & 255, op >> D.CARRIES_SHIFT, get(packet, D.MESSAGE), getF(packet, D.A), get(packet, D.B), arrive, getF(packet, D.NUMBER), latency)
    setF(lane, L.F_LANE_LAST, arrive)
    if (get(lane, L.LANE_COUNT) == 1) schedule(lane)
  }
}

/** The head leaves the ring; the next one is scheduled, if it isn't in the instant's list. */
export function shift(lane: i32, message: i32): void {
  const count = get(lane, L.LANE_COUNT) - 1
  const head = get(lane, L.LANE_HEAD) + RECORD
  const block = get(lane, L.LANE_HEAD_BLOCK)
  set(lane, L.LANE_COUNT, count)
  if (count == 0 && block == get(lane, L.LANE_TAIL_BLOCK)) {
    set(lane, L.LANE_HEAD, block)
    set(lane, L.LANE_TAIL, block)
  } else if (head == block + LINK) drop(lane, block)
  else set(lane, L.LANE_HEAD, head)
  addF(lane, L.F_LANE_ARRIVED, 1)
  set(lane, L.LANE_ALARM, 0)
  if (count > 0 && get(lane, L.LANE_AT_ONCE) == 0) schedule(lane)
  if (message != 0) addF(lane, L.F_LANE_CARRIED, 1)
}

function schedule(lane: i32): void {
  const head = get(lane, L.LANE_HEAD)
  set(lane, L.LANE_ALARM, addEvent(lane, getF(head, ARRIVE), getF(head, COUNTER), get(lane, L.LANE_SOURCE), get(lane, L.LANE_TARGET), 0, 0))
}

function append(lane: i32): void {
  let block = freeBlock
  if (block == 0) block = reserve(BLOCK)
  else freeBlock = <i32>getF(block, LINK)
  const tail = get(lane, L.LANE_TAIL_BLOCK)
  if (tail == 0) {
    set(lane, L.LANE_HEAD_BLOCK, block)
    set(lane, L.LANE_HEAD, block)
  } else setF(tail, LINK, <f64>block)
  set(lane, L.LANE_TAIL_BLOCK, block)
  set(lane, L.LANE_TAIL, block)
}

function drop(lane: i32, block: i32): void {
  const next = <i32>getF(block, LINK)
  set(lane, L.LANE_HEAD_BLOCK, next)
  set(lane, L.LANE_HEAD, next)
  setF(block, LINK, <f64>freeBlock)
  freeBlock = block
}

function hop(lane: i32, message: i32, now: f64, arrive: f64): void {
  const at = hops + hopCount * 4
  hopCount += 1
  setCell(at, now)
  setF(at, 1, arrive)
  set(at, 4, get(lane, L.LANE_CHANNEL))
  set(at, 5, look(message))
  set(at, 6, message)
  set(at, 7, get(lane, L.LANE_WAY))
}
