import { ZIGGURAT_X } from './ziggurat.ts'

/**
 * The linear memory of a run: one buffer under two views. An address is the index of an 8-byte cell in `f`; the same cell's integers are
 * `i[2 × address]` and `i[2 × address + 1]`. Addresses stay valid for ever; the views are replaced when the memory grows, so they are read from
 * here at each use and never kept across a call that may reserve.
 */
const CELLS_FIRST = 8192
/** Small memories double; large ones grow by an eighth, so that a million messages don't reserve room for two. */
const DOUBLES_UP_TO = 2_097_152
const GROWTH_LEAST = 1_048_576

/** Cells with a fixed place. */
/** A double on its way from one function to another, such as a duration: as an argument or a result it may have to be boxed. */
export const CELL_SCRATCH = 0
/** Now, in whole nanoseconds. */
export const CELL_NOW = 1
/** Time and counter of the event that is about to be added: passed through memory, since a double passed to a function may have to be boxed. */
export const CELL_EVENT_TIME = 2
export const CELL_EVENT_COUNTER = 3
/** The digest: low word first. */
export const CELL_DIGEST = 4
/** The event list's own state: see event-cells.ts. */
export const CELL_EVENT_LIST = 8
/** The message table: first free record, and how many copies have not ended. Indices of integers. */
export const INT_FREE_MESSAGE = 38
export const INT_LIVE_MESSAGES = 39
/** The widths of the ziggurat's layers. */
export const CELL_ZIGGURAT = 24
const CELLS_FIXED = 288

export class Memory {
  f = new Float64Array(CELLS_FIRST)
  i = new Int32Array(this.f.buffer)
  #used = CELLS_FIXED
  /** Released blocks by their size in cells. */
  readonly #free = new Map<number, number[]>()

  constructor() {
    this.f.set(ZIGGURAT_X, CELL_ZIGGURAT)
  }

  /** Cells ever taken from the buffer, whether released since or not. */
  get used(): number {
    return this.#used
  }

  /** A block of zeros; its address. */
  reserve(cells: number): number {
    const reused = this.#free.get(cells)?.pop()
    if (reused !== undefined) return reused
    const address = this.#used
    this.#used += cells
    if (this.#used > this.f.length) this.#grow()
    return address
  }

  /** Gives a block back; who reserves one of the same size gets it, cleared. */
  release(address: number, cells: number): void {
    this.f.fill(0, address, address + cells)
    const blocks = this.#free.get(cells)
    if (blocks) blocks.push(address)
    else this.#free.set(cells, [address])
  }

  #grow(): void {
    const size = this.f.length
    const more = size < DOUBLES_UP_TO ? size : Math.max(GROWTH_LEAST, size >> 3)
    const bigger = new Float64Array(Math.max(size + more, this.#used))
    bigger.set(this.f)
    this.f = bigger
    this.i = new Int32Array(bigger.buffer)
  }
}
