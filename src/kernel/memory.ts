import { ZIGGURAT_X, ZIGGURAT_Y } from './ziggurat.ts'

/**
 * The linear memory of a run: one buffer under two views. An address is the index of an 8-byte cell in `f`; the same cell's integers are
 * `i[2 × address]` and `i[2 × address + 1]`. Addresses stay valid for ever; the views are replaced when the memory grows, so they are read from
 * here at each use and never kept across a call that may reserve.
 */
const CELLS_FIRST = 8192
const CELLS_A_LINE = 8
/** A page of a WebAssembly memory, in bytes. */
const PAGE = 65_536
const CELLS_A_PAGE = PAGE / 8
/** Small memories double; large ones grow by an eighth, so that a million messages don't reserve room for two. */
const DOUBLES_UP_TO = 2_097_152
const GROWTH_LEAST = 1_048_576
/** A stretch for what is rarely looked at. */
const CELLS_APART = 4096

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
/** Cells 5 and 6 stay 0: whoever reads the content of no message, which is message 0, finds none. */
/** The number that was given last: events of one source are numbered as they are scheduled, those of all sources by one count. */
export const CELL_NUMBERED = 7
/** The event list's own state: see event-cells.ts. */
export const CELL_EVENT_LIST = 8
/** The message table: first free record, and how many copies have not ended. Indices of integers. */
export const INT_FREE_MESSAGE = 38
export const INT_LIVE_MESSAGES = 39
/** The widths of the ziggurat's layers, and their heights. */
export const CELL_ZIGGURAT = 24
export const CELL_ZIGGURAT_HEIGHTS = 281
const CELLS_FIXED = 544

export class Memory {
  f = new Float64Array(CELLS_FIRST)
  i = new Int32Array(this.f.buffer)
  #used = CELLS_FIXED
  #apart = 0
  #apartEnd = 0
  #wasm: WebAssembly.Memory | null = null
  /** Released blocks by their size in cells. */
  readonly #free = new Map<number, number[]>()

  constructor() {
    this.f.set(ZIGGURAT_X, CELL_ZIGGURAT)
    this.f.set(ZIGGURAT_Y, CELL_ZIGGURAT_HEIGHTS)
  }

  /** Cells ever taken from the buffer, whether released since or not. */
  get used(): number {
    return this.#used
  }

  /** Goes on in a WebAssembly memory, so that code of that kind can work on it. Addresses stay; the memory grows with it from now on. */
  moveInto(wasm: WebAssembly.Memory): void {
    const cells = Math.ceil(this.f.length / CELLS_A_PAGE) * CELLS_A_PAGE
    wasm.grow(Math.max(0, cells / CELLS_A_PAGE - wasm.buffer.byteLength / PAGE))
    const { f } = this
    this.#wasm = wasm
    this.#view(wasm.buffer)
    this.f.set(f)
  }

  /** A block of zeros; its address. */
  reserve(cells: number): number {
    const reused = this.#free.get(cells)?.pop()
    if (reused !== undefined) return reused
    // Records begin with a line of the processor's cache.
    const address = cells < CELLS_A_LINE ? this.#used : Math.ceil(this.#used / CELLS_A_LINE) * CELLS_A_LINE
    this.#used = address + cells
    if (this.#used > this.f.length) this.#grow()
    return address
  }

  /**
   * As `reserve`, for what is rarely looked at: from stretches of its own, so that what is looked at all the time stays close together and its pages
   * fit the processor's tables.
   */
  reserveApart(cells: number): number {
    if (cells > CELLS_APART) return this.reserve(cells)
    if (this.#apart + cells > this.#apartEnd) {
      this.#apart = this.reserve(CELLS_APART)
      this.#apartEnd = this.#apart + CELLS_APART
    }
    const address = this.#apart
    this.#apart += Math.ceil(cells / CELLS_A_LINE) * CELLS_A_LINE
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
    const cells = Math.max(size + more, this.#used)
    if (this.#wasm !== null) {
      this.#wasm.grow(Math.ceil((cells - size) / CELLS_A_PAGE))
      this.#view(this.#wasm.buffer)
      return
    }
    const { f } = this
    this.#view(new ArrayBuffer(cells * 8))
    this.f.set(f)
  }

  #view(buffer: ArrayBuffer): void {
    this.f = new Float64Array(buffer)
    this.i = new Int32Array(buffer)
  }
}
