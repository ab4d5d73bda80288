import { createRun, type Run } from '../../engine/run.ts'
import type { Interval } from '../../stats/controlled-mean.ts'
import { lawMoments } from '../../stats/law-moments.ts'
import type { Confidence } from '../../stats/student.ts'
import { warmUp } from '../../stats/warm-up.ts'
import { catalogue, models } from '../../worker/catalogue.ts'
import type { Built, Case } from './case.ts'
import { ClassWaits } from './class-waits.ts'
import { Controls } from './controls.ts'
import { littleOf, type LittleCheck } from './little.ts'
import { metricOf } from './metrics.ts'
import { build } from './models.ts'
import { BATCHES, joined, observationOf, RatioObservation, type Observation } from './observation.ts'

/** Half of the width of each 99 % interval, as a share of its mean, before a case is judged. */
export const PRECISION = 0.01
/** No run is longer than this many messages; a metric that isn't precise by then has failed: any wide interval holds the exact value. */
const MESSAGES_MAX = 400_000_000
const MESSAGES_LEAST = 64_000
/** The longest run that is begun because of a miss is this many times the run that missed. */
const SECOND_LOOK = 4
/** A batch is this many times as long as the queue remembers. */
const MEMORIES_A_BATCH = 20
/** The controls are the better the shorter a stretch is; shorter ones cost more than they bring. In messages. */
const STRETCH_LEAST = 4
const STRETCHES_A_MEMORY = 16
/** Warm-up is looked for in this many observations; more when they don't show its end. */
const PILOT = 400
const PILOT_MAX = 6400
const BASE_BATCHES_MAX = 512

export interface Measured {
  readonly metric: string
  readonly exact: number
  readonly interval: Interval
  readonly passed: boolean
  /** The interval that decided: 99 %, or 99.9 % after a run four times longer. */
  readonly confidence: Confidence
  /** Why it failed, beyond being off: too wide to tell, or a name nobody can measure. */
  readonly says?: string
}

export interface CaseResult {
  readonly id: string
  readonly waiting: string | null
  readonly measured: readonly Measured[]
  readonly little: readonly LittleCheck[]
  readonly messages: number
}

export interface MeasureOptions {
  readonly precision: number
  readonly seed: number
}

/**
 * Runs a case until every metric's half-width is within `precision` of its mean, then judges: inside the 99 % interval, or within 0.5 %. A miss runs four
 * times longer and must then hold in the 99.9 % interval, so that many metrics don't fail by chance.
 */
export function measureCase(one: Case, { precision, seed }: MeasureOptions): CaseResult {
  const kinds = catalogue()
  const built = build(one, seed, kinds)
  if (typeof built === 'string') return { id: one.id, waiting: built, measured: [], little: [], messages: 0 }
  const waits = new ClassWaits(models())
  const run = createRun({ topology: built.topology, catalogue: kinds, models: waits.models })
  if (run.problems.length > 0) throw new Error(`${one.id}: ${run.problems.map(problem => problem.says).join(' ')}`)
  waits.attach(run)
  const observations: Observation[] = []
  const unknown: Measured[] = []
  for (const [name, exact] of Object.entries(one.exact)) {
    const metric = metricOf(name, run, built, waits)
    if (metric) observations.push(observationOf(name, metric))
    else unknown.push({ metric: name, exact, interval: { mean: NaN, halfWidth: Infinity }, confidence: 0.99, passed: false, says: 'there is no way to measure it' })
  }
  const series = new Series(run, built, observations)
  series.warmUp()
  series.extendTo(series.messagesLeast)
  while (series.messages < MESSAGES_MAX && series.excess(precision) > 1) series.extendTo(Math.min(MESSAGES_MAX, series.messages * Math.min(3, Math.max(1.1, 1.05 * series.excess(precision) ** 2))))
  const judged = observations.map(observation => judge(observation, one.exact[observation.name]!, series, precision, 0.99))
  if (judged.some(metric => missed(metric))) series.extendTo(series.messages * SECOND_LOOK)
  const measured = judged.map((metric, n) => (missed(metric) ? judge(observations[n]!, metric.exact, series, precision, 0.999) : metric))
  return { id: one.id, waiting: null, measured: [...measured, ...unknown], little: littleOf(run), messages: Math.round(series.messages) }
}

/** Off, and precise enough to say so. */
function missed(metric: Measured): boolean {
  return !metric.passed && metric.says === undefined
}

function judge(observation: Observation, exact: number, series: Series, precision: number, confidence: Confidence): Measured {
  const precise = isPrecise(series.interval(observation, 0.99), precision)
  const interval = series.interval(observation, confidence)
  return { metric: observation.name, exact, interval, confidence, ...verdict(exact, interval, { precise, confidence }) }
}

/** False also for a width that isn't a number. */
function isPrecise(interval: Interval, precision: number): boolean {
  return interval.halfWidth <= precision * Math.abs(interval.mean)
}

