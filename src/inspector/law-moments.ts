import type { Config } from '../topology/document.ts'

/** Mean in the law's unit, and the squared coefficient of variation: variance over the square of the mean. Infinite where a heavy tail has no variance. */
export interface Moments {
  readonly mean: number
  readonly scv: number
}

/** Exact moments of a law; null for what is none. A constant of 0 has no variation: its coefficient counts as 0. */
export function lawMoments(law: Config): Moments | null {
  const number = (name: string): number => (typeof law[name] === 'number' ? law[name] : NaN)
  const known = momentsOf(law, number)
  return known && Number.isFinite(known.mean) && !Number.isNaN(known.scv) ? known : null
}

function momentsOf(law: Config, number: (name: string) => number): Moments | null {
  const mean = number('mean')
  switch (law['law']) {
    case 'constant':
      return { mean: number('value'), scv: 0 }
    case 'exponential':
      return { mean, scv: 1 }
    case 'uniform': {
      const middle = (number('min') + number('max')) / 2
      return { mean: middle, scv: shareOf((number('max') - number('min')) ** 2 / 12, middle) }
    }
    case 'normal':
      return truncated(mean, number('deviation'))
    case 'lognormal':
    case 'hyperexponential':
      return { mean, scv: number('scv') }
    case 'erlang':
      return { mean, scv: 1 / Math.max(1, Math.floor(number('shape'))) }
    case 'pareto': {
      const shape = number('shape')
      return { mean, scv: shape <= 2 ? Infinity : 1 / (shape * (shape - 2)) }
    }
    case 'empirical':
    case 'trace': {
      const values = Array.isArray(law['values']) ? law['values'].map(Number) : []
      return values.length === 0 ? null : ofValues(values)
    }
    default:
      return null
  }
}

/** Of values that are all there are: all equally likely. */
export function ofValues(values: readonly number[]): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, scv: shareOf(variance, mean) }
}

function shareOf(variance: number, mean: number): number {
  return mean === 0 ? 0 : variance / (mean * mean)
}

/** A normal law of which what lies below zero is drawn again: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 13.10. */
function truncated(mean: number, deviation: number): Moments {
  if (deviation <= 0) return { mean: Math.max(0, mean), scv: 0 }
  const alpha = -mean / deviation
  const above = 1 - normalBelow(alpha)
  // So far below zero that the simulation gives up after a hundred draws, and takes zero.
  if (above < 1e-6) return { mean: 0, scv: 0 }
  const hazard = Math.exp((-alpha * alpha) / 2) / Math.sqrt(2 * Math.PI) / above
  const lifted = mean + deviation * hazard
  return { mean: lifted, scv: shareOf(deviation * deviation * (1 + alpha * hazard - hazard * hazard), lifted) }
}

/** Standard normal distribution function; Abramowitz and Stegun 26.2.17, off by less than 7.5e-8. */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x >= 0 ? 1 - tail : tail
}
