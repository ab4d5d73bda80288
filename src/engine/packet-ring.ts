import type { Memory } from '../kernel/memory.ts'
import { LANE_COUNT, LANE_HEAD, LANE_HEAD_BLOCK, LANE_OWN_BLOCK, LANE_TAIL, LANE_TAIL_BLOCK } from '../machine/layout.ts'

/** A packet's record: when it arrives, its number among the events of its channel, the first of its two numbers; then integers. */
const RECORD = 5
export const PACKET_ARRIVE = 0
export const PACKET_COUNTER = 1
export const PACKET_A = 2
/** Offsets of integers from twice the address: opcode in the low bits and what it carries above, copy, second number, flight. */
export const PACKET_OP = 6
export const PACKET_MESSAGE = 7
export const PACKET_B = 8
const FLIGHT = 9
/** With the link a block fills its lines of the processor's cache. */
const PACKETS_A_BLOCK = 3
const BLOCK = PACKETS_A_BLOCK * RECORD + 1
const LINK = BLOCK - 1
const FLIGHT_EXACT_NS = 2147483647

/**
 * Packets in flight one way, in order: a chain of blocks in the linear memory, so that a long queue in flight is never moved and an idle wire holds
 * nothing. A packet takes 40 bytes, and its part of a block.
 */
export class PacketRing {
  readonly #memory: Memory
  #head = 0
  #headBlock = 0
  /** At the end of a block that isn't there: the first packet appends one. */
  #tail = LINK
  #tailBlock = 0
  #isAtHome = false
  count = 0

  constructor(memory: Memory) {
    this.#memory = memory
  }

  /** Its state in a lane's record of machine/layout.ts. The first time, an empty one moves into it: what a lane needs is in one place. */
  park(record: number): void {
    if (!this.#isAtHome && this.count === 0) this.#moveTo(record + LANE_OWN_BLOCK)
    const { i } = this.#memory
    const at = record * 2
    i[at + LANE_HEAD] = this.#head
    i[at + LANE_HEAD_BLOCK] = this.#headBlock
    i[at + LANE_TAIL] = this.#tail
    i[at + LANE_TAIL_BLOCK] = this.#tailBlock
    i[at + LANE_COUNT] = this.count
  }
  unpark(record: number): void {
    const { i } = this.#memory
    const at = record * 2
    this.#head = i[at + LANE_HEAD]!
    this.#headBlock = i[at + LANE_HEAD_BLOCK]!
    this.#tail = i[at + LANE_TAIL]!
    this.#tailBlock = i[at + LANE_TAIL_BLOCK]!
    this.count = i[at + LANE_COUNT]!
  }

  /** Makes room for one more at the tail and returns its address. */
  push(): number {
    if (this.#tail === this.#tailBlock + LINK) this.#append()
    const place = this.#tail
    this.#tail = place + RECORD
    this.count += 1
    return place
  }

  head(): number {
    return this.#head
  }

  shift(): void {
    this.count -= 1
    this.#head += RECORD
    if (this.count === 0 && this.#headBlock === this.#tailBlock) {
      // Empty: from the start again, where the cache is warm.
      this.#head = this.#headBlock
      this.#tail = this.#headBlock
    } else if (this.#head === this.#headBlock + LINK) this.#dropBlock()
  }

  /** Visits every packet, the head first. */
  forEach(visit: (place: number) => void): void {
    let block = this.#headBlock
    let place = this.#head
    for (let n = 0; n < this.count; n += 1) {
      if (place === block + LINK) {
        block = this.#memory.f[place]!
        place = block
      }
      visit(place)
      place += RECORD
    }
  }

  /** How long the packet was to fly, in ns: exact up to two seconds, else rounded up to microseconds. */
  flightNs(place: number): number {
    const flight = this.#memory.i[place * 2 + FLIGHT]!
    return flight >= 0 ? flight : flight * -1000
  }
  setFlight(place: number, ns: number): void {
    this.#memory.i[place * 2 + FLIGHT] = ns <= FLIGHT_EXACT_NS ? ns : -Math.min(FLIGHT_EXACT_NS, Math.ceil(ns / 1000))
  }

  #moveTo(block: number): void {
    if (this.#headBlock !== 0) this.#memory.release(this.#headBlock, BLOCK)
    this.#headBlock = block
    this.#tailBlock = block
    this.#head = block
    this.#tail = block
    this.#isAtHome = true
  }

  #append(): void {
    const block = this.#memory.reserve(BLOCK)
    if (this.#tailBlock === 0) {
      this.#headBlock = block
      this.#head = block
    } else this.#memory.f[this.#tailBlock + LINK] = block
    this.#tailBlock = block
    this.#tail = block
  }

  /** The head's block is used up: the next begins. */
  #dropBlock(): void {
    const old = this.#headBlock
    const next = this.#memory.f[old + LINK]!
    this.#headBlock = next
    this.#head = next
    this.#memory.release(old, BLOCK)
  }
}
