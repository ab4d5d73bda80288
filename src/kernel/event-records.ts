import { INT_CANCELLED, INT_EVENT_BLOCK, INT_FREE_EVENT, INT_RANKS, INT_RANKS_ROOM } from './event-cells.ts'
import type { Memory } from './memory.ts'

/**
 * Records of pending events, and their order at one instant: (rank of the source, then as they were scheduled: by one count for all sources). The time of an event
 * stands beside its address in the list that holds it.
 */

/** A record in cells: number, datum, then integers from twice the address: source, target, signal. */
const RECORD = 4
export const EVENT_COUNTER = 0
export const EVENT_DATUM = 1
export const EVENT_SOURCE = 4
/** 0 or more while pending. A cancelled event has the complement of its target, a free record that of the next free one. */
export const EVENT_TARGET = 5
export const EVENT_SIGNAL = 6
const RECORDS_A_BLOCK = 256
/** A block ends with the address of the one that was made before it; so no record is in two lines of the processor's cache. */
const BLOCK = 1025
const LINK = 1024
const RANKS_FIRST = 256

export class EventRecords {
  readonly #memory: Memory

  constructor(memory: Memory) {
    this.#memory = memory
    const ranks = memory.reserve(RANKS_FIRST)
    memory.i[INT_RANKS] = ranks
    memory.i[INT_RANKS_ROOM] = RANKS_FIRST
  }

  setRank(source: number, rank: number): void {
    const memory = this.#memory
    while (source >= memory.i[INT_RANKS_ROOM]!) this.#moreRanks()
    memory.f[memory.i[INT_RANKS]! + source] = rank
  }

  rank(source: number): number {
    const { f, i } = this.#memory
    return f[i[INT_RANKS]! + source]!
  }

  recycle(event: number): void {
    const { i } = this.#memory
    i[event * 2 + EVENT_TARGET] = ~i[INT_FREE_EVENT]!
    i[INT_FREE_EVENT] = event
  }

  /** Recycles a cancelled event. */
  clear(event: number): void {
    this.#memory.i[INT_CANCELLED]! -= 1
    this.recycle(event)
  }

  isCancelled(event: number): boolean {
    return this.#memory.i[event * 2 + EVENT_TARGET]! < 0
  }

  /** Whether event a comes before event b, both at the same time. */
  before(a: number, b: number): boolean {
    const { f, i } = this.#memory
    const sa = i[a * 2 + EVENT_SOURCE]!
    const sb = i[b * 2 + EVENT_SOURCE]!
    if (sa === sb) return f[a + EVENT_COUNTER]! < f[b + EVENT_COUNTER]!
    const ranks = i[INT_RANKS]!
    return f[ranks + sa]! < f[ranks + sb]!
  }

  /** Cancels an event of this target that is still to come; false for any other. */
  cancel(event: number, target: number): boolean {
    const { i } = this.#memory
    if (event === 0 || i[event * 2 + EVENT_TARGET] !== target) return false
    i[event * 2 + EVENT_TARGET] = ~target
    i[INT_CANCELLED]! += 1
    return true
  }

  /** Cancels every event of a target. */
  cancelTarget(target: number): void {
    const { f, i } = this.#memory
    for (let block = i[INT_EVENT_BLOCK]!; block !== 0; block = f[block + LINK]!) {
      for (let n = 0; n < RECORDS_A_BLOCK; n += 1) this.cancel(block + n * RECORD, target)
    }
  }

  /** How many are pending. */
  count(): number {
    const { f, i } = this.#memory
    let count = 0
    for (let block = i[INT_EVENT_BLOCK]!; block !== 0; block = f[block + LINK]!) {
      for (let n = 0; n < RECORDS_A_BLOCK; n += 1) if (i[(block + n * RECORD) * 2 + EVENT_TARGET]! >= 0) count += 1
    }
    return count
  }

  /** Makes free records; there are none. */
  more(): void {
    const block = this.#memory.reserve(BLOCK)
    const { f, i } = this.#memory
    f[block + LINK] = i[INT_EVENT_BLOCK]!
    i[INT_EVENT_BLOCK] = block
    for (let n = RECORDS_A_BLOCK - 1; n >= 0; n -= 1) this.recycle(block + n * RECORD)
  }

  #moreRanks(): void {
    const memory = this.#memory
    const room = memory.i[INT_RANKS_ROOM]!
    const old = memory.i[INT_RANKS]!
    const bigger = memory.reserve(room * 2)
    memory.f.copyWithin(bigger, old, old + room)
    memory.release(old, room)
    memory.i[INT_RANKS] = bigger
    memory.i[INT_RANKS_ROOM] = room * 2
  }
}
