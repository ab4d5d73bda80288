/**
 * What is still to happen at this instant and was caused in it: packets on wires without latency never see the event list. In order of
 * (rank of the source, order of adding), so that the order is the one that the event list would have given.
 */
const FIRST = 64
/** A key is rank × SEQUENCE_LIMIT + sequence: 8 million sources, a thousand million additions before the list is empty once. */
const SEQUENCE_LIMIT = 1_073_741_824

export class InstantList {
  #keys = new Float64Array(FIRST)
  #values = new Int32Array(FIRST)
  #sequence = 0
  count = 0

  add(rank: number, value: number): void {
    if (this.count === this.#keys.length) this.#grow()
    const key = rank * SEQUENCE_LIMIT + this.#sequence
    this.#sequence += 1
    const keys = this.#keys
    let at = this.count
    this.count = at + 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (keys[parent]! < key) break
      keys[at] = keys[parent]!
      this.#values[at] = this.#values[parent]!
      at = parent
    }
    keys[at] = key
    this.#values[at] = value
  }

  /** Rank of the first; there must be one. */
  firstRank(): number {
    return Math.floor(this.#keys[0]! / SEQUENCE_LIMIT)
  }

  /** Removes the first; there must be one. */
  take(): number {
    const first = this.#values[0]!
    this.count -= 1
    if (this.count === 0) this.#sequence = 0
    else this.#sink(0, this.#keys[this.count]!, this.#values[this.count]!)
    return first
  }

  /** Takes out everything of a value. */
  remove(value: number): void {
    const count = this.count
    this.count = 0
    for (let n = 0; n < count; n += 1) if (this.#values[n] !== value) this.#keep(this.#keys[n]!, this.#values[n]!)
    this.#restore()
  }

  /** Sources got other ranks, in the same order among themselves. */
  rerank(rankOf: (value: number) => number): void {
    for (let n = 0; n < this.count; n += 1) this.#keys[n] = rankOf(this.#values[n]!) * SEQUENCE_LIMIT + (this.#keys[n]! % SEQUENCE_LIMIT)
    this.#restore()
  }

  #keep(key: number, value: number): void {
    this.#keys[this.count] = key
    this.#values[this.count] = value
    this.count += 1
  }

  #restore(): void {
    for (let at = (this.count >> 1) - 1; at >= 0; at -= 1) this.#sink(at, this.#keys[at]!, this.#values[at]!)
  }

  #sink(from: number, key: number, value: number): void {
    const keys = this.#keys
    let at = from
    for (;;) {
      let child = at * 2 + 1
      if (child >= this.count) break
      if (child + 1 < this.count && keys[child + 1]! < keys[child]!) child += 1
      if (key < keys[child]!) break
      keys[at] = keys[child]!
      this.#values[at] = this.#values[child]!
      at = child
    }
    keys[at] = key
    this.#values[at] = value
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2)
    keys.set(this.#keys)
    const values = new Int32Array(keys.length)
    values.set(this.#values)
    this.#keys = keys
    this.#values = values
  }
}
