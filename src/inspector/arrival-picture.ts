import { gapLaw } from '../messaging/arrival.ts'
import type { Config, ConfigValue } from '../topology/document.ts'
import { lawMoments, ofValues, type Moments } from './law-moments.ts'

const NS_A_SECOND = 1e9
const NS_A_MS = 1e6
/** Mean gaps that a picture of a steady stream shows. */
const GAPS_SHOWN = 40
/** On and off so many times. */
const CYCLES_SHOWN = 3
export const BINS = 24

/** When messages are made: the rate that was set over time, and an example of what comes of it. */
export interface ArrivalPicture {
  /** Simulated time from the left end to the right. */
  readonly spanNs: number
  /** The rate that was set, as a line: shares of the span, and messages per second. Empty where times are given, not a rate. */
  readonly line: readonly (readonly [share: number, perSecond: number])[]
  /** Messages per second in each of the equal parts of the span, in the example; NaN after the example's end. */
  readonly bars: readonly number[]
  /** Each message of the example: shares of the span. */
  readonly ticks: readonly number[]
  /** Messages per second in the long run; null where nothing goes on. */
  readonly perSecond: number | null
  /** Squared coefficient of variation of the times between (batches of) messages: of the law, or else of the times that were given. */
  readonly gapScv: number | null
}

/** What was set: how the rate goes, and over which span it is worth seeing. */
interface Course {
  readonly spanNs: number | null
  readonly line: (spanNs: number) => ArrivalPicture['line']
  readonly perSecond: number | null
  readonly gapScv: number | null
}

/** A picture of the arrivals that a config asks for; `atNs` are times of an example, which ends there when it has as many as `exampleMax`. */
export function arrivalPicture(config: Config, atNs: readonly number[], exampleMax = Infinity): ArrivalPicture | null {
  const course = courseOf(config)
  const last = atNs.at(-1) ?? 0
  const spanNs = course.spanNs ?? last * 1.05
  if (!(spanNs > 0) || !Number.isFinite(spanNs)) return null
  const ticks = atNs.filter(at => at <= spanNs)
  const counts = new Array<number>(BINS).fill(0)
  for (const at of ticks) counts[Math.min(BINS - 1, Math.floor((at / spanNs) * BINS))]! += 1
  const perBin = BINS / (spanNs / NS_A_SECOND)
  const endsAt = atNs.length >= exampleMax ? last / spanNs : Infinity
  const gaps = atNs.map((at, n) => at - (atNs[n - 1] ?? 0)).filter(gap => gap > 0)
  return {
    spanNs,
    line: course.line(spanNs),
    bars: counts.map((count, n) => ((n + 1) / BINS > endsAt ? NaN : count * perBin)),
    ticks: ticks.map(at => at / spanNs),
    perSecond: course.perSecond,
    gapScv: course.gapScv ?? (course.spanNs === null && gaps.length > 1 ? ofValues(gaps).scv : null),
  }
}

function courseOf(config: Config): Course {
  const number = (field: string): number => Number(config[field] ?? NaN)
  const batch = Math.max(1, Number(config['batchSize'] ?? 1))
  switch (config['arrival']) {
    case 'law': {
      const gap = momentsOf(config['gap'])
      return steady(gap ? (batch * 1000) / gap.mean : 0, gap?.scv ?? null, batch)
    }
    case 'on-off': {
      const on = momentsOf(config['onTime'])?.mean ?? 0
      const off = momentsOf(config['offTime'])?.mean ?? 0
      const share = on + off > 0 ? on / (on + off) : 1
      const mean = number('onRate') * share
      return { spanNs: on + off > 0 ? (on + off) * CYCLES_SHOWN * NS_A_MS : null, line: () => flat(mean), perSecond: mean, gapScv: null }
    }
    case 'ramp': {
      const [from, to, overNs] = [number('rampFrom'), number('rampTo'), number('rampTime') * NS_A_MS]
      // A fifth more than the ramp, to see that the rate stays.
      return { spanNs: overNs > 0 ? overNs * 1.2 : null, line: spanNs => (overNs > 0 ? [[0, from], [overNs / spanNs, to], [1, to]] : flat(to)), perSecond: to, gapScv: null }
    }
    case 'schedule':
    case 'trace':
    case 'think':
      return { spanNs: null, line: () => [], perSecond: null, gapScv: null }
    default:
      return steady(number('rate'), lawMoments({ ...gapLaw(String(config['arrival']), 1) })?.scv ?? null, batch)
  }
}

function steady(perSecond: number, gapScv: number | null, batch: number): Course {
  const spanNs = perSecond > 0 ? (GAPS_SHOWN * batch * NS_A_SECOND) / perSecond : null
  return { spanNs, line: () => (perSecond > 0 ? flat(perSecond) : []), perSecond, gapScv: perSecond > 0 ? gapScv : null }
}

function flat(perSecond: number): ArrivalPicture['line'] {
  return [
    [0, perSecond],
    [1, perSecond],
  ]
}

function momentsOf(law: ConfigValue | undefined): Moments | null {
  return typeof law === 'object' && law !== null && !Array.isArray(law) ? lawMoments(law as Config) : null
}
