import { INT_FREE_BLOCK } from './event-cells.ts'
import type { EventRecords } from './event-records.ts'
import { CELL_EVENT_TIME, type Memory } from './memory.ts'

/**
 * Events in no order: pairs of cells, time and the event's address, in chains of blocks. Adding writes in sequence and a chain is read in
 * sequence, which a processor does far faster than following links from event to event. A chain is one integer of its owner: where the next
 * pair goes, or 0.
 */

/** Blocks lie at multiples of their size. The first pair of cells holds the block before, as an integer. */
const CHAIN_BLOCK = 32
export const CHAIN_FIRST = 2
export const CHAIN_PAIRS = 15
const BLOCKS_AT_ONCE = 32

export class EventChains {
  readonly #memory: Memory
  readonly #records: EventRecords

  constructor(memory: Memory, records: EventRecords) {
    this.#memory = memory
    this.#records = records
  }

  /** Adds an event of the time in CELL_EVENT_TIME to the chain of this integer. */
  add(chain: number, event: number): void {
    const memory = this.#memory
    let place = memory.i[chain]!
    // At a multiple: there is no block yet, or the last one is full.
    if ((place & (CHAIN_BLOCK - 1)) === 0) place = this.#block(place)
    const { f, i } = memory
    f[place] = f[CELL_EVENT_TIME]!
    i[place * 2 + 2] = event
    i[chain] = place + 2
  }

  /** The block in which a chain ends. */
  blockOf(place: number): number {
    return (place - 1) & -CHAIN_BLOCK
  }

  /** Where the chain goes on before its last block, or 0. */
  before(place: number): number {
    const block = this.#memory.i[this.blockOf(place) * 2]!
    return block === 0 ? 0 : block + CHAIN_BLOCK
  }

  count(end: number): number {
    let count = 0
    for (let place = end; place !== 0; place = this.before(place)) count += (place - this.blockOf(place) - CHAIN_FIRST) >> 1
    return count
  }

  /** Gives back the block in which a chain ends; where the chain ends without it. */
  drop(block: number): number {
    const { i } = this.#memory
    const before = i[block * 2]!
    i[block * 2] = i[INT_FREE_BLOCK]!
    i[INT_FREE_BLOCK] = block
    return before === 0 ? 0 : before + CHAIN_BLOCK
  }

  /** Takes out the cancelled ones of a chain. */
  sweep(chain: number): void {
    const memory = this.#memory
    let place = memory.i[chain]!
    memory.i[chain] = 0
    while (place !== 0) {
      const block = this.blockOf(place)
      for (let at = block + CHAIN_FIRST; at < place; at += 2) {
        // Adding may make blocks, so the views are read again each time.
        const event = memory.i[at * 2 + 2]!
        if (this.#records.isCancelled(event)) {
          this.#records.clear(event)
          continue
        }
        memory.f[CELL_EVENT_TIME] = memory.f[at]!
        this.add(chain, event)
      }
      place = this.drop(block)
    }
  }

  #block(place: number): number {
    const memory = this.#memory
    if (memory.i[INT_FREE_BLOCK] === 0) this.moreBlocks()
    const { i } = memory
    const block = i[INT_FREE_BLOCK]!
    i[INT_FREE_BLOCK] = i[block * 2]!
    i[block * 2] = place === 0 ? 0 : place - CHAIN_BLOCK
    return block + CHAIN_FIRST
  }

  /** Makes free blocks; there are none. */
  moreBlocks(): void {
    const slab = this.#memory.reserve((BLOCKS_AT_ONCE + 1) * CHAIN_BLOCK)
    const { i } = this.#memory
    const first = (slab + CHAIN_BLOCK - 1) & -CHAIN_BLOCK
    for (let n = BLOCKS_AT_ONCE - 1; n >= 0; n -= 1) {
      i[(first + n * CHAIN_BLOCK) * 2] = i[INT_FREE_BLOCK]!
      i[INT_FREE_BLOCK] = first + n * CHAIN_BLOCK
    }
  }
}