/** Inside the interval, or at the first look within 0.5 %; an interval that isn't as narrow as was asked for proves nothing. */
export function verdict(exact: number, interval: Interval, { precise, confidence }: { readonly precise: boolean; readonly confidence: Confidence }): { readonly passed: boolean; readonly says?: string } {
  if (!precise) return { passed: false, says: 'too wide to tell' }
  const off = Math.abs(interval.mean - exact)
  return { passed: off <= interval.halfWidth || (confidence === 0.99 && off <= 0.005 * Math.abs(exact)) }
}

/** A run seen as a row of batches: what each metric and each control came to in each. */
class Series {
  messages = 0
  readonly messagesLeast: number
  readonly #run: Run
  readonly #built: Built
  readonly #observations: readonly Observation[]
  readonly #controls: Controls
  readonly #stretchNs: number
  #stretchesABatch: number
  #controlSums: Float64Array[] = []

  constructor(run: Run, built: Built, observations: readonly Observation[]) {
    this.#run = run
    this.#built = built
    this.#observations = observations
    const memory = memoryOf(built)
    const stretch = Math.min(400, Math.max(STRETCH_LEAST, Math.round(memory / STRETCHES_A_MEMORY)))
    this.#stretchNs = Math.round((stretch / built.pace) * 1e9)
    this.#controls = new Controls(run, built, { stretchSeconds: this.#stretchNs / 1e9, shares: observations.flatMap(observation => (observation.share === null ? [] : [observation.share])) })
    this.messagesLeast = Math.max(MESSAGES_LEAST, BATCHES * MEMORIES_A_BATCH * memory)
    this.#stretchesABatch = Math.max(1, Math.ceil(this.messagesLeast / (2 * BATCHES) / stretch))
  }

  /** Runs through the time that the empty beginning shows in the figures (MSER-5), and forgets it. */
  warmUp(): void {
    const seen = this.#observations.filter(observation => observation instanceof RatioObservation)
    for (const observation of seen) observation.start()
    const ended = (): boolean => seen.every(observation => warmUp(observation.values()) !== null)
    const pilotStretches = Math.max(1, Math.floor(this.#stretchesABatch / 16))
    for (let pilot = PILOT, n = 0; n === 0 || (!ended() && pilot <= PILOT_MAX); pilot *= 2) {
      for (; n < pilot; n += 1) {
        this.#advance(pilotStretches)
        for (const observation of seen) observation.take()
      }
    }
    for (const observation of this.#observations) observation.start()
    this.#controls.take()
  }

  /** Adds batches until there are this many messages. */
  extendTo(messages: number): void {
    while (this.messages < messages) {
      this.#advance(this.#stretchesABatch)
      for (const observation of this.#observations) observation.take()
      this.#controlSums.push(this.#controls.take())
      this.messages += (this.#stretchesABatch * this.#stretchNs * this.#built.pace) / 1e9
      if (this.#controlSums.length >= BASE_BATCHES_MAX) this.#halve()
    }
  }

  interval(observation: Observation, confidence: Confidence): Interval {
    const width = this.#controlSums[0]?.length ?? 0
    const controls = Array.from({ length: width }, (_, n) => joined(this.#controlSums.map(sums => sums[n]!)))
    return observation.interval(confidence, controls)
  }

  /** By how much the widest interval is wider than it may be: 1 is just precise. */
  excess(precision: number): number {
    return this.#observations.reduce((most, observation) => {
      const { mean, halfWidth } = this.interval(observation, 0.99)
      const one = halfWidth / (precision * Math.abs(mean))
      return Math.max(most, Number.isFinite(one) ? one : 2)
    }, 0)
  }

  #advance(stretches: number): void {
    const run = this.#run
    for (let n = 0; n < stretches; n += 1) {
      run.advance(run.nowNs + this.#stretchNs)
      this.#controls.step()
    }
  }

  #halve(): void {
    for (const observation of this.#observations) observation.halve()
    this.#controlSums = Array.from({ length: this.#controlSums.length >> 1 }, (_, n) => this.#controlSums[2 * n]!.map((sum, control) => sum + this.#controlSums[2 * n + 1]![control]!))
    this.#stretchesABatch *= 2
  }
}

/** How many messages the busiest queue remembers what was, roughly: the relaxation time of M/M/1, longer where times vary more (Cohen 1982). */
function memoryOf(built: Built): number {
  const rate = built.sources.reduce((sum, source) => sum + source.rate, 0)
  const batch = Math.max(1, ...built.sources.map(source => source.batch))
  return Math.max(
    20,
    ...built.stations.map(station => {
      const { mean, variance } = lawMoments(station.service)
      const load = Math.min(0.999, (rate * mean) / 1000 / station.workers.length / (1 - station.failure))
      const varies = Number.isFinite(variance) ? (1 + variance / mean ** 2) / 2 : 10
      return Math.min((load / (1 - Math.sqrt(load)) ** 2) * Math.max(1, varies) * batch, station.capacity ** 2)
    }),
  )
}
