import type { Catalogue } from '../../contract/manifest.ts'
import type { Law } from '../../kernel/law.ts'
import { lawMoments } from '../../stats/law-moments.ts'
import type { Channel, Config, TopologyNode } from '../../topology/document.ts'
import type { Built, Case, Source, Station } from './case.ts'

/** The case's topology, or the sentence that says what it waits for. */
export function build(one: Case, seed: number, catalogue: Catalogue): Built | string {
  const missing = needsOf(one.model).filter(need => !has(catalogue, need))
  if (missing.length > 0) return missing.map(need => (need.field === undefined ? `the kind ${need.type}` : `the field ${need.field} of ${need.type}`)).join(', ')
  const p = (name: string): number => Number(one.params[name])
  const served: Stage = { law: serviceOf(one) }
  const poisson: Arrival = { rate: p('arrivalRate') }
  // The batch size is part of the name: M^[4]/M/1.
  if (BATCHES.test(one.model)) return line(one.id, seed, [{ rate: p('batchRate') * p('batchSize'), batch: p('batchSize') }], [served])
  switch (one.model) {
    case 'M/M/1':
    case 'M/D/1':
    case 'M/G/1':
      return line(one.id, seed, [poisson], [served])
    case 'M/M/c':
      return line(one.id, seed, [poisson], [{ ...served, workers: p('consumers') }])
    case 'M/M/1/K':
      // One more is in work: RabbitMQ's limit counts what is ready.
      return line(one.id, seed, [poisson], [{ ...served, capacity: p('capacity'), queue: { maxLength: p('capacity') - 1, overflow: 'reject-publish' } }])
    case 'M/M/1 non-preemptive priority': {
      const rates = one.params['arrivalRates'] as readonly number[]
      // RabbitMQ serves the highest number first; class 0 is the most urgent.
      return line(one.id, seed, rates.map((rate, n) => ({ rate, publish: { priority: rates.length - 1 - n } })), [{ ...served, queue: { maxPriority: Math.max(1, rates.length - 1) } }])
    }
    case 'M/M/1 with feedback':
      return line(one.id, seed, [poisson], [{ ...served, failure: p('failProbability') }])
    case 'tandem of M/M/1':
      return line(one.id, seed, [poisson], (one.params['serviceRates'] as readonly number[]).map(rate => ({ law: exponential(rate) })))
    case 'M/M/1//N':
      return closed(one.id, seed, { requesters: p('requesters'), think: { law: 'exponential', mean: p('thinkTime') * 1000 }, law: served.law })
    case 'fork-join':
      return forkJoin(one.id, seed, poisson, served.law)
    default:
      return `a model of its kind (${one.model})`
  }
}

const BATCHES = /^M\^\[(\d+|k)\]\/M\/1$/

/** What a model is made of beyond producers, services, consumers and plain queues. */
interface Need {
  readonly type: string
  readonly field?: string
}

function needsOf(model: string): readonly Need[] {
  switch (model) {
    case 'M/M/1/K':
      return [{ type: 'amqp.queue', field: 'maxLength' }, { type: 'amqp.queue', field: 'overflow' }]
    case 'M/M/1 non-preemptive priority':
      return [{ type: 'amqp.queue', field: 'maxPriority' }, { type: 'amqp.publish', field: 'priority' }]
    case 'M/M/1//N':
      return [{ type: 'app.requester', field: 'thinkTime' }, { type: 'app.replier', field: 'serviceTime' }]
    case 'fork-join':
      return [{ type: 'app.splitter' }, { type: 'app.aggregator' }]
    default:
      return []
  }
}

function has(catalogue: Catalogue, need: Need): boolean {
  const manifest = catalogue.node(need.type) ?? catalogue.channel(need.type)
  return manifest !== undefined && (need.field === undefined || manifest.fields.some(field => field.id === need.field))
}

/** The law of service in milliseconds. */
function serviceOf({ model, params }: Case): Law {
  const { service, serviceRate, serviceTime, scv } = params
  if (typeof service === 'object' && 'law' in service) return inMilliseconds(service)
  if (typeof serviceRate === 'number') return exponential(serviceRate)
  const mean = Number(serviceTime) * 1000
  if (model === 'M/G/1' && Number(scv) > 0) return { law: 'lognormal', mean, scv: Number(scv) }
  return { law: 'constant', value: mean }
}

function exponential(rate: number): Law {
  return { law: 'exponential', mean: 1000 / rate }
}

/** Parameters that are times; shapes and squared coefficients of variation have no unit. */
const TIMES = ['value', 'mean', 'min', 'max', 'deviation', 'values']

function inMilliseconds(law: Law): Law {
  const scaled = (value: unknown): unknown => (Array.isArray(value) ? (value as number[]).map(one => one * 1000) : Number(value) * 1000)
  return Object.fromEntries(Object.entries(law).map(([name, value]) => [name, TIMES.includes(name) ? scaled(value) : value])) as unknown as Law // the same law in another unit
}

interface Arrival {
  readonly rate: number
  readonly batch?: number
  readonly publish?: Config
}

interface Stage {
  readonly law: Law
  readonly workers?: number
  readonly failure?: number
  readonly capacity?: number
  readonly queue?: Config
}

