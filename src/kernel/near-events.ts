import { INT_NEAR, INT_NEAR_CROWDED, INT_NEAR_END, INT_NEAR_ROOM } from './event-cells.ts'
import { EVENT_TARGET, type EventRecords } from './event-records.ts'
import type { Memory } from './memory.ts'

/**
 * The events that come next, sorted: pairs of cells, time and the event's address, the earliest last. So long as they are few, putting one
 * in its place by shifting is faster than any heap, and taking the earliest costs nothing.
 */
const ROOM_FIRST = 128
/** More than this is a crowd, unless a crowd came at once. */
const CROWD = 24
/** Up to this many, putting one after the other in its place is faster than sorting. */
const FEW = 64
/** Ciura's gaps; beyond, each is 2.25 times the one before. */
const GAPS = [1, 4, 10, 23, 57, 132, 301, 701]

export class NearEvents {
  readonly #memory: Memory
  readonly #records: EventRecords

  constructor(memory: Memory, records: EventRecords) {
    this.#memory = memory
    this.#records = records
    this.#place(memory.reserve(ROOM_FIRST * 2 + 2), ROOM_FIRST, 0)
  }

  get count(): number {
    const { i } = this.#memory
    return (i[INT_NEAR_END]! - i[INT_NEAR]!) >> 1
  }

  /** Makes room for this many more and then some, and says from which size on the list is crowded: well beyond what it has then. */
  expect(more: number): void {
    const memory = this.#memory
    if (memory.i[INT_NEAR_END]! + (more + CROWD) * 2 > memory.i[INT_NEAR_ROOM]!) this.grow(more + CROWD)
    const { i } = memory
    i[INT_NEAR_CROWDED] = Math.max(i[INT_NEAR]! + CROWD * 2, i[INT_NEAR_END]! + more * 2 + CROWD)
  }

  /**
   * Brings in the pairs between two addresses, but for cancelled ones; there is room. `count` is how many come in all: few are in order at once,
   * many after `sort`.
   */
  bring(from: number, to: number, count: number): void {
    const { f, i } = this.#memory
    let end = i[INT_NEAR_END]!
    for (let at = from; at < to; at += 2) {
      const event = i[at * 2 + 2]!
      if (i[event * 2 + EVENT_TARGET]! < 0) {
        this.#records.clear(event)
        continue
      }
      const time = f[at]!
      let place = end
      end += 2
      while (count <= FEW) {
        const other = f[place - 2]!
        if (other > time) break
        const otherEvent = i[place * 2 - 2]!
        if (other === time && this.#records.before(event, otherEvent)) break
        f[place] = other
        i[place * 2 + 2] = otherEvent
        place -= 2
      }
      f[place] = time
      i[place * 2 + 2] = event
    }
    i[INT_NEAR_END] = end
  }

  /** Sorts the list, into which this many were brought. */
  sort(brought: number): void {
    if (brought <= FEW) return
    const { count } = this
    const gaps = [...GAPS]
    while (gaps.at(-1)! * 2.25 < count) gaps.push(Math.floor(gaps.at(-1)! * 2.25))
    for (const gap of gaps.reverse()) this.#sortByGap(gap, count)
  }

  #sortByGap(gap: number, count: number): void {
    const { f, i } = this.#memory
    const first = i[INT_NEAR]!
    const stop = first + count * 2
    const step = gap * 2
    for (let from = first + step; from < stop; from += 2) {
      const time = f[from]!
      const event = i[from * 2 + 2]!
      let place = from
      while (place >= first + step) {
        const other = f[place - step]!
        if (other > time) break
        const otherEvent = i[(place - step) * 2 + 2]!
        if (other === time && this.#records.before(event, otherEvent)) break
        f[place] = other
        i[place * 2 + 2] = otherEvent
        place -= step
      }
      f[place] = time
      i[place * 2 + 2] = event
    }
  }

  /** Takes out the cancelled ones. */
  sweep(): void {
    const { f, i } = this.#memory
    const first = i[INT_NEAR]!
    const end = i[INT_NEAR_END]!
    let place = first
    for (let at = first; at < end; at += 2) {
      const event = i[at * 2 + 2]!
      if (this.#records.isCancelled(event)) {
        this.#records.clear(event)
        continue
      }
      f[place] = f[at]!
      i[place * 2 + 2] = event
      place += 2
    }
    i[INT_NEAR_END] = place
  }

  /** Makes room for this many more. */
  grow(more: number): void {
    const memory = this.#memory
    const old = memory.i[INT_NEAR]!
    const room = memory.i[INT_NEAR_ROOM]! - old
    const used = memory.i[INT_NEAR_END]! - old
    const pairs = Math.max(room, used / 2 + more)
    const block = memory.reserve(pairs * 2 + 2)
    memory.f.copyWithin(block + 2, old, old + used)
    memory.release(old - 2, room + 2)
    this.#place(block, pairs, used)
  }

  #place(block: number, pairs: number, used: number): void {
    const { f, i } = this.#memory
    f[block] = Infinity
    i[INT_NEAR] = block + 2
    i[INT_NEAR_END] = block + 2 + used
    i[INT_NEAR_ROOM] = block + 2 + pairs * 2
    i[INT_NEAR_CROWDED] = block + 2 + CROWD * 2
  }
}
