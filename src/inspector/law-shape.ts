import type { Config } from '../topology/document.ts'
import { lawMoments, type Moments } from './law-moments.ts'

/** Points of a density's line: enough for a spike of a Pareto law to look like one. */
const POINTS = 97
/** Values of a trace that are shown. */
const COURSE_MAX = 48

/** A law as it is drawn: a sketch of its density, or of a trace's course. */
export interface LawShape {
  /** 'density': heights over durations. 'spike': all weight at one duration. 'steps': equal weights at listed durations. 'course': durations in their order. */
  readonly form: 'density' | 'spike' | 'steps' | 'course'
  /** Heights from 0 to 1. */
  readonly heights: readonly number[]
  /** What the right end stands for: milliseconds, or for a course how many values are shown. */
  readonly end: number
  /** Where the mean stands: a share of the width, or for a course of the height. Null beyond what is shown. */
  readonly mean: number | null
}

/** The shape of a law; null where its numbers make none. */
export function lawShape(law: Config): LawShape | null {
  const moments = lawMoments(law)
  if (!moments) return null
  const { values } = law
  if (Array.isArray(values)) return law['law'] === 'trace' ? course(values.map(Number), moments) : steps(values.map(Number), moments)
  const end = endOf(law, moments)
  if (end <= 0) return { form: 'spike', heights: [1], end: 0, mean: 0 }
  const mean = moments.mean <= end ? moments.mean / end : null
  if (moments.scv === 0) return { form: 'spike', heights: [1], end, mean }
  const raw = Array.from({ length: POINTS }, (_, n) => densityAt(law, (n * end) / (POINTS - 1)))
  // A density may be infinite at a point: the rest has to keep its shape.
  const top = Math.max(...raw.filter(Number.isFinite)) || 1
  return { form: 'density', heights: raw.map(one => Math.min(1, one / top)), end, mean }
}

/** Nearly all of the weight lies before it: three deviations above the mean, but no more than four means, where heavy tails go on. */
function endOf(law: Config, { mean, scv }: Moments): number {
  if (law['law'] === 'uniform') return Number(law['max']) * 1.1
  if (scv === 0) return mean * 2
  return Math.min(mean * (1 + 3 * Math.sqrt(scv)), mean * 4)
}

/** Not normalized: only the form counts. */
function densityAt(law: Config, x: number): number {
  const number = (name: string): number => Number(law[name] ?? 1)
  const share = x / number('mean')
  switch (law['law']) {
    case 'exponential':
      return Math.exp(-share)
    case 'uniform':
      return x >= number('min') && x <= number('max') ? 1 : 0
    case 'normal':
      return Math.exp(-(((x - number('mean')) / number('deviation')) ** 2) / 2)
    case 'lognormal': {
      const variance = Math.log(1 + number('scv'))
      return share <= 0 ? 0 : Math.exp(-((Math.log(share) + variance / 2) ** 2) / (2 * variance)) / share
    }
    case 'erlang': {
      const phases = Math.max(1, Math.floor(number('shape')))
      if (share <= 0) return phases === 1 ? 1 : 0
      // Beside its greatest value, at (phases − 1) / phases: hundreds of phases would underflow else.
      const mode = (phases - 1) / phases
      return Math.exp((phases - 1) * (Math.log(share) - (mode > 0 ? Math.log(mode) : 0)) - phases * (share - mode))
    }
    case 'hyperexponential': {
      const p = 0.5 * (1 + Math.sqrt(Math.max(0, number('scv') - 1) / (number('scv') + 1)))
      return 2 * p * p * Math.exp(-2 * p * share) + 2 * (1 - p) * (1 - p) * Math.exp(-2 * (1 - p) * share)
    }
    case 'pareto': {
      const least = (number('shape') - 1) / number('shape')
      return share < least ? 0 : (least / share) ** (number('shape') + 1)
    }
    default:
      return 0
  }
}

/** A trace is shown as it goes on in time. */
function course(values: readonly number[], { mean }: Moments): LawShape {
  const shown = values.slice(0, COURSE_MAX)
  const top = Math.max(...shown) || 1
  return { form: 'course', heights: shown.map(value => value / top), end: shown.length, mean: mean <= top ? mean / top : null }
}

/** How many of the values lie at each place. */
function steps(values: readonly number[], { mean, scv }: Moments): LawShape {
  const end = Math.min(Math.max(...values), mean * (1 + 3 * Math.sqrt(scv))) * 1.05 || 1
  const counts = new Array<number>(COURSE_MAX).fill(0)
  for (const value of values) if (value <= end) counts[Math.min(COURSE_MAX - 1, Math.floor((value / end) * COURSE_MAX))]! += 1
  const top = Math.max(...counts) || 1
  return { form: 'steps', heights: counts.map(count => count / top), end, mean: mean <= end ? mean / end : null }
}
