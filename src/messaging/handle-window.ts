const FIRST = 16

/** Handles by numbers that are given in sequence and mostly taken back in order: a ring from the oldest that is out to the newest. */
export class HandleWindow {
  #handles = new Int32Array(FIRST)
  #oldest = 1
  #newest = 0
  count = 0

  /** Adds a handle under the next number. */
  add(number: number, handle: number): void {
    if (this.#newest < this.#oldest) this.#oldest = number
    while (number - this.#oldest >= this.#handles.length) this.#grow()
    this.#newest = number
    this.#handles[number & (this.#handles.length - 1)] = handle
    this.count += 1
  }

  /** Takes out what is under a number; 0 when nothing is. */
  take(number: number): number {
    if (number < this.#oldest || number > this.#newest) return 0
    const mask = this.#handles.length - 1
    const handle = this.#handles[number & mask]!
    if (handle === 0) return 0
    this.#handles[number & mask] = 0
    this.count -= 1
    while (this.#oldest <= this.#newest && this.#handles[this.#oldest & mask] === 0) this.#oldest += 1
    return handle
  }

  /** Takes out everything, in order; numbers may begin again. */
  drain(visit: (handle: number) => void): void {
    const { count } = this
    const handles: number[] = []
    for (let number = this.#oldest; handles.length < count; number += 1) {
      const handle = this.take(number)
      if (handle !== 0) handles.push(handle)
    }
    this.#oldest = 1
    this.#newest = 0
    handles.forEach(visit)
  }

  #grow(): void {
    const bigger = new Int32Array(this.#handles.length * 2)
    for (let number = this.#oldest; number <= this.#newest; number += 1) bigger[number & (bigger.length - 1)] = this.#handles[number & (this.#handles.length - 1)]!
    this.#handles = bigger
  }
}
