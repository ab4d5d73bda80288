const FIRST = 16

/** A set of tags that are given in sequence and mostly taken back in order: a ring of bits from the oldest that is out to the newest. */
export class TagWindow {
  #out = new Uint8Array(FIRST)
  #oldest = 1
  #newest = 0

  /** Adds a tag: higher than every one before since the last clear. */
  add(tag: number): void {
    if (this.#newest < this.#oldest) this.#oldest = tag
    while (tag - this.#oldest >= this.#out.length) this.#grow()
    this.#newest = tag
    this.#out[tag & (this.#out.length - 1)] = 1
  }

  /** True when it was there. */
  delete(tag: number): boolean {
    if (tag < this.#oldest || tag > this.#newest) return false
    const mask = this.#out.length - 1
    if (this.#out[tag & mask] === 0) return false
    this.#out[tag & mask] = 0
    while (this.#oldest <= this.#newest && this.#out[this.#oldest & mask] === 0) this.#oldest += 1
    return true
  }

  /** Tags that are out, in order. */
  tags(): number[] {
    const found: number[] = []
    for (let tag = this.#oldest; tag <= this.#newest; tag += 1) if (this.#out[tag & (this.#out.length - 1)] === 1) found.push(tag)
    return found
  }

  clear(): void {
    this.#out.fill(0)
    this.#oldest = 1
    this.#newest = 0
  }

  #grow(): void {
    const bigger = new Uint8Array(this.#out.length * 2)
    for (let tag = this.#oldest; tag <= this.#newest; tag += 1) bigger[tag & (bigger.length - 1)] = this.#out[tag & (this.#out.length - 1)]!
    this.#out = bigger
  }
}
