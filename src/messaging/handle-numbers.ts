const FIRST = 16
/** Spreads addresses, which are multiples of the size of a record, over the table. */
const SPREAD = 0x9e3779b1

/** A number for some handles: an open hash table in typed arrays, so that nothing is made per handle. */
export class HandleNumbers {
  #handles = new Int32Array(FIRST)
  #numbers = new Float64Array(FIRST)
  count = 0
  /** What `set` stores: a double that is passed to a function may have to be boxed. */
  value = 0

  set(handle: number): void {
    if (this.count * 2 >= this.#handles.length) this.#grow()
    const place = this.#place(handle)
    if (this.#handles[place] === 0) this.count += 1
    this.#handles[place] = handle
    this.#numbers[place] = this.value
  }

  /** The number of a handle, or Infinity when it has none. */
  get(handle: number): number {
    const place = this.#place(handle)
    return this.#handles[place] === 0 ? Infinity : this.#numbers[place]!
  }

  delete(handle: number): void {
    const handles = this.#handles
    const mask = handles.length - 1
    let hole = this.#place(handle)
    if (handles[hole] === 0) return
    this.count -= 1
    // Those behind that were pushed away from their place move up.
    for (let at = (hole + 1) & mask; handles[at] !== 0; at = (at + 1) & mask) {
      const home = this.#home(handles[at]!)
      if (((at - home) & mask) < ((at - hole) & mask)) continue
      handles[hole] = handles[at]!
      this.#numbers[hole] = this.#numbers[at]!
      hole = at
    }
    handles[hole] = 0
  }

  clear(): void {
    this.#handles.fill(0)
    this.count = 0
  }

  #home(handle: number): number {
    return (Math.imul(handle, SPREAD) >>> 7) & (this.#handles.length - 1)
  }

  #place(handle: number): number {
    const mask = this.#handles.length - 1
    let place = this.#home(handle)
    while (this.#handles[place] !== 0 && this.#handles[place] !== handle) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const handles = this.#handles
    const numbers = this.#numbers
    this.#handles = new Int32Array(handles.length * 2)
    this.#numbers = new Float64Array(handles.length * 2)
    for (let n = 0; n < handles.length; n += 1) {
      if (handles[n] === 0) continue
      const place = this.#place(handles[n]!)
      this.#handles[place] = handles[n]!
      this.#numbers[place] = numbers[n]!
    }
  }
}