const INSTANT: Config = { latency: { law: 'constant', value: 0 } }
const at = { x: 0, y: 0 }

function node(type: string, id: string, config: Config, within?: string): TopologyNode {
  return { id, type, label: id, at, config, ...(within === undefined ? {} : { within }) }
}

function channel(type: string, from: string, to: string, config: Config = {}): Channel {
  return { id: `${from}>${to}`, type, from, to, config: { ...INSTANT, ...config } }
}

/** Producers, and stages with a queue each: services pass on, consumers end. Prefetch 1, acknowledged after the work, wires without latency. */
function line(title: string, seed: number, arrivals: readonly Arrival[], stages: readonly Stage[]): Built {
  const nodes: TopologyNode[] = [node('amqp.broker', 'broker', {})]
  const channels: Channel[] = []
  const sources = arrivals.map(({ rate, batch = 1, publish = {} }, n): Source => {
    const id = `producer-${n}`
    nodes.push(node('app.producer', id, { arrival: 'poisson', persistent: false, body: '', rate, batchSize: batch }))
    channels.push(channel('amqp.publish', id, 'queue-0', publish))
    return { node: id, rate, batch }
  })
  const stations = stages.map(({ law, workers: count = 1, failure = 0, capacity = Infinity, queue: limits = {} }, n): Station => {
    const queue = `queue-${n}`
    const last = n === stages.length - 1
    nodes.push(node('amqp.queue', queue, limits, 'broker'))
    const workers = Array.from({ length: count }, (_, m) => `worker-${n}-${m}`)
    for (const worker of workers) {
      const config = { serviceTime: law, failureRate: failure }
      nodes.push(last ? node('app.consumer', worker, config) : node('app.service', worker, { ...config, body: '' }))
      channels.push(channel('amqp.consume', queue, worker, { prefetch: 1 }))
      if (!last) channels.push(channel('amqp.publish', worker, `queue-${n + 1}`))
    }
    return { queue, workers, service: law, failure, capacity }
  })
  return { topology: { format: 1, title, seed, nodes, channels }, stations, sources, ends: stations.at(-1)!.workers, pace: sources.reduce((sum, source) => sum + source.rate, 0) }
}

/** Requesters that think, ask, and wait for the reply; one replier. */
function closed(title: string, seed: number, { requesters, think, law }: { readonly requesters: number; readonly think: Law; readonly law: Law }): Built {
  const names = Array.from({ length: requesters }, (_, n) => `requester-${n}`)
  const nodes = [
    node('amqp.broker', 'broker', {}),
    node('amqp.queue', 'requests', {}, 'broker'),
    node('app.replier', 'replier', { serviceTime: law, body: '' }),
    // One outstanding request each; an exclusive queue for the replies to each.
    ...names.flatMap(name => [node('app.requester', name, { arrival: 'think', thinkTime: think, concurrency: 1, timeout: null, body: '' }), node('amqp.queue', `replies-${name}`, {}, 'broker')]),
  ]
  const channels = [
    channel('amqp.consume', 'requests', 'replier', { prefetch: 1 }),
    ...names.flatMap(name => [channel('amqp.publish', name, 'requests'), channel('amqp.publish', 'replier', `replies-${name}`), channel('amqp.consume', `replies-${name}`, name)]),
  ]
  const station: Station = { queue: 'requests', workers: ['replier'], service: law, failure: 0, capacity: Infinity }
  return { topology: { format: 1, title, seed, nodes, channels }, stations: [station], sources: [], ends: names, pace: 1000 / lawMoments(law).mean }
}

/** A splitter sends a part to each of two servers; an aggregator is done when both have come. */
function forkJoin(title: string, seed: number, { rate }: Arrival, law: Law): Built {
  const nodes = [
    node('amqp.broker', 'broker', {}),
    node('app.producer', 'producer-0', { arrival: 'poisson', persistent: false, body: '', rate }),
    ...['tasks', 'queue-0', 'queue-1', 'results'].map(id => node('amqp.queue', id, {}, 'broker')),
    node('app.splitter', 'splitter', {}),
    ...[0, 1].map(n => node('app.service', `worker-${n}`, { serviceTime: law, body: '' })),
    node('app.aggregator', 'aggregator', { timeout: null }),
  ]
  const channels = [
    channel('amqp.publish', 'producer-0', 'tasks'),
    channel('amqp.consume', 'tasks', 'splitter'),
    ...[0, 1].flatMap(n => [channel('amqp.publish', 'splitter', `queue-${n}`), channel('amqp.consume', `queue-${n}`, `worker-${n}`, { prefetch: 1 }), channel('amqp.publish', `worker-${n}`, 'results')]),
    channel('amqp.consume', 'results', 'aggregator'),
  ]
  const stations = [0, 1].map((n): Station => ({ queue: `queue-${n}`, workers: [`worker-${n}`], service: law, failure: 0, capacity: Infinity }))
  return { topology: { format: 1, title, seed, nodes, channels }, stations, sources: [{ node: 'producer-0', rate, batch: 1 }], ends: ['aggregator'], pace: rate }
}
