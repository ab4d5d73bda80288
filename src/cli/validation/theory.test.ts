import { describe, expect, it } from 'vitest'
import type { Law } from '../../kernel/law.ts'
import { lawMoments } from '../../stats/law-moments.ts'
import type { Case } from './case.ts'
import carried from './queueing.json'
import more from './more.json'

/** The exact values of both files of cases, computed again from the classics. Times in seconds, rates per second. */
type Exact = Readonly<Record<string, number>>

function theory({ model, params }: Case): Exact {
  const p = (name: string): number => Number(params[name])
  const list = (name: string): readonly number[] => params[name] as readonly number[]
  const batch = /^M\^\[(\d+)\]/.exec(model)
  if (batch) return batches(p('batchRate'), Number(batch[1]), p('serviceRate'))
  switch (model) {
    case 'M/M/1':
      return single(p('arrivalRate'), p('serviceRate'))
    case 'M/M/c':
      return many(p('arrivalRate'), p('serviceRate'), p('consumers'))
    case 'M/M/1/K':
      return limited(p('arrivalRate'), p('serviceRate'), p('capacity'))
    case 'M/D/1':
      return general(p('arrivalRate'), p('serviceTime'), 0)
    case 'M/G/1': {
      if (params['service'] === undefined) return general(p('arrivalRate'), p('serviceTime'), p('scv'))
      const { mean, variance } = lawMoments(params['service'] as Law)
      return general(p('arrivalRate'), mean, variance / mean ** 2)
    }
    case 'M/M/1 non-preemptive priority':
      return classes(list('arrivalRates'), p('serviceRate'))
    case 'M/M/1 with feedback':
      return feedback(p('arrivalRate'), p('serviceRate'), p('failProbability'))
    case 'tandem of M/M/1': {
      const sojourn = list('serviceRates').reduce((sum, rate) => sum + 1 / (rate - p('arrivalRate')), 0)
      return { meanSojourn: sojourn, meanInSystem: p('arrivalRate') * sojourn }
    }
    case 'M/M/1//N':
      return closed(p('requesters'), p('thinkTime'), p('serviceRate'))
    case 'fork-join':
      // Flatto and Hahn 1984, two servers.
      return { meanSojourn: (12 - p('arrivalRate') / p('serviceRate')) / 8 / (p('serviceRate') - p('arrivalRate')) }
    default:
      throw new Error(`no theory of ${model}`)
  }
}

function single(rate: number, service: number): Exact {
  const load = rate / service
  const sojourn = 1 / (service - rate)
  const percentile = (share: number): number => -Math.log(1 - share) * sojourn
  return { utilization: load, meanWait: load * sojourn, meanSojourn: sojourn, meanQueueLength: load ** 2 / (1 - load), meanInSystem: load / (1 - load), p50Sojourn: percentile(0.5), p90Sojourn: percentile(0.9), p99Sojourn: percentile(0.99) }
}

/** Erlang C. */
function many(rate: number, service: number, servers: number): Exact {
  const offered = rate / service
  const load = offered / servers
  let term = 1
  let sum = 0
  for (let n = 0; n < servers; n += 1) {
    sum += term
    term *= offered / (n + 1)
  }
  const wait = term / (1 - load) / (sum + term / (1 - load))
  const meanWait = wait / (servers * service - rate)
  return { utilization: load, probWait: wait, meanWait, meanSojourn: meanWait + 1 / service, meanQueueLength: rate * meanWait }
}

function limited(rate: number, service: number, capacity: number): Exact {
  const load = rate / service
  const weights = Array.from({ length: capacity + 1 }, (_, n) => load ** n)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const blocked = weights.at(-1)! / whole
  const inSystem = weights.reduce((sum, weight, n) => sum + n * weight, 0) / whole
  const throughput = rate * (1 - blocked)
  return { probBlocked: blocked, throughput, meanInSystem: inSystem, meanSojourn: inSystem / throughput, utilization: throughput / service }
}

/** Pollaczek and Khinchine. */
function general(rate: number, service: number, scv: number): Exact {
  const load = rate * service
  const wait = (load * service * (1 + scv)) / 2 / (1 - load)
  return { utilization: load, meanWait: wait, meanSojourn: wait + service, meanQueueLength: rate * wait }
}

/** Cobham 1954. */
function classes(rates: readonly number[], service: number): Exact {
  const left = rates.reduce((sum, rate) => sum + rate, 0) / service ** 2
  const above = (n: number): number => 1 - rates.slice(0, n).reduce((sum, rate) => sum + rate, 0) / service
  return Object.fromEntries(rates.map((_, n) => [`meanWaitClass${n}`, left / (above(n) * above(n + 1))]))
}

function feedback(rate: number, service: number, fails: number): Exact {
  const load = rate / (1 - fails) / service
  return { utilization: load, meanInSystem: load / (1 - load), meanSojourn: load / (1 - load) / rate, deliveriesPerMessage: 1 / (1 - fails) }
}

/** The machine repairman: how many are in the system has a birth and death chain. */
function closed(requesters: number, think: number, service: number): Exact {
  const weights = [1]
  for (let n = 1; n <= requesters; n += 1) weights.push((weights[n - 1]! * (requesters - n + 1)) / think / service)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const inSystem = weights.reduce((sum, weight, n) => sum + n * weight, 0) / whole
  const throughput = service * (1 - 1 / whole)
  return { throughput, meanSojourn: inSystem / throughput, meanInSystem: inSystem, utilization: throughput / service }
}

function batches(rate: number, size: number, service: number): Exact {
  const load = (rate * size) / service
  const inSystem = (load * (size + 1)) / 2 / (1 - load)
  return { utilization: load, meanInSystem: inSystem, meanSojourn: inSystem / rate / size }
}

describe('the exact values of the cases', () => {
  it.each([...carried, ...more] as unknown as readonly Case[])('$id are those of theory', one => {
    const values = theory(one)
    for (const [metric, exact] of Object.entries(one.exact)) expect(exact / values[metric]!, metric).toBeCloseTo(1, 9)
  })
})
