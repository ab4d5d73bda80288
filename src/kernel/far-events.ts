import { CELL_HORIZON, INT_NEAR, INT_NEAR_END, INT_RUNG, INT_RUNGS, INT_TOP } from './event-cells.ts'
import { CHAIN_FIRST, CHAIN_PAIRS, type EventChains } from './event-chains.ts'
import { CELL_EVENT_TIME, type Memory } from './memory.ts'
import type { NearEvents } from './near-events.ts'

/**
 * The events from the horizon on: a ladder (Tang, Goh and Thng 2005). A rung divides a stretch of time into buckets of equal width; what lies
 * beyond the first rung is in no order at all, in the top. When the near list is empty the next bucket becomes it, or becomes a rung of its own
 * when it holds too many: so timers that are days away cost hops of microseconds nothing. Widths are powers of two and times are whole, so
 * nothing is rounded.
 */

/** A rung in cells: start, end, width, one over it; two integers; then the buckets' chains as integers. */
const START = 0
const END = 1
const WIDTH = 2
const INVERSE = 3
const BUCKETS = 8
const CURRENT = 9
const CHAINS = 10
export const BUCKETS_MAX = 1024
/** A rung has more than 8 buckets or a width of 1 ns, so this many rungs are enough for 2^53 ns. */
const BUCKETS_LEAST = 16
const RUNGS_MAX = 18
export const RUNG_CELLS = 517
/** How many events a bucket is meant to have. */
const EVENTS_A_BUCKET = 4
/** The first rung reaches so many times as far as its events on average: few of those to come lie beyond. */
const REACH = 6
/** A bucket of more than this becomes a rung. */
const BUCKET_WHOLE = 20
/** A top of no more than this goes to the near list as it is. */
const TOP_WHOLE = 14

export class FarEvents {
  readonly #memory: Memory
  readonly #chains: EventChains
  readonly #near: NearEvents

  constructor(memory: Memory, chains: EventChains, near: NearEvents) {
    this.#memory = memory
    this.#chains = chains
    this.#near = near
    const rungs = memory.reserve(RUNGS_MAX * RUNG_CELLS)
    memory.i[INT_RUNGS] = rungs
    memory.i[INT_RUNG] = rungs - RUNG_CELLS
    memory.f[CELL_HORIZON] = Infinity
  }

  /** Adds an event of the time in CELL_EVENT_TIME, which is at the horizon or later. */
  add(event: number): void {
    const { f, i } = this.#memory
    const time = f[CELL_EVENT_TIME]!
    const first = i[INT_RUNGS]!
    let chain = INT_TOP
    for (let rung = i[INT_RUNG]!; rung >= first; rung -= RUNG_CELLS) {
      if (time >= f[rung + END]!) continue
      chain = rung * 2 + CHAINS + (((time - f[rung + START]!) * f[rung + INVERSE]!) | 0)
      break
    }
    this.#chains.add(chain, event)
  }

