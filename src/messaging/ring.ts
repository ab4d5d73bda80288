/** A queue of objects in a circular array: both ends in constant time, nothing is made per member. */
export class Ring<T extends object> {
  #items: (T | null)[] = [null, null, null, null]
  #head = 0
  count = 0

  push(item: T): void {
    if (this.count === this.#items.length) this.#grow()
    this.#items[(this.#head + this.count) & (this.#items.length - 1)] = item
    this.count += 1
  }

  /** The first, or null when there is none. */
  first(): T | null {
    return this.count === 0 ? null : this.#items[this.#head]!
  }

  shift(): T {
    const item = this.#items[this.#head]!
    this.#items[this.#head] = null
    this.#head = (this.#head + 1) & (this.#items.length - 1)
    this.count -= 1
    return item
  }

  at(n: number): T {
    return this.#items[(this.#head + n) & (this.#items.length - 1)]!
  }

  /** Takes one out, wherever it stands; false when it isn't there. */
  remove(item: T): boolean {
    let found = false
    for (let n = this.count; n > 0; n -= 1) {
      const one = this.shift()
      if (one === item) found = true
      else this.push(one)
    }
    return found
  }

  #grow(): void {
    const bigger = new Array<T | null>(this.#items.length * 2).fill(null)
    for (let n = 0; n < this.count; n += 1) bigger[n] = this.at(n)
    this.#items = bigger
    this.#head = 0
  }
}
