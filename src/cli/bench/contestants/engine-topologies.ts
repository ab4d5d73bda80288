import type { Channel, Config, Topology, TopologyNode } from '../../../topology/document.ts'
import { ARRIVAL_RATE, CONSUMERS, FAILURE_RATE, HOP, KEYS, PREFETCH, PRODUCER_RATE, PRODUCERS, STATIONS, SUBSCRIBERS, SUBSCRIBER_QUEUE_MAX, UNIT_MS } from '../workload.ts'

/** The workloads as documents, as people draw them. */
const at = { x: 0, y: 0 }
const constant = (value: number): Config => ({ law: 'constant', value })
const INSTANT: Config = { latency: constant(0) }
const SERVICE: Config = { law: 'exponential', mean: UNIT_MS }
const perSecond = (rate: number): number => (rate * 1000) / UNIT_MS

export class Document {
  readonly nodes: TopologyNode[] = []
  readonly channels: Channel[] = []

  node(type: string, id: string, config: Config = {}, within?: string): this {
    this.nodes.push({ id, type, label: id, at, config, ...(within === undefined ? {} : { within }) })
    return this
  }
  channel(type: string, from: string, to: string, config: Config): this {
    this.channels.push({ id: `${from}>${to}`, type, from, to, config })
    return this
  }
  topology(title: string, seed: number): Topology {
    return { format: 1, title, seed, nodes: this.nodes, channels: this.channels }
  }
}

const producer = (rate: number): Config => ({ rate: perSecond(rate), arrival: 'poisson', persistent: false, body: '' })

export function single(seed: number): Topology {
  return new Document()
    .node('app.producer', 'producer', producer(ARRIVAL_RATE))
    .node('amqp.broker', 'broker')
    .node('amqp.queue', 'queue', {}, 'broker')
    .node('app.consumer', 'consumer', { serviceTime: SERVICE })
    .channel('amqp.publish', 'producer', 'queue', INSTANT)
    .channel('amqp.consume', 'queue', 'consumer', { ...INSTANT, prefetch: 1 })
    .topology('M/M/1', seed)
}

export function series(seed: number): Topology {
  const document = new Document().node('app.producer', 'producer', producer(ARRIVAL_RATE)).node('amqp.broker', 'broker')
  for (let n = 0; n < STATIONS; n += 1) {
    document.node('amqp.queue', `queue-${n}`, {}, 'broker')
    document.channel('amqp.publish', n === 0 ? 'producer' : `worker-${n - 1}`, `queue-${n}`, INSTANT)
    document.node(n === STATIONS - 1 ? 'app.consumer' : 'app.service', `worker-${n}`, { serviceTime: SERVICE, ...(n === STATIONS - 1 ? {} : { body: '' }) })
    document.channel('amqp.consume', `queue-${n}`, `worker-${n}`, { ...INSTANT, prefetch: 1 })
  }
  return document.topology('ten M/M/1 in series', seed)
}

export function fanOut(seed: number): Topology {
  const document = new Document()
    .node('app.producer', 'producer', producer(ARRIVAL_RATE))
    .node('amqp.broker', 'broker')
    .node('amqp.exchange', 'exchange', { exchangeType: 'fanout' }, 'broker')
    .channel('amqp.publish', 'producer', 'exchange', INSTANT)
  for (let n = 0; n < SUBSCRIBERS; n += 1) {
    document.node('amqp.queue', `queue-${n}`, { maxLength: SUBSCRIBER_QUEUE_MAX, overflow: 'reject-publish' }, 'broker')
    document.channel('amqp.binding', 'exchange', `queue-${n}`, INSTANT)
    document.node('app.consumer', `consumer-${n}`, { serviceTime: SERVICE })
    document.channel('amqp.consume', `queue-${n}`, `consumer-${n}`, { ...INSTANT, prefetch: 1 })
  }
  return document.topology('fan-out to a hundred short queues', seed)
}

export function competing(seed: number): Topology {
  const wire: Config = { latency: constant(HOP * UNIT_MS) }
  const document = new Document().node('amqp.broker', 'broker').node('amqp.queue', 'queue', {}, 'broker')
  for (let n = 0; n < PRODUCERS; n += 1) {
    document.node('app.producer', `producer-${n}`, { ...producer(PRODUCER_RATE), key: KEYS.join('\n'), headers: { 'content-type': 'application/json', tenant: String(n) } })
    document.channel('amqp.publish', `producer-${n}`, 'queue', wire)
  }
  for (let n = 0; n < CONSUMERS; n += 1) {
    document.node('app.consumer', `consumer-${n}`, { serviceTime: SERVICE, failureRate: FAILURE_RATE, onFailure: 'requeue' })
    document.channel('amqp.consume', 'queue', `consumer-${n}`, { ...wire, prefetch: PREFETCH })
  }
  return document.topology('competing consumers', seed)
}
