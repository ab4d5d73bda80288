import { CELL_SCRATCH, Memory } from '../kernel/memory.ts'

/**
 * A histogram of durations with a bounded relative error: 128 buckets an octave, found from the bits of the double. Values from 1 ns to below
 * 2^54 ns. Octaves get their buckets when they are first used, so an idle histogram costs next to nothing; a bucket is an integer, so that many
 * histograms fit the processor's cache.
 */
const BUCKETS = 128
/** More than there can be: a power of two, so that no value whatever reaches beyond. */
const OCTAVES = 64
const COUNT = 0
const SUM = 1
/** Records below one nanosecond: exactly nothing. */
const ZEROS = 2
/** Addresses of the octaves' buckets, as integers, and of what their buckets could not hold. */
const PAGES = 3
const CARRIES = 35
const CELLS = 67
/** A bucket that reaches this begins again, and its carry goes up. */
const BUCKET_LIMIT = 1073741824
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
    let page = i[(at + PAGES) * 2 + octave]!
    if (page === 0) page = this.newPage(octave)
    const bucket = page * 2 + ((high >> 13) & (BUCKETS - 1))
    const records = this.#memory.i[bucket]! + 1
    this.#memory.i[bucket] = records
    if (records === BUCKET_LIMIT) this.carry(octave, bucket - page * 2)
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
      const page = i[pages + octave]! * 2
      if (page === 0) continue
      const carries = i[(this.#at + CARRIES) * 2 + octave]! * 2
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        let here = i[page + bucket]!
        if (carries !== 0) here += i[carries + bucket]! * BUCKET_LIMIT
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
      const page = i[(this.#at + PAGES) * 2 + octave]! * 2
      if (page === 0) continue
      const carries = i[(this.#at + CARRIES) * 2 + octave]! * 2
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) out[1 + octave * BUCKETS + bucket] = i[page + bucket]! + (carries === 0 ? 0 : i[carries + bucket]! * BUCKET_LIMIT)
    }
  }

  clear(): void {
    const { f, i } = this.#memory
    if (this.count === 0) return
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = i[(this.#at + PAGES) * 2 + octave]!
      if (page !== 0) f.fill(0, page, page + BUCKETS / 2)
      const carries = i[(this.#at + CARRIES) * 2 + octave]!
      if (carries !== 0) f.fill(0, carries, carries + BUCKETS / 2)
    }
    f.fill(0, this.#at, this.#at + PAGES)
  }

  /** A bucket has reached its limit. */
  carry(octave: number, bucket: number): void {
    if (this.#memory.i[(this.#at + CARRIES) * 2 + octave] === 0) this.#newPage(CARRIES, octave)
    const { i } = this.#memory
    i[i[(this.#at + PAGES) * 2 + octave]! * 2 + bucket] = 0
    i[i[(this.#at + CARRIES) * 2 + octave]! * 2 + bucket]! += 1
  }

  /** Buckets of an octave that has none yet; their address. */
  newPage(octave: number): number {
    return this.#newPage(PAGES, octave)
  }

  #newPage(pages: number, octave: number): number {
    const page = this.#memory.reserve(BUCKETS / 2)
    this.#memory.i[(this.#at + pages) * 2 + octave] = page
    return page
  }
}
