import type { Links } from './handle-chain.ts'

/**
 * A queue of handles ordered by a position each one has, linked through their own records: new ones go to the tail, one that comes back goes to its
 * old place. Both ends cost a step; coming back costs a search from the head, where it almost always belongs.
 */
export class OrderedChain {
  count = 0
  head = 0
  tail = 0
  readonly #links: Links
  readonly #position: (handle: number) => number

  constructor(links: Links, position: (handle: number) => number) {
    this.#links = links
    this.#position = position
  }

  push(handle: number): void {
    this.#links.setNext(handle, 0)
    if (this.count === 0) this.head = handle
    else this.#links.setNext(this.tail, handle)
    this.tail = handle
    this.count += 1
  }

  /** Takes the head out; there must be one. */
  shift(): number {
    const handle = this.head
    this.count -= 1
    this.head = this.count === 0 ? 0 : this.#links.next(handle)
    return handle
  }

  /** Puts a handle where its position belongs. */
  insert(handle: number): void {
    const position = this.#position(handle)
    let before = 0
    let after = this.count === 0 ? 0 : this.head
    while (after !== 0 && this.#position(after) < position) {
      before = after
      after = after === this.tail ? 0 : this.#links.next(after)
    }
    if (after === 0) return this.push(handle)
    this.#links.setNext(handle, after)
    if (before === 0) this.head = handle
    else this.#links.setNext(before, handle)
    this.count += 1
  }

  /** At most `limit` handles from one place on. */
  page(out: number[], from: number, limit: number): void {
    let handle = this.head
    for (let n = 0; n < Math.min(this.count, from + limit); n += 1, handle = this.#links.next(handle)) if (n >= from) out.push(handle)
  }
}
