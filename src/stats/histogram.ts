import { CELL_SCRATCH, Memory } from '../kernel/memory.ts'

/**
 * A histogram of durations with a bounded relative error: 128 buckets an octave, found from the bits of the double. Values from 1 ns to below
 * 2^54 ns. Its counts and its newest records are in one line of the processor's cache; those go to a log by the sixteen, and from there to their buckets
 * when it is full: what is recorded into thousands of histograms touches one line each, and a second one now and then. Octaves get their buckets when they are first used, so an idle histogram is that line
 * alone; a bucket is a byte, and what it can't hold goes to a carry that is used once in 256 records.
 */
const BUCKETS = 128
/** More than there can be: a power of two, so that no value whatever reaches beyond. */
const OCTAVES = 64
const COUNT = 0
const SUM = 1
/** Records below one nanosecond: exactly nothing. */
const ZEROS = 2
/** The integer that says where the addresses of the octaves' buckets are, as integers, and then those of their carries; 0 while there are none. */
const TABLE = 6
/** Integers of the newest records: two in each, octave × 128 + bucket. */
const NEWEST = 7
const NEWEST_COUNT = 16
/** The integer that says where the log is: so many times the newest records; 0 while there is none. */
const LOG = 15
const LOG_TIMES = 8
const LOG_CELLS = (LOG_TIMES * NEWEST_COUNT) / 4
/** In the place of a record that has been brought to its bucket. */
const NONE = 0xffff
const CELLS = 8
const TABLE_CELLS = OCTAVES
/** A bucket that reaches this begins again, and its carry goes up. */
const BUCKET_LIMIT = 256
/** Cells of an octave's buckets, and of their carries, which are integers. */
const PAGE_CELLS = BUCKETS / 8
const CARRY_CELLS = BUCKETS / 2
/** The high word of one nanosecond, in steps of a bucket. */
const FIRST_STEP = 1023 * BUCKETS
const STEP_SHIFT = 13
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
    const place = (f[at + COUNT]! - f[at + ZEROS]! - 1) & (NEWEST_COUNT - 1)
    // Little-endian: the high word of the double, with its exponent, is the second integer.
    const entry = ((i[CELL_SCRATCH * 2 + 1]! >> STEP_SHIFT) - FIRST_STEP) & (OCTAVES * BUCKETS - 1)
    const pair = at * 2 + NEWEST + (place >> 1)
    const shift = (place & 1) * 16
    i[pair] = (i[pair]! & ~(NONE << shift)) | (entry << shift)
    if (place === NEWEST_COUNT - 1) this.#spill()
  }

  /** The newest records go to the log. */
  #spill(): void {
    const memory = this.#memory
    const log = logOf(memory, this.#at)
    const { i } = memory
    const newest = this.#at * 2 + NEWEST
    const time = Math.floor((this.count - this.zeros - 1) / NEWEST_COUNT) & (LOG_TIMES - 1)
    i.copyWithin(log * 2 + time * (NEWEST_COUNT / 2), newest, newest + NEWEST_COUNT / 2)
    i.fill(-1, newest, newest + NEWEST_COUNT / 2)
    if (time === LOG_TIMES - 1) this.#bring(log * 2, LOG_TIMES * NEWEST_COUNT)
  }

  /** Brings all records to their buckets. */
  #settle(): void {
    this.#bring(this.#at * 2 + NEWEST, Math.min(this.count - this.zeros, NEWEST_COUNT))
    const log = this.#memory.i[this.#at * 2 + LOG]!
    if (log !== 0) this.#bring(log * 2, LOG_TIMES * NEWEST_COUNT)
  }

  /** Brings so many records, two in each integer from an index on, to their buckets. */
  #bring(first: number, count: number): void {
    const memory = this.#memory
    for (let place = 0; place < count; place += 1) {
      const pair = first + (place >> 1)
      const shift = (place & 1) * 16
      const entry = (memory.i[pair]! >>> shift) & NONE
      if (entry === NONE) continue
      memory.i[pair]! |= NONE << shift
      const octave = entry >> 7
      const bucket = entry & (BUCKETS - 1)
      const four = addPage(memory, this.#at, octave) * 2 + (bucket >> 2)
      const byte = (bucket & 3) * 8
      const bytes = memory.i[four]!
      if (((bytes >>> byte) & 255) < 255) memory.i[four] = bytes + (1 << byte)
      else {
        memory.i[four] = bytes & ~(255 << byte)
        carry(memory, this.#at, octave, bucket)
      }
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
    this.#settle()
    const { i } = this.#memory
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = this.#page(octave) * 2
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
    this.#settle()
    const { i } = this.#memory
    out.fill(0)
    out[0] = this.zeros
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = this.#page(octave) * 2
      if (page === 0) continue
      const carries = this.#carries(octave) * 2
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) out[1 + octave * BUCKETS + bucket] = inBucket(i, page, carries, bucket)
    }
  }

  clear(): void {
    if (this.count === 0) return
    const { f, i } = this.#memory
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = this.#page(octave)
      if (page !== 0) f.fill(0, page, page + PAGE_CELLS)
      const carries = this.#carries(octave)
      if (carries !== 0) f.fill(0, carries, carries + CARRY_CELLS)
    }
    f.fill(0, this.#at, this.#at + TABLE / 2)
    i.fill(-1, this.#at * 2 + NEWEST, this.#at * 2 + NEWEST + NEWEST_COUNT / 2)
    const log = i[this.#at * 2 + LOG]!
    if (log !== 0) i.fill(-1, log * 2, (log + LOG_CELLS) * 2)
  }

  /** Address of an octave's buckets, and of their carries; 0 where there are none. */
  #page(octave: number): number {
    return tableEntry(this.#memory.i, this.#at, octave)
  }
  #carries(octave: number): number {
    return tableEntry(this.#memory.i, this.#at, OCTAVES + octave)
  }
}

function tableEntry(i: Int32Array, histogram: number, entry: number): number {
  const table = i[histogram * 2 + TABLE]!
  return table === 0 ? 0 : i[table * 2 + entry]!
}

/** Address of the buckets of an octave, in the histogram at an address; they are made when there are none. */
export function addPage(memory: Memory, histogram: number, octave: number): number {
  const known = tableEntry(memory.i, histogram, octave)
  return known === 0 ? blockAt(memory, tableOf(memory, histogram) * 2 + octave, PAGE_CELLS) : known
}

/** Address of the log of the histogram at an address; it is made when there is none. */
export function logOf(memory: Memory, histogram: number): number {
  const known = memory.i[histogram * 2 + LOG]!
  if (known !== 0) return known
  const log = blockAt(memory, histogram * 2 + LOG, LOG_CELLS)
  memory.i.fill(-1, log * 2, (log + LOG_CELLS) * 2)
  return log
}

/** A bucket of the histogram at an address has reached its limit, and begins again. */
export function carry(memory: Memory, histogram: number, octave: number, bucket: number): void {
  const carries = blockAt(memory, tableOf(memory, histogram) * 2 + OCTAVES + octave, CARRY_CELLS)
  memory.i[carries * 2 + bucket]! += 1
}

function tableOf(memory: Memory, histogram: number): number {
  return blockAt(memory, histogram * 2 + TABLE, TABLE_CELLS)
}

/** The block whose address an integer holds; a new one where it holds none. */
function blockAt(memory: Memory, index: number, cells: number): number {
  const known = memory.i[index]!
  if (known !== 0) return known
  const block = memory.reserveApart(cells)
  memory.i[index] = block
  return block
}

/** Records of a bucket; `page` and `carries` are indices of the first, the latter 0 where there are none. */
function inBucket(i: Int32Array, page: number, carries: number, bucket: number): number {
  const here = (i[page + (bucket >> 2)]! >>> ((bucket & 3) * 8)) & 255
  return carries === 0 ? here : here + i[carries + bucket]! * BUCKET_LIMIT
}
