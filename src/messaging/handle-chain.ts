/** Where a chain keeps its links: the table of the records themselves. */
export interface Links {
  next(handle: number): number
  setNext(handle: number, next: number): void
}

/** A queue of handles that are linked through their own records: nothing is allocated, a handle is in one chain at a time. */
export class HandleChain {
  count = 0
  #head = 0
  #tail = 0
  readonly #links: Links

  constructor(links: Links) {
    this.#links = links
  }

  get head(): number {
    return this.#head
  }

  push(handle: number): void {
    this.#links.setNext(handle, 0)
    if (this.count === 0) this.#head = handle
    else this.#links.setNext(this.#tail, handle)
    this.#tail = handle
    this.count += 1
  }

  /** Puts a handle in front of all others. */
  unshift(handle: number): void {
    this.#links.setNext(handle, this.#head)
    if (this.count === 0) this.#tail = handle
    this.#head = handle
    this.count += 1
  }

  /** Takes the head out; 0 when there is none. */
  shift(): number {
    const handle = this.#head
    if (this.count === 0) return 0
    this.count -= 1
    this.#head = this.count === 0 ? 0 : this.#links.next(handle)
    this.#links.setNext(handle, 0)
    return handle
  }

  /** Empties it, head first. What is pushed meanwhile stays. */
  drain(visit: (handle: number) => void): void {
    for (let n = this.count; n > 0; n -= 1) visit(this.shift())
  }

  /** How many stand before a handle; −1 when it isn't here. */
  placeOf(handle: number): number {
    let place = 0
    for (let one = this.#head, n = this.count; n > 0; n -= 1, one = this.#links.next(one)) {
      if (one === handle) return place
      place += 1
    }
    return -1
  }

  forEach(visit: (handle: number) => void): void {
    for (let handle = this.#head, n = this.count; n > 0; n -= 1, handle = this.#links.next(handle)) visit(handle)
  }
}
