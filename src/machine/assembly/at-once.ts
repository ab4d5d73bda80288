import { addF, cell, get, getF, int, set, setF, setInt } from './memory'
import * as L from '../layout'
import { putBack } from './lanes'
import { reserve } from './imports'

/**
 * Packets that arrive in the instant they were sent, in the order of the instant: by the rank of their source, then as they were sent. The first one
 * is at hand; the others wait in a queue with a place for every rank, where taking and adding cost the same however many there are: bits say
 * which places are taken, three levels of 64. Nobody else sees any of it: before the machine stops, everything is put to where it would be without.
 */
export let firstLane: i32 = 0
export let firstOp: i32 = 0
export let firstMessage: i32 = 0
export let firstA: f64 = 0
export let firstB: i32 = 0
let firstCarries: i32 = 0
let firstCounter: f64 = 0

/** A packet that waits: 0 number of the next one of its rank or 0, 1 lane, 2 opcode and what it carries, 3 message, 4 second number; then doubles. */
const LANE: i32 = 1
const OP: i32 = 2
const MESSAGE: i32 = 3
const B: i32 = 4
const F_A: i32 = 3
const F_COUNTER: i32 = 4
const PACKET: i32 = 5
const PACKETS_AT_ONCE: i32 = 64
const CARRIES_SHIFT: i32 = 8

/** Which of the 64 words of the second level have bits; addresses of the words of the second and the first level, and of the places: first and last packet. */
let top: u64 = 0
let middle: i32 = 0
let bottom: i32 = 0
let places: i32 = 0
let free: i32 = 0

/** The queue's room: as many cells of zeros as placesFor of machine.ts says. */
export function placesAt(address: i32, ranks: i32): void {
  middle = address
  bottom = address + L.PLACES_WORDS
  places = bottom + ((ranks + 63) >> 6)
}

@inline
function bitsAt(address: i32): u64 {
  return load<u64>(<usize>address << 3)
}
@inline
function setBitsAt(address: i32, bits: u64): void {
  store<u64>(<usize>address << 3, bits)
}

@inline
export function sendAtOnce(lane: i32, op: i32, carries: i32, message: i32, a: f64, b: i32, counter: f64): void {
  if (firstLane == 0) setFirst(lane, op, carries, message, a, b, counter)
  else if (get(lane, L.LANE_RANK) >= get(firstLane, L.LANE_RANK)) wait(lane, op | (carries << CARRIES_SHIFT), message, a, b, counter)
  else {
    // There can be others of the first one's rank, which were sent after it.
    waitInFront(firstLane, firstOp | (firstCarries << CARRIES_SHIFT), firstMessage, firstA, firstB, firstCounter)
    setFirst(lane, op, carries, message, a, b, counter)
  }
}

@inline
function setFirst(lane: i32, op: i32, carries: i32, message: i32, a: f64, b: i32, counter: f64): void {
  firstLane = lane
  firstOp = op
  firstCarries = carries
  firstMessage = message
  firstA = a
  firstB = b
  firstCounter = counter
}

/** The first packet arrives: the next one is the first now. Who needs what was in it has read it. */
@inline
export function arriveFirst(): void {
  if (firstMessage != 0) addF(firstLane, L.F_LANE_CARRIED, 1)
  next()
}

@inline
function next(): void {
  if (top == 0) firstLane = 0
  else takeWaiting()
}

/** All go to where they would be without. */
export function flush(): void {
  while (firstLane != 0) {
    putBack(firstLane, firstOp, firstCarries, firstMessage, firstA, firstB, firstCounter)
    next()
  }
}

@inline
function packet(lane: i32, op: i32, message: i32, a: f64, b: i32, counter: f64): i32 {
  if (free == 0) more()
  const made = free
  free = get(made, 0)
  set(made, 0, 0)
  set(made, LANE, lane)
  set(made, OP, op)
  set(made, MESSAGE, message)
  set(made, B, b)
  setF(made, F_A, a)
  setF(made, F_COUNTER, counter)
  return made
}

function wait(lane: i32, op: i32, message: i32, a: f64, b: i32, counter: f64): void {
  const made = packet(lane, op, message, a, b, counter)
  const rank = get(lane, L.LANE_RANK)
  const place = (places + rank) * 2
  if (int(place) == 0) {
    setInt(place, made)
    mark(rank)
  } else set(int(place + 1), 0, made)
  setInt(place + 1, made)
}

function waitInFront(lane: i32, op: i32, message: i32, a: f64, b: i32, counter: f64): void {
  const made = packet(lane, op, message, a, b, counter)
  const rank = get(lane, L.LANE_RANK)
  const place = (places + rank) * 2
  if (int(place) == 0) {
    setInt(place + 1, made)
    mark(rank)
  }
  set(made, 0, int(place))
  setInt(place, made)
}

@inline
function mark(rank: i32): void {
  const low = bottom + (rank >> 6)
  const high = middle + (rank >> 12)
  setBitsAt(low, bitsAt(low) | (<u64>1 << (rank & 63)))
  setBitsAt(high, bitsAt(high) | (<u64>1 << ((rank >> 6) & 63)))
  top |= <u64>1 << (rank >> 12)
}

function takeWaiting(): void {
  const high = <i32>ctz(top)
  const word = (high << 6) | <i32>ctz(bitsAt(middle + high))
  const rank = (word << 6) | <i32>ctz(bitsAt(bottom + word))
  const place = (places + rank) * 2
  const taken = int(place)
  const after = get(taken, 0)
  setInt(place, after)
  if (after == 0) {
    const left = bitsAt(bottom + word) & (bitsAt(bottom + word) - 1)
    setBitsAt(bottom + word, left)
    if (left == 0) {
      const above = bitsAt(middle + high) & (bitsAt(middle + high) - 1)
      setBitsAt(middle + high, above)
      if (above == 0) top &= top - 1
    }
  }
  const op = get(taken, OP)
  setFirst(get(taken, LANE), op & 255, op >> CARRIES_SHIFT, get(taken, MESSAGE), getF(taken, F_A), get(taken, B), getF(taken, F_COUNTER))
  set(taken, 0, free)
  free = taken
}

function more(): void {
  const block = reserve(PACKET * PACKETS_AT_ONCE)
  for (let at = block + PACKET * (PACKETS_AT_ONCE - 1); at >= block; at -= PACKET) {
    set(at, 0, free)
    free = at
  }
}
