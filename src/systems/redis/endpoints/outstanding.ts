/** Deliveries that the application is not done with. Those without a tag are its own, whatever becomes of the connection. */
export class Outstanding {
  readonly #tags = new Set<number>()
  #own = 0

  get count(): number {
    return this.#own + this.#tags.size
  }

  begin(tag: number): void {
    if (tag === 0) this.#own += 1
    else this.#tags.add(tag)
  }

  /** False when it was forgotten in between. */
  end(tag: number): boolean {
    if (tag !== 0) return this.#tags.delete(tag)
    if (this.#own === 0) return false
    this.#own -= 1
    return true
  }

  /** The connection is gone: applications drop what they had not begun. */
  forgetTagged(): void {
    this.#tags.clear()
  }

  clear(): void {
    this.#tags.clear()
    this.#own = 0
  }
}
