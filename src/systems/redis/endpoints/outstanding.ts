/** Deliveries that the application is not done with. Those without a tag are its own, whatever becomes of the connection. */
export class Outstanding {
  /** By tag, how often: a list that is its own processing list brings the same item again. */
  readonly #tags = new Map<number, number>()
  #tagged = 0
  #own = 0

  get count(): number {
    return this.#own + this.#tagged
  }

  begin(tag: number): void {
    if (tag === 0) this.#own += 1
    else {
      this.#tags.set(tag, (this.#tags.get(tag) ?? 0) + 1)
      this.#tagged += 1
    }
  }

  /** False when it was forgotten in between. */
  end(tag: number): boolean {
    if (tag === 0) {
      if (this.#own === 0) return false
      this.#own -= 1
      return true
    }
    const times = this.#tags.get(tag)
    if (times === undefined) return false
    if (times === 1) this.#tags.delete(tag)
    else this.#tags.set(tag, times - 1)
    this.#tagged -= 1
    return true
  }

  /** The connection is gone: applications drop what they had not begun. */
  forgetTagged(): void {
    this.#tags.clear()
    this.#tagged = 0
  }

  clear(): void {
    this.forgetTagged()
    this.#own = 0
  }
}
