import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, type Memory } from './memory.ts'

/**
 * The pending events of a run: a 4-ary heap of (time, event) pairs over event records in the linear memory.
 *
 * The key of an event is (time, rank of its source, the source's own counter). A source is a node or a channel; ranks follow
 * the order of ids, so order at one instant is a function of the document: neither the code path nor a new node changes it.
 * Re-ranking never disturbs the heap, because two existing sources keep their relative order when a third arrives.
 *
 * Taking the earliest leaves a hole at the root, which the next event that is added fills: what fires mostly schedules its successor. A cancelled
 * event stays until it comes up, or until half of the heap are such.
 */
/** An event's record in cells: counter, datum, then integers: source and target, signal and state. */
const RECORD = 4
const COUNTER = 0
const DATUM = 1
/** Offsets of integers from twice the address. */
const SOURCE = 4
const TARGET = 5
const SIGNAL = 6
const STATE = 7
const PENDING = 1
const CANCELLED = 2
const RECORDS_A_BLOCK = 256
const HEAP_FIRST = 1024
const RANKS_FIRST = 256
/** Fewer cancelled ones than this are not worth rebuilding the heap for. */
const CANCELLED_MAX = 256

export class EventList {
  readonly #memory: Memory
  /** First free record; free ones are linked through SOURCE. */
  #free = 0
  /** Address and size (in pairs) of the heap: pairs of cells, time and the event's address. */
  #heap: number
  #room = HEAP_FIRST
  #size = 0
  #hole = false
  #cancelled = 0
  #ranks: number
  #ranksRoom = RANKS_FIRST
  /** The event that `take` removed last. */
  target = 0
  signal = 0
  datum = 0

  constructor(memory: Memory) {
    this.#memory = memory
    this.#heap = memory.reserve(HEAP_FIRST * 2)
    this.#ranks = memory.reserve(RANKS_FIRST)
  }

  get size(): number {
    return this.#size - this.#cancelled - (this.#hole ? 1 : 0)
  }