  /** Fills the near list, which is empty, with what comes next; false when nothing does. */
  refill(): boolean {
    for (;;) {
      // Making blocks may replace the views.
      const { i } = this.#memory
      const rung = i[INT_RUNG]!
      if (rung < i[INT_RUNGS]!) {
        if (!this.#climb()) return this.#near.count > 0
      } else if (this.#open(rung)) {
        if (this.#near.count > 0) return true
      } else i[INT_RUNG] = rung - RUNG_CELLS
    }
  }

  /** Whether `relieve` would help: not when all are of one time, nor when there is no rung left. */
  canRelieve(): boolean {
    const { f, i } = this.#memory
    return f[i[INT_NEAR]!] !== f[i[INT_NEAR_END]! - 2] && this.#canSplit()
  }

  /** Takes from the near list, which has grown too long, all but the first few: the horizon comes closer. */
  relieve(keep: number): void {
    const memory = this.#memory
    const { f, i } = memory
    const first = i[INT_NEAR]!
    const end = i[INT_NEAR_END]!
    let kept = end - keep * 2
    const horizon = f[kept - 2]!
    // Events of one time stay together.
    while (kept < end && f[kept] === horizon) kept += 2
    const before = f[CELL_HORIZON]!
    f[CELL_HORIZON] = horizon
    if (before < Infinity) this.#split(horizon, before, (kept - first) >> 1)
    for (let at = first; at < kept; at += 2) {
      memory.f[CELL_EVENT_TIME] = memory.f[at]!
      this.add(memory.i[at * 2 + 2]!)
    }
    memory.f.copyWithin(first, kept, end)
    memory.i[INT_NEAR_END] = first + end - kept
    this.#near.expect(0)
  }

  /** Takes out the cancelled ones. */
  sweep(): void {
    const memory = this.#memory
    this.#chains.sweep(INT_TOP)
    for (let rung = memory.i[INT_RUNG]!; rung >= memory.i[INT_RUNGS]!; rung -= RUNG_CELLS) {
      const first = rung * 2 + CHAINS
      for (let chain = first; chain < first + memory.i[rung * 2 + BUCKETS]!; chain += 1) this.#chains.sweep(chain)
    }
  }

  #canSplit(): boolean {
    const { i } = this.#memory
    return i[INT_RUNG]! < i[INT_RUNGS]! + (RUNGS_MAX - 1) * RUNG_CELLS
  }

  /** Opens the next bucket of the lowest rung; false when all were opened. */
  #open(rung: number): boolean {
    const { f, i } = this.#memory
    const at = rung * 2
    const buckets = i[at + BUCKETS]!
    let bucket = i[at + CURRENT]! + 1
    while (bucket < buckets && i[at + CHAINS + bucket] === 0) bucket += 1
    if (bucket >= buckets) return false
    i[at + CURRENT] = bucket
    const place = i[at + CHAINS + bucket]!
    i[at + CHAINS + bucket] = 0
    const width = f[rung + WIDTH]!
    const end = Math.min(f[rung + END]!, f[rung + START]! + (bucket + 1) * width)
    const count = this.#chains.count(place)
    f[CELL_HORIZON] = end
    if (count <= BUCKET_WHOLE || width === 1 || !this.#canSplit()) this.#toNear(place, count)
    else {
      this.#split(this.#least(place), end, count)
      this.#spread(place)
    }
    return true
  }

  /** Makes the first rung from the top, or brings all of it to the near list when it is short; false when there is no rung. */
  #climb(): boolean {
    const { f, i } = this.#memory
    const place = i[INT_TOP]!
    const count = this.#chains.count(place)
    i[INT_TOP] = 0
    if (count <= TOP_WHOLE) {
      f[CELL_HORIZON] = Infinity
      this.#toNear(place, count)
      return false
    }
    // By the mean distance, however far away the last ones are; the first buckets of so long a rung are the fullest.
    const least = this.#least(place)
    const end = least + Math.max(1, Math.ceil(REACH * this.#meanAfter(place, least, count)))
    this.#split(least, end, count * REACH)
    this.#spread(place)
    return true
  }

  /** A new lowest rung. */
  #split(start: number, end: number, count: number): void {
    const { f, i } = this.#memory
    const span = end - start
    const wanted = Math.min(BUCKETS_MAX, Math.max(BUCKETS_LEAST, count / EVENTS_A_BUCKET))
    let width = 1
    while (width * wanted < span) width *= 2
    const rung = i[INT_RUNG]! + RUNG_CELLS
    i[INT_RUNG] = rung
    f[rung + START] = start
    f[rung + END] = end
    f[rung + WIDTH] = width
    f[rung + INVERSE] = 1 / width
    i[rung * 2 + BUCKETS] = Math.ceil(span / width)
    i[rung * 2 + CURRENT] = -1
  }

  /** Adds every event of a chain anew. */
  #spread(end: number): void {
    const memory = this.#memory
    for (let place = end; place !== 0; ) {
      const block = this.#chains.blockOf(place)
      for (let at = block + CHAIN_FIRST; at < place; at += 2) {
        memory.f[CELL_EVENT_TIME] = memory.f[at]!
        this.add(memory.i[at * 2 + 2]!)
      }
      place = this.#chains.drop(block)
    }
  }

  /** Brings a chain of this many to the near list, which is empty. */
  #toNear(end: number, count: number): void {
    this.#near.expect(count)
    for (let place = end; place !== 0; ) {
      const block = this.#chains.blockOf(place)
      this.#near.bring(block + CHAIN_FIRST, place, count)
      place = this.#chains.drop(block)
    }
    if (count > CHAIN_PAIRS) this.#near.sort(count)
  }

  #least(end: number): number {
    const { f } = this.#memory
    let least = Infinity
    for (let place = end; place !== 0; place = this.#chains.before(place)) {
      for (let at = this.#chains.blockOf(place) + CHAIN_FIRST; at < place; at += 2) if (f[at]! < least) least = f[at]!
    }
    return least
  }

  /** How long after a time the events of a chain are, on average. */
  #meanAfter(end: number, time: number, count: number): number {
    const { f } = this.#memory
    let sum = 0
    for (let place = end; place !== 0; place = this.#chains.before(place)) {
      for (let at = this.#chains.blockOf(place) + CHAIN_FIRST; at < place; at += 2) sum += f[at]! - time
    }
    return sum / count
  }
}
