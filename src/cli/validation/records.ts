import { bucketRange, HISTOGRAM_BUCKETS, type Histogram } from '../../stats/histogram.ts'

/** What histograms recorded, batch by batch: counts by bucket, of all of them together. */
export class Records {
  readonly #histograms: readonly Histogram[]
  readonly #one = new Float64Array(HISTOGRAM_BUCKETS)
  #last = new Float64Array(HISTOGRAM_BUCKETS)
  #now = new Float64Array(HISTOGRAM_BUCKETS)
  #batches: Uint32Array[] = []

  constructor(histograms: readonly Histogram[]) {
    this.#histograms = histograms
  }

  start(): void {
    this.#batches = []
    this.#read()
  }

  take(): void {
    const batch = new Uint32Array(HISTOGRAM_BUCKETS)
    this.#read()
    const now = this.#last
    const before = this.#now
    for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket += 1) batch[bucket] = now[bucket]! - before[bucket]!
    this.#batches.push(batch)
  }

  halve(): void {
    this.#batches = Array.from({ length: this.#batches.length >> 1 }, (_, n) => {
      const sum = this.#batches[2 * n]!
      const other = this.#batches[2 * n + 1]!
      for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket += 1) sum[bucket]! += other[bucket]!
      return sum
    })
  }

  /** How many records each batch has. */
  counts(): readonly number[] {
    return this.#batches.map(batch => below(batch, HISTOGRAM_BUCKETS))
  }

  /** How many of each batch are below a value; inside its bucket they are spread evenly. */
  countsBelow(value: number): readonly number[] {
    const bucket = bucketOf(value)
    const { low, width } = bucketRange(bucket)
    const part = width === 0 ? 1 : (value - low) / width
    return this.#batches.map(batch => below(batch, bucket) + batch[bucket]! * part)
  }

  /** All batches but the first few, as one. */
  together(from: number): Float64Array {
    const all = new Float64Array(HISTOGRAM_BUCKETS)
    for (const batch of this.#batches.slice(from)) for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket += 1) all[bucket]! += batch[bucket]!
    return all
  }

  /** The totals now are the last ones; those before them are kept for the difference. */
  #read(): void {
    const total = this.#now
    total.fill(0)
    for (const histogram of this.#histograms) {
      histogram.counts(this.#one)
      for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket += 1) total[bucket]! += this.#one[bucket]!
    }
    this.#now = this.#last
    this.#last = total
  }
}

/** The value below which a share of the counts lies, interpolated inside its bucket. */
export function quantileOf(counts: Float64Array, share: number): number {
  const wanted = share * below(counts, counts.length)
  let sum = 0
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    const here = counts[bucket]!
    if (here > 0 && sum + here >= wanted) {
      const { low, width } = bucketRange(bucket)
      return low + ((wanted - sum) / here) * width
    }
    sum += here
  }
  return NaN
}

function below(counts: Float64Array | Uint32Array, end: number): number {
  let sum = 0
  for (let bucket = 0; bucket < end; bucket += 1) sum += counts[bucket]!
  return sum
}

function bucketOf(value: number): number {
  let low = 0
  let high = HISTOGRAM_BUCKETS - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (bucketRange(middle).low <= value) low = middle
    else high = middle - 1
  }
  return low
}
