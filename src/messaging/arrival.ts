import type { Law } from '../kernel/law.ts'

/** The law of the times between arrivals, in the unit of the mean. The names are those of the applications' setting. */
export function gapLaw(arrival: string, mean: number): Law {
  switch (arrival) {
    case 'regular':
      return { law: 'constant', value: mean }
    case 'uniform':
      return { law: 'uniform', min: 0, max: 2 * mean }
    case 'steady':
      return { law: 'erlang', mean, shape: 4 }
    case 'bursts':
      return { law: 'hyperexponential', mean, scv: 8 }
    default:
      return { law: 'exponential', mean }
  }
}
