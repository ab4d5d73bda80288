import { CELL_SCRATCH, Memory } from '../kernel/memory.ts'

/**
 * A histogram of durations with a bounded relative error: 128 buckets an octave, found from the bits of the double. Values from 1 ns to below
 * 2^54 ns. Octaves get their buckets when they are first used, so an idle histogram costs next to nothing; a bucket is a byte, so that many
 * histograms fit the processor's cache, and what it can't hold goes to a carry that is used once in 256 records.
 */
const BUCKETS = 128
/** More than there can be: a power of two, so that no value whatever reaches beyond. */
const OCTAVES = 64
const COUNT = 0
const SUM = 1
/** Records below one nanosecond: exactly nothing. */
const ZEROS = 2
/** Addresses of the octaves' buckets, as integers. */
const PAGES = 3
/** Octaves from a millisecond to a second come first, in one line of the processor's cache with the counts: most durations are there. */
const FIRST_PAGE = 44
/** Address of the carries' own table; 0 while there are none. */
const CARRIES = 35
const CELLS = 36
/** A bucket that reaches this begins again, and its carry goes up. */
const BUCKET_LIMIT = 256
/** Cells of an octave's buckets, and of their carries, which are integers. */
const PAGE_CELLS = BUCKETS / 8
const CARRY_CELLS = BUCKETS / 2
/** Percentiles are interpolated inside the middle of a bucket: wherever in it the records are, the error is at most 0.5 %. */
const MIDDLE = 0.28

/** Buckets of `counts`: exactly nothing first. */
export const HISTOGRAM_BUCKETS = 1 + OCTAVES * BUCKETS

/** The range of values of a bucket of `counts`: its least, and how wide it is. */
export function bucketRange(bucket: number): { readonly low: number; readonly width: number } {
  if (bucket === 0) return { low: 0, width: 0 }
  const base = 2 ** Math.floor((bucket - 1) / BUCKETS)
  return { low: base * (1 + ((bucket - 1) % BUCKETS) / BUCKETS), width: base / BUCKETS }
}

export class Histogram {
  readonly #memory: Memory
  readonly #at: number

  constructor(memory = new Memory(), at = memory.reserve(CELLS)) {
    this.#memory = memory
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  get count(): number {
    return this.#memory.f[this.#at + COUNT]!
  }
  get sum(): number {
    return this.#memory.f[this.#at + SUM]!
  }
  get zeros(): number {
    return this.#memory.f[this.#at + ZEROS]!
  }

  record(value: number): void {
    this.#memory.f[CELL_SCRATCH] = value
    this.recordScratch()
  }

  /** Records the value in CELL_SCRATCH: a double that is passed to a function may have to be boxed. */
  recordScratch(): void {
    const { f, i } = this.#memory
    const at = this.#at
    const value = f[CELL_SCRATCH]!
    f[at + COUNT]! += 1
    f[at + SUM]! += value
    if (value < 1) {
      f[at + ZEROS]! += 1
      return
    }
    // Little-endian: the high word of the double, with its exponent, is the second integer.
    const high = i[CELL_SCRATCH * 2 + 1]!
    const octave = ((high >> 20) - 1023) & (OCTAVES - 1)
    let page = i[(at + PAGES) * 2 + placeOf(octave)]!
    if (page === 0) page = addPage(this.#memory, at, octave)
    const bucket = (high >> 13) & (BUCKETS - 1)
    const four = page * 2 + (bucket >> 2)
    const shift = (bucket & 3) * 8
    const bytes = this.#memory.i[four]!
    if (((bytes >>> shift) & 255) < 255) this.#memory.i[four] = bytes + (1 << shift)
    else {
      this.#memory.i[four] = bytes & ~(255 << shift)
      carry(this.#memory, at, octave, bucket)
    }
  }

  mean(): number {
    return this.count === 0 ? NaN : this.sum / this.count
  }

  /** The value below which this share (0–1) of the records lies; NaN when there are none. */
  percentile(share: number): number {
    if (this.count === 0) return NaN
    const wanted = share * this.count
    let below = this.zeros
    if (wanted <= below) return 0
    const { i } = this.#memory
    const pages = (this.#at + PAGES) * 2
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = i[pages + placeOf(octave)]! * 2
      if (page === 0) continue
      const carries = this.#carries(octave) * 2
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        const here = inBucket(i, page, carries, bucket)
        if (below + here < wanted || here === 0) {
          below += here
          continue
        }
        const inside = 0.5 + ((wanted - below) / here - 0.5) * MIDDLE
        return 2 ** octave * (1 + (bucket + inside) / BUCKETS)
      }
    }
    return NaN
  }

  /** How many records each bucket has, in the order of their values. `out` has room for HISTOGRAM_BUCKETS. */
  counts(out: Float64Array): void {
    const { i } = this.#memory
    out.fill(0)
    out[0] = this.zeros
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = i[(this.#at + PAGES) * 2 + placeOf(octave)]! * 2
      if (page === 0) continue
      const carries = this.#carries(octave) * 2
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) out[1 + octave * BUCKETS + bucket] = inBucket(i, page, carries, bucket)
    }
  }

  clear(): void {
    const { f, i } = this.#memory
    if (this.count === 0) return
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = i[(this.#at + PAGES) * 2 + placeOf(octave)]!
      if (page !== 0) f.fill(0, page, page + PAGE_CELLS)
      const carries = this.#carries(octave)
      if (carries !== 0) f.fill(0, carries, carries + CARRY_CELLS)
    }
    f.fill(0, this.#at, this.#at + PAGES)
  }

  /** Address of an octave's carries; 0 where there are none. */
  #carries(octave: number): number {
    const { i } = this.#memory
    const table = i[(this.#at + CARRIES) * 2]!
    return table === 0 ? 0 : i[table * 2 + placeOf(octave)]!
  }
}

/** Buckets of an octave that has none yet, in the histogram at an address; their address. */
export function addPage(memory: Memory, histogram: number, octave: number): number {
  const page = memory.reserve(PAGE_CELLS)
  memory.i[(histogram + PAGES) * 2 + placeOf(octave)] = page
  return page
}

/** A bucket of the histogram at an address has reached its limit, and begins again. */
export function carry(memory: Memory, histogram: number, octave: number, bucket: number): void {
  const table = blockAt(memory, (histogram + CARRIES) * 2, OCTAVES / 2)
  const carries = blockAt(memory, table * 2 + placeOf(octave), CARRY_CELLS)
  memory.i[carries * 2 + bucket]! += 1
}

/** The block whose address an integer holds; a new one where it holds none. */
function blockAt(memory: Memory, index: number, cells: number): number {
  const known = memory.i[index]!
  if (known !== 0) return known
  const block = memory.reserve(cells)
  memory.i[index] = block
  return block
}

/** Records of a bucket; `page` and `carries` are indices of the first, the latter 0 where there are none. */
function inBucket(i: Int32Array, page: number, carries: number, bucket: number): number {
  const here = (i[page + (bucket >> 2)]! >>> ((bucket & 3) * 8)) & 255
  return carries === 0 ? here : here + i[carries + bucket]! * BUCKET_LIMIT
}

/** Where the page of an octave is among the pages. */
function placeOf(octave: number): number {
  return (octave + FIRST_PAGE) & (OCTAVES - 1)
}
