import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'

/** A case of exact results: model, parameters, what theory says. Times in seconds, rates per second. */
export interface Case {
  readonly id: string
  readonly model: string
  readonly params: Readonly<Record<string, number | readonly number[]>>
  readonly exact: Readonly<Record<string, number>>
}

/** A case as an ordinary topology, and where its metrics are read. */
export interface Built {
  readonly topology: Topology
  /** Stations in order: a queue and who works on it. */
  readonly stations: readonly { readonly queue: string; readonly workers: readonly string[] }[]
  /** Rate of one message per this many seconds decides how long a stretch of observation is. */
  readonly arrivalRate: number
}

/** The model's topology, or the sentence that says what it waits for. */
export function build(one: Case, seed: number): Built | string {
  const p = (name: string): number => Number(one.params[name])
  const exponential = (rate: number): Config => ({ law: 'exponential', mean: 1000 / rate })
  // The batch size is part of the name: M^[4]/M/1.
  if (/^M\^\[\d+\]\/M\/1$/.test(one.model)) return line(one.id, seed, { rate: p('batchRate') * p('batchSize'), batchSize: p('batchSize') }, [{ law: exponential(p('serviceRate')) }])
  switch (one.model) {
    case 'M/M/1':
      return line(one.id, seed, { rate: p('arrivalRate') }, [{ law: exponential(p('serviceRate')) }])
    case 'M/M/c':
      return line(one.id, seed, { rate: p('arrivalRate') }, [{ law: exponential(p('serviceRate')), workers: p('consumers') }])
    case 'M/D/1':
      return line(one.id, seed, { rate: p('arrivalRate') }, [{ law: { law: 'constant', value: p('serviceTime') * 1000 } }])
    case 'M/G/1':
      return line(one.id, seed, { rate: p('arrivalRate') }, [{ law: { law: 'lognormal', mean: p('serviceTime') * 1000, scv: p('scv') } }])
    case 'M/M/1 with feedback':
      return line(one.id, seed, { rate: p('arrivalRate') }, [{ law: exponential(p('serviceRate')), failureRate: p('failProbability') }])
    case 'tandem of M/M/1':
      return line(one.id, seed, { rate: p('arrivalRate') }, (one.params['serviceRates'] as readonly number[]).map(rate => ({ law: exponential(rate) })))
    case 'M/M/1/K':
      return 'length limits of queues'
    case 'M/M/1 non-preemptive priority':
      return 'priority queues'
    case 'M/M/1//N':
      return 'requesters that wait for replies'
    case 'fork-join':
      return 'splitter and aggregator'
    default:
      return `a model of its kind (${one.model})`
  }
}

interface Stage {
  readonly law: Config
  readonly workers?: number
  readonly failureRate?: number
}

const INSTANT: Config = { latency: { law: 'constant', value: 0 } }

/** A producer, and stages with a queue each: services pass on, consumers end. Prefetch 1, acknowledged after the work, wires without latency. */
function line(title: string, seed: number, producer: Config, stages: readonly Stage[]): Built {
  const at = { x: 0, y: 0 }
  const nodes: TopologyNode[] = [
    { id: 'producer', type: 'app.producer', label: 'producer', at, config: { arrival: 'poisson', persistent: false, body: '', ...producer } },
    { id: 'broker', type: 'amqp.broker', label: 'broker', at, config: {} },
  ]
  const channels: Channel[] = []
  const stations = stages.map((stage, n) => {
    const queue = `queue-${n}`
    nodes.push({ id: queue, type: 'amqp.queue', label: queue, at, within: 'broker', config: {} })
    const last = n === stages.length - 1
    const workers = Array.from({ length: stage.workers ?? 1 }, (_, m) => `worker-${n}-${m}`)
    for (const worker of workers) {
      nodes.push({ id: worker, type: last ? 'app.consumer' : 'app.service', label: worker, at, config: { serviceTime: stage.law, failureRate: stage.failureRate ?? 0, ...(last ? {} : { body: '' }) } })
      channels.push({ id: `${queue}>${worker}`, type: 'amqp.consume', from: queue, to: worker, config: { ...INSTANT, prefetch: 1 } })
      if (!last) channels.push({ id: `${worker}>next`, type: 'amqp.publish', from: worker, to: `queue-${n + 1}`, config: INSTANT })
    }
    return { queue, workers }
  })
  channels.push({ id: 'producer>queue-0', type: 'amqp.publish', from: 'producer', to: 'queue-0', config: INSTANT })
  return { topology: { format: 1, title, seed, nodes, channels }, stations, arrivalRate: Number(producer['rate']) }
}
