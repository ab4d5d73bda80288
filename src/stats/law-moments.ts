import type { Law } from '../kernel/law.ts'

export interface Moments {
  readonly mean: number
  /** Infinity where the tail is too heavy for one. */
  readonly variance: number
}

/** Mean and variance of a law as it is drawn, in its unit: exact, for tests and for estimates that use what is known. */
export function lawMoments(law: Law): Moments {
  switch (law.law) {
    case 'constant':
      return { mean: law.value, variance: 0 }
    case 'exponential':
      return { mean: law.mean, variance: law.mean ** 2 }
    case 'uniform':
      return { mean: (law.min + law.max) / 2, variance: (law.max - law.min) ** 2 / 12 }
    case 'normal':
      return truncatedNormal(law.mean, law.deviation)
    case 'lognormal':
    case 'hyperexponential':
      return { mean: law.mean, variance: law.scv * law.mean ** 2 }
    case 'erlang':
      return { mean: law.mean, variance: law.mean ** 2 / Math.max(1, Math.floor(law.shape)) }
    case 'pareto':
      return { mean: law.mean, variance: law.shape > 2 ? law.mean ** 2 / (law.shape * (law.shape - 2)) : Infinity }
    case 'empirical':
    case 'trace':
      return momentsOf(law.values)
  }
}

function momentsOf(values: readonly number[]): Moments {
  if (values.length === 0) return { mean: 0, variance: 0 }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length }
}

/** Of a normal whose values below zero are drawn again. */
function truncatedNormal(mean: number, deviation: number): Moments {
  if (deviation === 0) return { mean, variance: 0 }
  const bound = -mean / deviation
  const density = Math.exp(-(bound ** 2) / 2) / Math.sqrt(2 * Math.PI)
  const hazard = density / normalAbove(bound)
  return { mean: mean + deviation * hazard, variance: deviation ** 2 * (1 + bound * hazard - hazard ** 2) }
}

/** Share of the standard normal above a value: Simpson's rule from there to nine deviations beyond, where 1e-18 is left. */
export function normalAbove(from: number): number {
  if (from < 0) return 1 - normalAbove(-from)
  const steps = 2000
  const width = 9 / steps
  let sum = 0
  for (let n = 0; n <= steps; n += 1) sum += (n === 0 || n === steps ? 1 : n % 2 === 1 ? 4 : 2) * Math.exp(-((from + n * width) ** 2) / 2)
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI)
}
