const FIRST = 16

/** A queue of handles with two ends: both are O(1), taking one out of the middle costs a walk. */
export class HandleDeque {
  #items = new Int32Array(FIRST)
  #head = 0
  #count = 0

  get count(): number {
    return this.#count
  }

  /** The nth from the head, from 0. */
  at(n: number): number {
    return this.#items[(this.#head + n) & (this.#items.length - 1)]!
  }

  pushHead(handle: number): void {
    if (this.#count === this.#items.length) this.#grow()
    this.#head = (this.#head + this.#items.length - 1) & (this.#items.length - 1)
    this.#items[this.#head] = handle
    this.#count += 1
  }

  pushTail(handle: number): void {
    if (this.#count === this.#items.length) this.#grow()
    this.#items[(this.#head + this.#count) & (this.#items.length - 1)] = handle
    this.#count += 1
  }

  takeHead(): number {
    const handle = this.#items[this.#head]!
    this.#head = (this.#head + 1) & (this.#items.length - 1)
    this.#count -= 1
    return handle
  }

  takeTail(): number {
    this.#count -= 1
    return this.#items[(this.#head + this.#count) & (this.#items.length - 1)]!
  }

  /** Takes the nth out; those behind it move up. */
  takeAt(n: number): number {
    const handle = this.at(n)
    const mask = this.#items.length - 1
    for (let place = n; place < this.#count - 1; place += 1) this.#items[(this.#head + place) & mask] = this.at(place + 1)
    this.#count -= 1
    return handle
  }

  #grow(): void {
    const bigger = new Int32Array(this.#items.length * 2)
    for (let n = 0; n < this.#count; n += 1) bigger[n] = this.at(n)
    this.#items = bigger
    this.#head = 0
  }
}
