import { CELL_HORIZON, INT_CANCELLED, INT_FREE_EVENT, INT_NEAR_CROWDED, INT_NEAR_END, INT_SWEEP_FROM } from './event-cells.ts'
import { EventChains } from './event-chains.ts'
import { EVENT_COUNTER, EVENT_DATUM, EVENT_SIGNAL, EVENT_SOURCE, EVENT_TARGET, EventRecords } from './event-records.ts'
import { FarEvents } from './far-events.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, type Memory } from './memory.ts'
import { NearEvents } from './near-events.ts'

/**
 * The pending events of a run: those before the horizon in order, the others in a ladder of buckets, so that the cost of an event hardly depends
 * on how many are pending, nor on how far apart they are. Everything is in the memory, of which there can be one list.
 *
 * The key of an event is (time, rank of its source, the source's own counter). A source is a node or a channel; ranks follow
 * the order of ids, so order at one instant is a function of the document: neither the code path nor a new node changes it.
 * Re-ranking never disturbs the order, because two existing sources keep their relative order when a third arrives.
 *
 * Times are whole nanoseconds below 2^53. A cancelled event stays until it comes up, or until half of all are such.
 */
/** A crowded near list is relieved of all but the first few. */
const NEAR_KEPT = 8
/** Fewer cancelled ones than this are not worth a search. */
const SWEEP_LEAST = 256

export class EventList {
  readonly #memory: Memory
  readonly #records: EventRecords
  readonly #near: NearEvents
  readonly #chains: EventChains
  readonly #far: FarEvents
  /** The event that `take` removed last. */
  target = 0
  signal = 0
  datum = 0

  constructor(memory: Memory) {
    this.#memory = memory
    this.#records = new EventRecords(memory)
    this.#near = new NearEvents(memory, this.#records)
    this.#chains = new EventChains(memory, this.#records)
    this.#far = new FarEvents(memory, this.#chains, this.#near)
    memory.i[INT_SWEEP_FROM] = SWEEP_LEAST
  }

  /** How many are pending; counts them. */
  get size(): number {
    return this.#records.count()
  }

  /** Rank of a source in the order of ids; set for every source before it schedules. */
  setRank(source: number, rank: number): void {
    this.#records.setRank(source, rank)
  }

  rank(source: number): number {
    return this.#records.rank(source)
  }

  /** Time of the earliest event, or Infinity. */
  nextTime(): number {
    const { f, i } = this.#memory
    // Below the first of the near list stands Infinity.
    const place = i[INT_NEAR_END]! - 2
    const time = f[place]!
    if (time < Infinity && i[i[place * 2 + 2]! * 2 + EVENT_TARGET]! >= 0) return time
    this.#settle()
    return this.#memory.f[this.#memory.i[INT_NEAR_END]! - 2]!
  }

  /** Rank of the source of the earliest event; there must be one, and `nextTime` was asked. */
  nextRank(): number {
    const { i } = this.#memory
    return this.#records.rank(i[i[i[INT_NEAR_END]! * 2 - 2]! * 2 + EVENT_SOURCE]!)
  }

