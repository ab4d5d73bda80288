/**
 * A queue of handles ordered by a position each one has: new ones go to the tail, one that comes back goes to its old place.
 * Both ends are O(1); coming back costs a search from the head, where it almost always belongs.
 */
export class OrderedDeque {
  #items: Int32Array = new Int32Array(16)
  #head = 0
  #count = 0
  readonly #position: (handle: number) => number

  constructor(position: (handle: number) => number) {
    this.#position = position
  }

  get count(): number {
    return this.#count
  }

  at(n: number): number {
    return this.#items[(this.#head + n) & (this.#items.length - 1)]!
  }

  push(handle: number): void {
    if (this.#count === this.#items.length) this.#grow()
    this.#items[(this.#head + this.#count) & (this.#items.length - 1)] = handle
    this.#count += 1
  }

  shift(): number {
    const handle = this.#items[this.#head]!
    this.#head = (this.#head + 1) & (this.#items.length - 1)
    this.#count -= 1
    return handle
  }

  /** Puts a handle where its position belongs. */
  insert(handle: number): void {
    if (this.#count === this.#items.length) this.#grow()
    const position = this.#position(handle)
    const mask = this.#items.length - 1
    this.#head = (this.#head + mask) & mask
    this.#count += 1
    let n = 0
    while (n < this.#count - 1 && this.#position(this.at(n + 1)) < position) {
      this.#items[(this.#head + n) & mask] = this.at(n + 1)
      n += 1
    }
    this.#items[(this.#head + n) & mask] = handle
  }

  /** Empties it, head first. */
  drain(visit: (handle: number) => void): void {
    while (this.#count > 0) visit(this.shift())
  }

  #grow(): void {
    const bigger = new Int32Array(this.#items.length * 2)
    for (let n = 0; n < this.#count; n += 1) bigger[n] = this.at(n)
    this.#items = bigger
    this.#head = 0
  }
}
