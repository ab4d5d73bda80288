import type { Channel, Config, Topology, TopologyNode } from '../src/topology/document.ts'

const constant = (value: number): Config => ({ law: 'constant', value })
const node = (id: string, type: string, x: number, y: number, config: Config = {}, more: Partial<TopologyNode> = {}): TopologyNode => ({ id, type, label: id, at: { x, y }, config, ...more })
const channel = (type: string, from: string, to: string, config: Config = {}): Channel => ({ id: `${from}>${to}`, type, from, to, config })
const producer = (id: string, y: number, config: Config): TopologyNode => node(id, 'app.producer', 0, y, { arrival: 'regular', ...config })
const consumer = (id: string, y: number, ms: number): TopologyNode => node(id, 'app.consumer', 760, y, { serviceTime: constant(ms) })

/** One log of each product that has them, each with a reader that keeps up and one that doesn't. */
export const logs: Topology = {
  format: 1,
  title: 'Logs',
  seed: 7,
  viewport: { x: 40, y: 40, zoom: 1 },
  nodes: [
    producer('orders', 60, { rate: 10, key: 'orders.new' }),
    node('redis', 'redis.server', 380, 0, {}, { size: { width: 280, height: 190 } }),
    node('stream', 'redis.stream', 30, 65, {}, { within: 'redis' }),
    consumer('biller', 0, 20),
    consumer('auditor', 90, 400),
    consumer('tail', 180, 20),
    producer('readings', 310, { rate: 8, key: 'sensor', messageType: 'document' }),
    node('rabbit', 'amqp.broker', 380, 240, {}, { size: { width: 280, height: 190 } }),
    node('log', 'amqp.queue', 30, 65, { queueType: 'stream' }, { within: 'rabbit' }),
    consumer('dashboard', 270, 10),
    consumer('archive', 360, 500),
    producer('writer', 550, { rate: 4, key: 'row', messageType: 'command' }),
    node('database', 'store.database', 380, 480, {}, { size: { width: 280, height: 190 } }),
    node('outbox', 'store.events', 30, 65, {}, { within: 'database' }),
    consumer('relay', 550, 10),
  ],
  channels: [
    channel('redis.add', 'orders', 'stream'),
    channel('redis.read', 'stream', 'biller', { group: 'billing', start: '0', latency: constant(5) }),
    channel('redis.read', 'stream', 'auditor', { group: 'audit', start: '0', latency: constant(5) }),
    channel('redis.read', 'stream', 'tail', { command: 'XREAD', start: '0', latency: constant(60) }),
    channel('amqp.publish', 'readings', 'log'),
    channel('amqp.consume', 'log', 'dashboard', { prefetch: 10, streamOffset: 'first' }),
    channel('amqp.consume', 'log', 'archive', { prefetch: 2, streamOffset: 'first' }),
    channel('store.insert', 'writer', 'outbox'),
    channel('store.poll', 'outbox', 'relay', { interval: 2000 }),
  ],
}
