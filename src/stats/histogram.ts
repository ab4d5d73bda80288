/**
 * A histogram of durations with a bounded relative error: 128 buckets an octave, found from the bits of the double.
 * Values from 1 ns to 2^53 ns; percentiles are interpolated inside a bucket (relative error at most 0.4 %).
 * Octaves are allocated when they are first used, so an idle histogram costs nothing.
 */
const f64 = new Float64Array(1)
const u32 = new Uint32Array(f64.buffer)
const BUCKETS = 128
const OCTAVES = 54

export class Histogram {
  #octaves: (Float64Array | undefined)[] = []
  count = 0
  sum = 0
  /** Records below one nanosecond: exactly nothing. */
  zeros = 0

  record(value: number): void {
    this.count += 1
    this.sum += value
    if (value < 1) {
      this.zeros += 1
      return
    }
    f64[0] = value
    const high = u32[1]!
    const octave = Math.min((high >>> 20) - 1023, OCTAVES - 1)
    const page = (this.#octaves[octave] ??= new Float64Array(BUCKETS))
    page[(high >>> 13) & 127]! += 1
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
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const page = this.#octaves[octave]
      if (!page) continue
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        const here = page[bucket]!
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

  clear(): void {
    for (const page of this.#octaves) page?.fill(0)
    this.count = 0
    this.sum = 0
    this.zeros = 0
  }
}
