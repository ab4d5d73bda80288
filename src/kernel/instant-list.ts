import { CELL_INSTANTS_SEQUENCE, INT_INSTANTS, INT_INSTANTS_COUNT, INT_INSTANTS_ROOM } from './event-cells.ts'
import { Memory } from './memory.ts'

/**
 * What is still to happen at this instant and was caused in it: packets on wires without latency never see the event list. In order of
 * (rank of the source, order of adding), so that the order is the one that the event list would have given. A heap of pairs of cells in the memory:
 * the key, and the value as an integer.
 */
const ROOM_FIRST = 64
/** A key is rank × SEQUENCE_LIMIT + sequence: 8 million sources, a thousand million additions before the list is empty once. */
const SEQUENCE_LIMIT = 1_073_741_824

export class InstantList {
  readonly #memory: Memory

  constructor(memory = new Memory()) {
    this.#memory = memory
    memory.i[INT_INSTANTS] = memory.reserve(ROOM_FIRST * 2)
    memory.i[INT_INSTANTS_ROOM] = ROOM_FIRST
  }

  get count(): number {
    return this.#memory.i[INT_INSTANTS_COUNT]!
  }

  add(rank: number, value: number): void {
    const memory = this.#memory
    if (memory.i[INT_INSTANTS_COUNT] === memory.i[INT_INSTANTS_ROOM]) this.more()
    const { f, i } = memory
    const key = rank * SEQUENCE_LIMIT + f[CELL_INSTANTS_SEQUENCE]!
    f[CELL_INSTANTS_SEQUENCE]! += 1
    const first = i[INT_INSTANTS]!
    let n = i[INT_INSTANTS_COUNT]!
    i[INT_INSTANTS_COUNT] = n + 1
    while (n > 0) {
      const parent = (n - 1) >> 1
      const from = first + parent * 2
      if (f[from]! < key) break
      f[first + n * 2] = f[from]!
      i[(first + n * 2) * 2 + 2] = i[from * 2 + 2]!
      n = parent
    }
    f[first + n * 2] = key
    i[(first + n * 2) * 2 + 2] = value
  }

  /** Rank of the first; there must be one. */
  firstRank(): number {
    const { f, i } = this.#memory
    return Math.floor(f[i[INT_INSTANTS]!]! / SEQUENCE_LIMIT)
  }

  /** Removes the first; there must be one. */
  take(): number {
    const { f, i } = this.#memory
    const first = i[INT_INSTANTS]!
    const value = i[first * 2 + 2]!
    const left = i[INT_INSTANTS_COUNT]! - 1
    i[INT_INSTANTS_COUNT] = left
    if (left === 0) f[CELL_INSTANTS_SEQUENCE] = 0
    else this.#sink(0, f[first + left * 2]!, i[(first + left * 2) * 2 + 2]!)
    return value
  }

  /** Takes out everything of a value. */
  remove(value: number): void {
    const { f, i } = this.#memory
    const first = i[INT_INSTANTS]!
    const { count } = this
    let kept = 0
    for (let n = 0; n < count; n += 1) {
      const at = first + n * 2
      if (i[at * 2 + 2] === value) continue
      f[first + kept * 2] = f[at]!
      i[(first + kept * 2) * 2 + 2] = i[at * 2 + 2]!
      kept += 1
    }
    i[INT_INSTANTS_COUNT] = kept
    this.#restore()
  }

  /** Sources got other ranks, in the same order among themselves. */
  rerank(rankOf: (value: number) => number): void {
    const { f, i } = this.#memory
    const first = i[INT_INSTANTS]!
    for (let n = 0; n < this.count; n += 1) f[first + n * 2] = rankOf(i[(first + n * 2) * 2 + 2]!) * SEQUENCE_LIMIT + (f[first + n * 2]! % SEQUENCE_LIMIT)
    this.#restore()
  }

  #restore(): void {
    const { f, i } = this.#memory
    const first = i[INT_INSTANTS]!
    for (let n = (this.count >> 1) - 1; n >= 0; n -= 1) this.#sink(n, f[first + n * 2]!, i[(first + n * 2) * 2 + 2]!)
  }

  #sink(from: number, key: number, value: number): void {
    const { f, i } = this.#memory
    const first = i[INT_INSTANTS]!
    const count = i[INT_INSTANTS_COUNT]!
    let n = from
    for (;;) {
      let child = n * 2 + 1
      if (child >= count) break
      if (child + 1 < count && f[first + child * 2 + 2]! < f[first + child * 2]!) child += 1
      if (key < f[first + child * 2]!) break
      f[first + n * 2] = f[first + child * 2]!
      i[(first + n * 2) * 2 + 2] = i[(first + child * 2) * 2 + 2]!
      n = child
    }
    f[first + n * 2] = key
    i[(first + n * 2) * 2 + 2] = value
  }

  /** Makes more room: it is full. */
  more(): void {
    const memory = this.#memory
    const old = memory.i[INT_INSTANTS]!
    const room = memory.i[INT_INSTANTS_ROOM]!
    const bigger = memory.reserve(room * 4)
    memory.f.copyWithin(bigger, old, old + room * 2)
    memory.release(old, room * 2)
    memory.i[INT_INSTANTS] = bigger
    memory.i[INT_INSTANTS_ROOM] = room * 2
  }
}
