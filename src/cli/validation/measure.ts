import { createRun } from '../../engine/run.ts'
import { ratioInterval, warmUp, type Interval } from '../../stats/batch-means.ts'
import { catalogue, models } from '../../worker/catalogue.ts'
import { clearLate, metricOf, type Metric } from './metrics.ts'
import { build, type Case } from './models.ts'

/** Messages per stretch of observation. */
const STRETCH_MESSAGES = 400
const STRETCHES_FIRST = 320
/** No run is longer than this many stretches (160 million messages); a metric that isn't precise by then has failed: any wide interval holds the exact value. */
const STRETCHES_MAX = 400_000

export interface Measured {
  readonly metric: string
  readonly exact: number
  readonly interval: Interval
  readonly passed: boolean
  /** The interval that decided: 99 %, or 99.9 % after a run four times longer. */
  readonly confidence: 0.99 | 0.999
  /** Why it failed, beyond being off: too wide to tell, or a name nobody can measure. */
  readonly says?: string
}

export interface CaseResult {
  readonly id: string
  readonly waiting: string | null
  readonly measured: readonly Measured[]
  readonly messages: number
}

/**
 * Runs a case until every metric's half-width is within `precision` of its mean, then judges: inside the 99 % interval, or within 0.5 %. What misses runs four
 * times longer and must then hold in the 99.9 % interval, so that many metrics don't fail by chance.
 */
export function measureCase(one: Case, precision: number): CaseResult {
  const built = build(one, 1)
  if (typeof built === 'string') return { id: one.id, waiting: built, measured: [], messages: 0 }
  const run = createRun({ topology: built.topology, catalogue: catalogue(), models: models() })
  const stretchNs = Math.round((STRETCH_MESSAGES / built.arrivalRate) * 1e9)
  const observations: Observation[] = []
  const unknown: Measured[] = []
  for (const [name, exact] of Object.entries(one.exact)) {
    const metric = metricOf(name, run, built)
    if (metric) observations.push(new Observation(name, metric))
    else unknown.push({ metric: name, exact, interval: { mean: NaN, halfWidth: Infinity }, confidence: 0.99, passed: false, says: 'there is no way to measure it' })
  }
  if (observations.length === 0) return { id: one.id, waiting: null, measured: unknown, messages: 0 }
  const observe = (until: number): void => {
    for (let n = observations[0]!.count; n < until; n += 1) {
      run.advance(run.nowNs + stretchNs)
      for (const observation of observations) observation.take()
      clearLate(run, built)
    }
  }
  let stretches = STRETCHES_FIRST
  observe(stretches)
  while (stretches < STRETCHES_MAX && observations.some(observation => !isPrecise(observation.interval(0.99), precision))) {
    stretches = Math.min(STRETCHES_MAX, Math.ceil(stretches * 1.5))
    observe(stretches)
  }
  const judge = (confidence: 0.99 | 0.999): Measured[] =>
    observations.map(observation => {
      const exact = one.exact[observation.name]!
      const interval = observation.interval(confidence)
      return { metric: observation.name, exact, interval, confidence, ...verdict(exact, interval, isPrecise(observation.interval(0.99), precision)) }
    })
  let measured = judge(0.99)
  if (measured.some(metric => !metric.passed && metric.says === undefined)) {
    observe(stretches * 4)
    measured = judge(0.999)
  }
  return { id: one.id, waiting: null, measured: [...measured, ...unknown], messages: observations[0]!.count * STRETCH_MESSAGES }
}

/** False also for a width that isn't a number. */
function isPrecise(interval: Interval, precision: number): boolean {
  return interval.halfWidth <= precision * Math.abs(interval.mean)
}

/** Inside the interval, or within 0.5 %; an interval that isn't as narrow as was asked for proves nothing. */
export function verdict(exact: number, interval: Interval, precise: boolean): { readonly passed: boolean; readonly says?: string } {
  if (!precise) return { passed: false, says: 'too wide to tell' }
  const off = Math.abs(interval.mean - exact)
  return { passed: off <= interval.halfWidth || off <= 0.005 * Math.abs(exact) }
}

/** One metric, stretch by stretch. */
class Observation {
  readonly name: string
  readonly #metric: Metric
  readonly #numerators: number[] = []
  readonly #denominators: number[] = []
  #lastNumerator = 0
  #lastDenominator = 0

  constructor(name: string, metric: Metric) {
    this.name = name
    this.#metric = metric
  }

  get count(): number {
    return this.#numerators.length
  }

  take(): void {
    const metric = this.#metric
    if (metric.kind === 'percentile') {
      const count = metric.lateCount()
      this.#numerators.push(count > 0 ? metric.late() * count : 0)
      this.#denominators.push(count)
      return
    }
    const numerator = metric.numerator()
    const denominator = metric.denominator()
    this.#numerators.push(numerator - this.#lastNumerator)
    this.#denominators.push(denominator - this.#lastDenominator)
    this.#lastNumerator = numerator
    this.#lastDenominator = denominator
  }

  /** After the warm-up. A percentile's value is that of the whole run; the spread of its stretches gives the width. */
  interval(confidence: 0.99 | 0.999): Interval {
    const cut = warmUp(this.#numerators.map((value, n) => (this.#denominators[n]! > 0 ? value / this.#denominators[n]! : 0)))
    const interval = ratioInterval(this.#numerators.slice(cut), this.#denominators.slice(cut), confidence)
    return this.#metric.kind === 'percentile' ? { mean: this.#metric.whole(), halfWidth: interval.halfWidth } : interval
  }
}
