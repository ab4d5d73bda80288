import type { Config } from '../topology/document.ts'

const POINTS = 48

/** The shape of a law's density from 0 to three times its mean, scaled to a height of 1: a sketch, not a measurement. */
export function density(law: Config): readonly number[] {
  const { values: listed } = law
  if (Array.isArray(listed) && listed.length > 0) return law['law'] === 'trace' ? course(listed.map(Number)) : tally(listed.map(Number))
  const number = (name: string): number => Number(law[name] ?? 1)
  const value = (x: number): number => {
    switch (law['law']) {
      case 'exponential':
        return Math.exp(-x)
      case 'uniform': {
        const middle = (number('min') + number('max')) / 2 || 1
        return x >= number('min') / middle && x <= number('max') / middle ? 1 : 0
      }
      case 'normal': {
        const spread = number('deviation') / (number('mean') || 1) || 0.01
        return Math.exp(-(((x - 1) / spread) ** 2) / 2)
      }
      case 'lognormal': {
        const variance = Math.log(1 + number('scv'))
        return x <= 0 ? 0 : Math.exp(-((Math.log(x) + variance / 2) ** 2) / (2 * variance)) / x
      }
      case 'erlang': {
        const k = Math.max(1, Math.floor(number('shape')))
        return x <= 0 ? (k === 1 ? 1 : 0) : Math.exp((k - 1) * Math.log(x) - k * x)
      }
      case 'hyperexponential': {
        const p = 0.5 * (1 + Math.sqrt(Math.max(0, number('scv') - 1) / (number('scv') + 1)))
        return p * 2 * p * Math.exp(-2 * p * x) + (1 - p) * 2 * (1 - p) * Math.exp(-2 * (1 - p) * x)
      }
      case 'pareto': {
        const shape = number('shape')
        const least = (shape - 1) / shape
        return x < least ? 0 : (least / x) ** (shape + 1)
      }
      default:
        // A constant: all its weight at one place.
        return Math.abs(x - 1) < 3 / POINTS ? 1 : 0
    }
  }
  const values = Array.from({ length: POINTS }, (_, n) => value((n * 3) / (POINTS - 1)))
  const top = Math.max(...values) || 1
  return values.map(one => one / top)
}

/** A trace is shown as it goes on in time: its first values, from 0 to the greatest. */
function course(values: readonly number[]): readonly number[] {
  const top = Math.max(...values) || 1
  return Array.from({ length: POINTS }, (_, n) => values[Math.floor((n * Math.min(values.length, POINTS)) / POINTS)]! / top)
}

/** How many of the values lie at each place from 0 to three times their mean. */
function tally(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length || 1
  const counts = new Array<number>(POINTS).fill(0)
  for (const value of values) counts[Math.min(POINTS - 1, Math.round(((value / mean) * (POINTS - 1)) / 3))]! += 1
  const top = Math.max(...counts)
  return counts.map(count => count / top)
}
