import { controlledMean, ratioValues, type Interval } from '../../stats/controlled-mean.ts'
import type { Confidence } from '../../stats/student.ts'
import type { Metric, Percentile, Ratio } from './metrics.ts'
import { quantileOf, Records } from './records.ts'

/** Batches that intervals are made of: enough to fit the controls, few enough to be long against how long a queue remembers. */
export const BATCHES = 64

/** One metric, batch by batch. */
export interface Observation {
  readonly name: string
  /** Of a percentile, from 0 to 1. */
  readonly share: number | null
  /** Starts anew here. */
  start(): void
  /** Ends a batch here. */
  take(): void
  /** Joins neighbouring batches. */
  halve(): void
  interval(confidence: Confidence, controls: readonly (readonly number[])[]): Interval
}

export function observationOf(name: string, metric: Metric): Observation {
  return metric.kind === 'ratio' ? new RatioObservation(name, metric) : new PercentileObservation(name, metric)
}

export class RatioObservation implements Observation {
  readonly name: string
  readonly share = null
  readonly #metric: Ratio
  #numerators: number[] = []
  #denominators: number[] = []
  #lastNumerator = 0
  #lastDenominator = 0

  constructor(name: string, metric: Ratio) {
    this.name = name
    this.#metric = metric
  }

  start(): void {
    this.#numerators = []
    this.#denominators = []
    this.#lastNumerator = this.#metric.numerator()
    this.#lastDenominator = this.#metric.denominator()
  }

  take(): void {
    const numerator = this.#metric.numerator()
    const denominator = this.#metric.denominator()
    this.#numerators.push(numerator - this.#lastNumerator)
    this.#denominators.push(denominator - this.#lastDenominator)
    this.#lastNumerator = numerator
    this.#lastDenominator = denominator
  }

  halve(): void {
    this.#numerators = pairs(this.#numerators)
    this.#denominators = pairs(this.#denominators)
  }

  /** Batch by batch, for finding the warm-up; 0 where nothing happened. */
  values(): readonly number[] {
    return this.#numerators.map((numerator, n) => (this.#denominators[n]! > 0 ? numerator / this.#denominators[n]! : 0))
  }

  interval(confidence: Confidence, controls: readonly (readonly number[])[]): Interval {
    return controlledMean(ratioValues(joined(this.#numerators), joined(this.#denominators)), controls, confidence)
  }
}

/**
 * A percentile is that of all batches together; each batch's share of records below it, over the density there, is how far that batch would
 * have it elsewhere (the linear part of a quantile, Bahadur 1966).
 */
class PercentileObservation implements Observation {
  readonly name: string
  readonly share: number
  readonly #records: Records

  constructor(name: string, { share, histograms }: Percentile) {
    this.name = name
    this.share = share
    this.#records = new Records(histograms)
  }

  start(): void {
    this.#records.start()
  }
  take(): void {
    this.#records.take()
  }
  halve(): void {
    this.#records.halve()
  }

  interval(confidence: Confidence, controls: readonly (readonly number[])[]): Interval {
    const { share } = this
    const counts = this.#records.counts()
    const all = this.#records.together(counts.length % BATCHES)
    const quantile = quantileOf(all, share)
    const around = Math.min(share, 1 - share) / 4
    const density = (2 * around) / (quantileOf(all, share + around) - quantileOf(all, share - around))
    const sizes = joined(counts)
    const middle = sizes.reduce((sum, count) => sum + count, 0) / sizes.length
    const values = joined(this.#records.countsBelow(quantile)).map((count, n) => quantile + (share * sizes[n]! - count) / (density * middle))
    const { mean, halfWidth } = controlledMean(values, controls, confidence)
    return { mean: mean / 1e9, halfWidth: halfWidth / 1e9 }
  }
}

/** BATCHES sums of equally many neighbours; what doesn't divide is left out at the beginning. */
export function joined(values: readonly number[]): readonly number[] {
  const size = Math.floor(values.length / BATCHES)
  const from = values.length - size * BATCHES
  return Array.from({ length: size === 0 ? 0 : BATCHES }, (_, batch) => {
    let sum = 0
    for (let n = 0; n < size; n += 1) sum += values[from + batch * size + n]!
    return sum
  })
}

export function pairs(values: readonly number[]): number[] {
  return Array.from({ length: values.length >> 1 }, (_, n) => values[2 * n]! + values[2 * n + 1]!)
}
