import { CELL_SCRATCH, Memory } from '../kernel/memory.ts'

/**
 * A histogram of durations with a bounded relative error: 128 buckets an octave, found from the bits of the double.
 * Values from 1 ns to 2^53 ns; percentiles are interpolated inside a bucket (relative error at most 0.4 %).
 * Octaves get their buckets when they are first used, so an idle histogram costs next to nothing.
 */
const BUCKETS = 128
const OCTAVES = 54
const COUNT = 0
const SUM = 1
/** Records below one nanosecond: exactly nothing. */
const ZEROS = 2
/** Addresses of the octaves' buckets, as integers. */
const PAGES = 3
const CELLS = PAGES + OCTAVES / 2

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

  constructor(memory = new Memory()) {
    this.#memory = memory
    this.#at = memory.reserve(CELLS)
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
    const memory = this.#memory
    const { f, i } = memory
    const at = this.#at
    f[at + COUNT]! += 1
    f[at + SUM]! += value
    if (value < 1) {
      f[at + ZEROS]! += 1
      return
    }
    // Little-endian: the high word of the double, with its exponent, is the second integer.
    f[CELL_SCRATCH] = value
    const high = i[CELL_SCRATCH * 2 + 1]!
    const octave = Math.min((high >>> 20) - 1023, OCTAVES - 1)
    const page = i[(at + PAGES) * 2 + octave]!
    const bucket = (high >>> 13) & (BUCKETS - 1)
    if (page === 0) memory.f[this.#newPage(octave) + bucket]! += 1
    else f[page + bucket]! += 1
  }

  mean(): number {
    return this.count === 0 ? NaN : this.sum / this.count
  }

  /** The value below which this share (0–1) of the records lies; NaN when there are none. */
  percentile(share: number): number {
    const { f, i } = this.#memory
    if (this.count === 0) return NaN
    const wanted = share * this.count
    let below = this.zeros
    if (wanted <= below) return 0
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = i[(this.#at + PAGES) * 2 + octave]!
      if (page === 0) continue
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        const here = f[page + bucket]!
        if (here > 0 && below + here >= wanted) {
          const base = 2 ** octave
          const low = base * (1 + bucket / BUCKETS)
          return low + ((wanted - below) / here) * (base / BUCKETS)
        }
        below += here
      }
    }
    return NaN
  }

  /** How many records each bucket has, in the order of their values. `out` has room for HISTOGRAM_BUCKETS. */
  counts(out: Float64Array): void {
    const { f, i } = this.#memory
    out.fill(0)
    out[0] = this.zeros
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = i[(this.#at + PAGES) * 2 + octave]!
      if (page !== 0) for (let bucket = 0; bucket < BUCKETS; bucket += 1) out[1 + octave * BUCKETS + bucket] = f[page + bucket]!
    }
  }

  clear(): void {
    const { f, i } = this.#memory
    if (this.count === 0) return
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = i[(this.#at + PAGES) * 2 + octave]!
      if (page !== 0) f.fill(0, page, page + BUCKETS)
    }
    f.fill(0, this.#at, this.#at + PAGES)
  }

  #newPage(octave: number): number {
    const page = this.#memory.reserve(BUCKETS)
    this.#memory.i[(this.#at + PAGES) * 2 + octave] = page
    return page
  }
}
