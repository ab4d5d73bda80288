/**
 * Items that take turns, as ZeroMQ's sockets keep their pipes: the active ones stand in front, in the order of their turns, the resting ones behind
 * them. A new or woken item joins at the end of the round; one that rests or leaves gives its place to the last active one.
 */
export class ActiveList<T> {
  readonly #items: T[] = []
  readonly #places = new Map<T, number>()
  #active = 0
  #current = 0

  get count(): number {
    return this.#items.length
  }
  get active(): number {
    return this.#active
  }
  /** Whose turn it is; undefined when nobody is active. */
  get current(): T | undefined {
    return this.#active === 0 ? undefined : this.#items[this.#current]
  }
  items(): readonly T[] {
    return this.#items
  }
  has(item: T): boolean {
    return this.#places.has(item)
  }

  add(item: T): void {
    this.#places.set(item, this.#items.push(item) - 1)
    this.activate(item)
  }

  activate(item: T): void {
    const place = this.#places.get(item)
    if (place === undefined || place < this.#active) return
    this.#swap(place, this.#active)
    this.#active += 1
  }

  /** The next one's turn. */
  advance(): void {
    this.#current += 1
    if (this.#current >= this.#active) this.#current = 0
  }

  /** Whose turn it is rests until it is activated again; the last active one comes in its place. */
  rest(): void {
    this.#active -= 1
    this.#swap(this.#current, this.#active)
    if (this.#current === this.#active) this.#current = 0
  }

  remove(item: T): void {
    let place = this.#places.get(item)
    if (place === undefined) return
    if (place < this.#active) {
      this.#active -= 1
      this.#swap(place, this.#active)
      if (this.#current === this.#active) this.#current = 0
      place = this.#active
    }
    const last = this.#items.pop()!
    this.#places.delete(item)
    if (last === item) return
    this.#items[place] = last
    this.#places.set(last, place)
  }

  clear(): void {
    this.#items.length = 0
    this.#places.clear()
    this.#active = 0
    this.#current = 0
  }

  #swap(one: number, other: number): void {
    if (one === other) return
    const a = this.#items[one]!
    const b = this.#items[other]!
    this.#items[one] = b
    this.#items[other] = a
    this.#places.set(b, one)
    this.#places.set(a, other)
  }
}