  /** Adds an event for the time and counter in CELL_EVENT_TIME and CELL_EVENT_COUNTER; returns its alarm, which names it until it fired or was cancelled. */
  add(source: number, target: number, signal: number, datum: number): number {
    const memory = this.#memory
    if (memory.i[INT_FREE_EVENT] === 0) this.#records.more()
    const { f, i } = memory
    const event = i[INT_FREE_EVENT]!
    const at = (event * 2) | 0
    i[INT_FREE_EVENT] = ~i[(at + EVENT_TARGET) | 0]!
    i[(at + EVENT_SOURCE) | 0] = source
    i[(at + EVENT_TARGET) | 0] = target
    i[(at + EVENT_SIGNAL) | 0] = signal
    f[(event + EVENT_COUNTER) | 0] = f[CELL_EVENT_COUNTER]!
    f[(event + EVENT_DATUM) | 0] = datum
    const time = f[CELL_EVENT_TIME]!
    if (time >= f[CELL_HORIZON]!) {
      this.#far.add(event)
      return event
    }
    let place = i[INT_NEAR_END]!
    const end = (place + 2) | 0
    i[INT_NEAR_END] = end
    for (;;) {
      const other = f[(place - 2) | 0]!
      if (other > time) break
      const otherEvent = i[(place * 2 - 2) | 0]!
      if (other === time && this.#records.before(event, otherEvent)) break
      f[place] = other
      i[(place * 2 + 2) | 0] = otherEvent
      place = (place - 2) | 0
    }
    f[place] = time
    i[(place * 2 + 2) | 0] = event
    if (end >= i[INT_NEAR_CROWDED]!) this.#relieve()
    return event
  }

  /** Removes the earliest event into the public fields and its time into CELL_EVENT_TIME; false when there is none. */
  take(): boolean {
    const { f, i } = this.#memory
    const place = (i[INT_NEAR_END]! - 2) | 0
    const time = f[place]!
    const event = i[(place * 2 + 2) | 0]!
    const at = (event * 2) | 0
    const target = i[(at + EVENT_TARGET) | 0]!
    if (time === Infinity || target < 0) return this.#settle() && this.#takeLast()
    i[INT_NEAR_END] = place
    f[CELL_EVENT_TIME] = time
    this.target = target
    this.signal = i[(at + EVENT_SIGNAL) | 0]!
    this.datum = f[(event + EVENT_DATUM) | 0]!
    i[(at + EVENT_TARGET) | 0] = ~i[INT_FREE_EVENT]!
    i[INT_FREE_EVENT] = event
    return true
  }

  /** Makes free records of events; there are none. */
  moreEvents(): void {
    this.#records.more()
  }
  /** Makes room in the near list for this many more. */
  growNear(more: number): void {
    this.#near.grow(more)
  }
  /** Makes free blocks of far events; there are none. */
  moreBlocks(): void {
    this.#chains.moreBlocks()
  }

  /** Cancels an event of this target that is still to come; false for any other alarm. */
  cancel(alarm: number, target: number): boolean {
    if (!this.#records.cancel(alarm, target)) return false
    this.#sweepWhenMany()
    return true
  }

  /** Removes every event of a target that is gone. */
  cancelTarget(target: number): void {
    this.#records.cancelTarget(target)
    this.#sweepWhenMany()
  }

  /** As `take`, once the last of the near list is one that fires. */
  #takeLast(): boolean {
    const { f, i } = this.#memory
    const place = i[INT_NEAR_END]! - 2
    const event = i[place * 2 + 2]!
    i[INT_NEAR_END] = place
    f[CELL_EVENT_TIME] = f[place]!
    this.target = i[event * 2 + EVENT_TARGET]!
    this.signal = i[event * 2 + EVENT_SIGNAL]!
    this.datum = f[event + EVENT_DATUM]!
    this.#records.recycle(event)
    return true
  }

  /** Makes the last of the near list one that fires; false when there is none. */
  #settle(): boolean {
    const memory = this.#memory
    for (;;) {
      if (this.#near.count === 0 && (memory.f[CELL_HORIZON] === Infinity || !this.#far.refill())) return false
      const { i } = memory
      const place = i[INT_NEAR_END]! - 2
      const event = i[place * 2 + 2]!
      if (!this.#records.isCancelled(event)) return true
      this.#records.clear(event)
      i[INT_NEAR_END] = place
    }
  }

  /** The near list is crowded: most of it goes to the far list, unless all are of one time. */
  #relieve(): void {
    if (this.#far.canRelieve()) this.#far.relieve(NEAR_KEPT)
    else this.#near.expect(0)
  }

  #sweepWhenMany(): void {
    const { i } = this.#memory
    if (i[INT_CANCELLED]! <= i[INT_SWEEP_FROM]!) return
    const pending = this.#records.count()
    i[INT_SWEEP_FROM] = Math.max(SWEEP_LEAST, pending)
    if (i[INT_CANCELLED]! < pending) return
    this.#near.sweep()
    this.#far.sweep()
  }
}
