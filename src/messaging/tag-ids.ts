const FIRST = 16

/** Ids of two numbers under tags that are given in sequence and mostly taken back in order: rings from the oldest that is out. */
export class TagIds {
  #majors = new Float64Array(FIRST)
  #minors = new Float64Array(FIRST)
  #out = new Uint8Array(FIRST)
  /** Every tag below is taken back. */
  #oldest = 1
  #last = 0

  /** Gives the next tag. */
  add(major: number, minor: number): number {
    if (this.#last - this.#oldest + 1 === this.#out.length) this.#grow()
    this.#last += 1
    const place = this.#last & (this.#out.length - 1)
    this.#majors[place] = major
    this.#minors[place] = minor
    this.#out[place] = 1
    return this.#last
  }

  has(tag: number): boolean {
    return tag >= this.#oldest && tag <= this.#last && this.#out[tag & (this.#out.length - 1)] === 1
  }
  major(tag: number): number {
    return this.#majors[tag & (this.#out.length - 1)]!
  }
  minor(tag: number): number {
    return this.#minors[tag & (this.#out.length - 1)]!
  }

  delete(tag: number): void {
    this.#out[tag & (this.#out.length - 1)] = 0
    while (this.#oldest <= this.#last && this.#out[this.#oldest & (this.#out.length - 1)] === 0) this.#oldest += 1
  }

  /** Tags go on where they stood: one from before names nothing. */
  clear(): void {
    this.#out.fill(0)
    this.#oldest = this.#last + 1
  }

  #grow(): void {
    const size = this.#out.length * 2
    const majors = new Float64Array(size)
    const minors = new Float64Array(size)
    const out = new Uint8Array(size)
    for (let tag = this.#oldest; tag <= this.#last; tag += 1) {
      const from = tag & (this.#out.length - 1)
      const to = tag & (size - 1)
      majors[to] = this.#majors[from]!
      minors[to] = this.#minors[from]!
      out[to] = this.#out[from]!
    }
    this.#majors = majors
    this.#minors = minors
    this.#out = out
  }
}