  /** Rank of a source in the order of ids; set for every source before it schedules. */
  setRank(source: number, rank: number): void {
    const memory = this.#memory
    while (source >= this.#ranksRoom) {
      this.#ranks = this.#moved(this.#ranks, this.#ranksRoom)
      this.#ranksRoom *= 2
    }
    memory.f[this.#ranks + source] = rank
  }

  rank(source: number): number {
    return this.#memory.f[this.#ranks + source]!
  }

  /** Time of the earliest event, or Infinity. */
  nextTime(): number {
    if (this.#hole || this.#cancelled > 0) this.#settleRoot()
    return this.#size === 0 ? Infinity : this.#memory.f[this.#heap]!
  }

  /** Rank of the source of the earliest event; there must be one, and `nextTime` was asked. */
  nextRank(): number {
    const { f, i } = this.#memory
    return f[this.#ranks + i[f[this.#heap + 1]! * 2 + SOURCE]!]!
  }

  /** Adds an event for the time and counter in CELL_EVENT_TIME and CELL_EVENT_COUNTER; returns its alarm, which names it until it fired or was cancelled. */
  add(source: number, target: number, signal: number, datum: number): number {
    const memory = this.#memory
    if (this.#free === 0) this.#moreRecords()
    if (this.#size === this.#room) this.#moreHeap()
    const { f, i } = memory
    const event = this.#free
    this.#free = i[event * 2 + SOURCE]!
    f[event + COUNTER] = f[CELL_EVENT_COUNTER]!
    f[event + DATUM] = datum
    i[event * 2 + SOURCE] = source
    i[event * 2 + TARGET] = target
    i[event * 2 + SIGNAL] = signal
    i[event * 2 + STATE] = PENDING
    if (this.#hole) {
      this.#hole = false
      this.#sink(event)
    } else {
      this.#size += 1
      this.#rise(this.#size - 1, event)
    }
    return event
  }

  /** Removes the earliest event into the public fields; false when there is none. */
  take(): boolean {
    if (this.#hole || this.#cancelled > 0) this.#settleRoot()
    if (this.#size === 0) return false
    const { f, i } = this.#memory
    const event = f[this.#heap + 1]!
    this.target = i[event * 2 + TARGET]!
    this.signal = i[event * 2 + SIGNAL]!
    this.datum = f[event + DATUM]!
    this.#recycle(event)
    this.#hole = true
    return true
  }

  /** Cancels an event of this target that is still to come; false for any other alarm. */
  cancel(alarm: number, target: number): boolean {
    if (alarm === 0) return false
    const { i } = this.#memory
    if (i[alarm * 2 + STATE] !== PENDING || i[alarm * 2 + TARGET] !== target) return false
    i[alarm * 2 + STATE] = CANCELLED
    this.#cancelled += 1
    if (this.#cancelled > CANCELLED_MAX && this.#cancelled * 2 > this.#size) this.#sweep()
    return true
  }

  /** Removes every event of a target that is gone. */
  cancelTarget(target: number): void {
    if (this.#hole) this.#fillHole()
    const { f, i } = this.#memory
    for (let at = 0; at < this.#size; at += 1) {
      const event = f[this.#heap + at * 2 + 1]!
      if (i[event * 2 + TARGET] !== target || i[event * 2 + STATE] !== PENDING) continue
      i[event * 2 + STATE] = CANCELLED
      this.#cancelled += 1
    }
    this.#sweep()
  }

  /** Makes the root the earliest that fires: no hole, and no cancelled event. */
  #settleRoot(): void {
    if (this.#hole) this.#fillHole()
    const { f, i } = this.#memory
    while (this.#size > 0) {
      const event = f[this.#heap + 1]!
      if (i[event * 2 + STATE] === PENDING) return
      this.#recycle(event)
      this.#cancelled -= 1
      this.#fillHole()
    }
  }

  /** Closes the hole with the last of the heap. */
  #fillHole(): void {
    this.#hole = false
    this.#size -= 1
    if (this.#size === 0) return
    const { f } = this.#memory
    const last = this.#heap + this.#size * 2
    f[CELL_EVENT_TIME] = f[last]!
    this.#sink(f[last + 1]!)
  }

  #recycle(event: number): void {
    const { i } = this.#memory
    i[event * 2 + STATE] = 0
    i[event * 2 + SOURCE] = this.#free
    this.#free = event
  }

  /** Rebuilds the heap without the cancelled ones. */
  #sweep(): void {
    if (this.#hole) this.#fillHole()
    const { f, i } = this.#memory
    const count = this.#size
    this.#size = 0
    this.#cancelled = 0
    for (let at = 0; at < count; at += 1) {
      const place = this.#heap + at * 2
      const event = f[place + 1]!
      if (i[event * 2 + STATE] !== PENDING) {
        this.#recycle(event)
        continue
      }
      f[CELL_EVENT_TIME] = f[place]!
      this.#size += 1
      this.#rise(this.#size - 1, event)
    }
  }

  /** Whether event a comes before event b, both at the same time. */
  #before(a: number, b: number): boolean {
    const { f, i } = this.#memory
    const sa = i[a * 2 + SOURCE]!
    const sb = i[b * 2 + SOURCE]!
    if (sa !== sb) return f[this.#ranks + sa]! < f[this.#ranks + sb]!
    return f[a + COUNTER]! < f[b + COUNTER]!
  }

  /** Puts an event of the time in CELL_EVENT_TIME into the free place at the end, and lifts it to where it belongs. */
  #rise(from: number, event: number): void {
    const { f } = this.#memory
    const heap = this.#heap
    const time = f[CELL_EVENT_TIME]!
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 2
      const above = heap + parent * 2
      const aboveTime = f[above]!
      if (aboveTime < time || (aboveTime === time && !this.#before(event, f[above + 1]!))) break
      f[heap + at * 2] = aboveTime
      f[heap + at * 2 + 1] = f[above + 1]!
      at = parent
    }
    f[heap + at * 2] = time
    f[heap + at * 2 + 1] = event
  }

  /** Puts an event of the time in CELL_EVENT_TIME into the free root, and lowers it to where it belongs. */
  #sink(event: number): void {
    const { f } = this.#memory
    const heap = this.#heap
    const end = heap + this.#size * 2
    const time = f[CELL_EVENT_TIME]!
    let at = 0
    for (;;) {
      let least = heap + at * 8 + 2
      if (least >= end) break
      let leastTime = f[least]!
      const stop = least + 8 < end ? least + 8 : end
      for (let child = least + 2; child < stop; child += 2) {
        const childTime = f[child]!
        if (childTime < leastTime || (childTime === leastTime && this.#before(f[child + 1]!, f[least + 1]!))) {
          least = child
          leastTime = childTime
        }
      }
      if (time < leastTime || (time === leastTime && this.#before(event, f[least + 1]!))) break
      f[heap + at * 2] = leastTime
      f[heap + at * 2 + 1] = f[least + 1]!
      at = (least - heap) >> 1
    }
    f[heap + at * 2] = time
    f[heap + at * 2 + 1] = event
  }

  #moreRecords(): void {
    const block = this.#memory.reserve(RECORDS_A_BLOCK * RECORD)
    const { i } = this.#memory
    for (let n = RECORDS_A_BLOCK - 1; n >= 0; n -= 1) {
      const event = block + n * RECORD
      i[event * 2 + SOURCE] = this.#free
      this.#free = event
    }
  }

  #moreHeap(): void {
    this.#heap = this.#moved(this.#heap, this.#room * 2)
    this.#room *= 2
  }

  /** A block moved into one twice its size. */
  #moved(block: number, cells: number): number {
    const memory = this.#memory
    const bigger = memory.reserve(cells * 2)
    memory.f.copyWithin(bigger, block, block + cells)
    memory.release(block, cells)
    return bigger
  }
}
