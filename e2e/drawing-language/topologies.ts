import type { Channel, Config, Topology, TopologyNode } from '../../src/topology/document.ts'

const constant = (value: number): Config => ({ law: 'constant', value })
const at = (x: number, y: number): { readonly x: number; readonly y: number } => ({ x, y })
const node = (id: string, type: string, place: { readonly x: number; readonly y: number }, config: Config = {}, more: Partial<TopologyNode> = {}): TopologyNode => ({ id, type, label: id, at: place, config, ...more })
const channel = (type: string, from: string, to: string, config: Config = {}): Channel => ({ id: `${from}>${to}`, type, from, to, config })
const VIEW = { x: 30, y: 30, zoom: 1 }
const document = (title: string, nodes: readonly TopologyNode[], channels: readonly Channel[]): Topology => ({ format: 1, title, seed: 11, viewport: VIEW, nodes, channels })
const producer = (id: string, y: number, config: Config): TopologyNode => node(id, 'app.producer', at(0, y), { arrival: 'regular', body: '', ...config })
const broker = (height: number): TopologyNode => node('broker', 'amqp.broker', at(380, 0), {}, { size: { width: 280, height } })
const inside = (id: string, type: string, y: number, config: Config = {}): TopologyNode => node(id, type, at(30, y), config, { within: 'broker' })

/** Each type of message on its way in; on its way out one that was given back, and one that is dead; requests and their replies. */
export const tokens: Topology = document(
  'Tokens',
  [
    producer('command', 50, { rate: 1.5, messageType: 'command', key: 'a' }),
    producer('event', 160, { rate: 1.5, messageType: 'event', key: 'billing' }),
    producer('document', 270, { rate: 1.5, messageType: 'document', key: 'mail' }),
    broker(660),
    inside('commands', 'amqp.queue', 50),
    inside('events', 'amqp.queue', 160),
    inside('documents', 'amqp.queue', 270, { deadLetterExchange: 'dlx' }),
    inside('dlx', 'amqp.exchange', 410, { exchangeType: 'topic' }),
    inside('dead', 'amqp.queue', 560),
    node('gives back', 'app.consumer', at(940, 50), { serviceTime: constant(100), failureRate: 1, onFailure: 'requeue' }),
    node('rejects', 'app.consumer', at(940, 270), { serviceTime: constant(100), failureRate: 1, onFailure: 'reject' }),
    node('mourner', 'app.consumer', at(940, 560), { serviceTime: constant(100) }),
    node('asks', 'app.requester', at(0, 700), { arrival: 'regular', rate: 1, concurrency: 8, key: 'q' }),
    node('answers', 'app.replier', at(450, 700), { serviceTime: constant(100), concurrency: 8 }),
  ],
  [
    channel('amqp.publish', 'command', 'commands', { latency: constant(1900) }),
    channel('amqp.publish', 'event', 'events', { latency: constant(1900) }),
    channel('amqp.publish', 'document', 'documents', { latency: constant(1900) }),
    channel('amqp.binding', 'dlx', 'dead', { routingKey: 'documents.#' }),
    channel('amqp.consume', 'commands', 'gives back', { latency: constant(900) }),
    channel('amqp.consume', 'documents', 'rejects', { latency: constant(900) }),
    channel('amqp.consume', 'dead', 'mourner', { latency: constant(1900) }),
    channel('http.request', 'asks', 'answers', { latency: constant(900) }),
  ],
)

/** A queue with its messages, one with more than fit, one at its limit; an exchange with its keys; a channel that will be cut, a consumer that will crash, a broker that will. */
export const states: Topology = document(
  'States',
  [
    producer('few', 50, { rate: 2, messageType: 'command', key: 'orders.new', limit: 5 }),
    producer('many', 160, { rate: 100, key: 'orders.paid', limit: 150 }),
    producer('too many', 270, { rate: 20, messageType: 'document', key: 'mail' }),
    broker(660),
    inside('holds', 'amqp.queue', 50),
    inside('dense', 'amqp.queue', 160),
    inside('limited', 'amqp.queue', 270, { maxLength: 8 }),
    inside('routes', 'amqp.exchange', 410, { exchangeType: 'topic' }),
    inside('bound', 'amqp.queue', 560),
    node('consumer', 'app.consumer', at(940, 50), { serviceTime: constant(600_000) }),
    node('crashes', 'app.consumer', at(940, 160), { serviceTime: constant(600_000) }),
    node('other broker', 'amqp.broker', at(760, 300), {}, { size: { width: 340, height: 200 } }),
    node('there', 'amqp.queue', at(30, 60), {}, { within: 'other broker' }),
  ],
  [
    channel('amqp.publish', 'few', 'holds'),
    channel('amqp.publish', 'many', 'dense'),
    channel('amqp.publish', 'too many', 'limited'),
    channel('amqp.binding', 'routes', 'bound', { routingKey: 'orders.*' }),
    channel('amqp.consume', 'holds', 'consumer', { prefetch: 1 }),
    channel('amqp.consume', 'dense', 'crashes', { prefetch: 10 }),
  ],
)

/** Sockets that bind and connect, and a log with the entries that stay in it. */
export const sockets: Topology = document(
  'Sockets',
  [
    producer('publisher', 50, { rate: 2, key: 'a' }),
    node('one', 'app.consumer', at(420, 0), { serviceTime: constant(10) }),
    node('two', 'app.consumer', at(420, 110), { serviceTime: constant(10) }),
    producer('ventilator', 240, { rate: 2, messageType: 'command', key: 'b' }),
    node('worker', 'app.consumer', at(420, 240), { serviceTime: constant(10) }),
    producer('adds', 400, { rate: 3, messageType: 'document', key: 'c', limit: 9 }),
    node('redis', 'redis.server', at(380, 350), {}, { size: { width: 280, height: 170 } }),
    node('log', 'redis.stream', at(30, 50), {}, { within: 'redis' }),
    node('reader', 'app.consumer', at(760, 400), { serviceTime: constant(2000) }),
  ],
  [
    channel('zeromq.pub-sub', 'publisher', 'one', { latency: constant(800) }),
    channel('zeromq.pub-sub', 'publisher', 'two', { latency: constant(800) }),
    channel('zeromq.push-pull', 'ventilator', 'worker', { bind: 'to', latency: constant(800) }),
    channel('redis.add', 'adds', 'log'),
    channel('redis.read', 'log', 'reader', { start: '0' }),
  ],
)

/** The same line with little traffic, more, and more than eyes can follow. */
export const traffic: Topology = document(
  'Traffic',
  [1, 6, 60].flatMap((rate, n) => [producer(`${rate} a second`, n * 110, { rate, key: 'orders' }), node(`sink ${n}`, 'app.consumer', at(420, n * 110), { serviceTime: constant(1), concurrency: 10 })]),
  [1, 6, 60].map((rate, n) => channel('zeromq.push-pull', `${rate} a second`, `sink ${n}`, { latency: constant(1000) })),
)

/** Messages that are lost, each for a reason of its own, all within a twentieth of a second: at the third, and at the arrival of what was sent to a consumer that crashes. */
export const losses: Topology = document(
  'Losses',
  [
    producer('nowhere', 50, { rate: 1, key: 'nobody', messageType: 'command' }),
    producer('spills', 160, { rate: 1, key: 'much', messageType: 'document' }),
    producer('alone', 340, { rate: 1, key: 'news' }),
    producer('unaware', 480, { rate: 3, key: 'far', messageType: 'document' }),
    broker(280),
    inside('unbound', 'amqp.exchange', 50),
    inside('full', 'amqp.queue', 160, { maxLength: 1, overflow: 'reject-publish' }),
    node('redis', 'redis.server', at(380, 300), {}, { size: { width: 280, height: 150 } }),
    node('news', 'redis.channel', at(60, 40), {}, { within: 'redis' }),
    node('crashes', 'app.consumer', at(440, 480), { serviceTime: constant(10) }),
  ],
  [
    channel('amqp.publish', 'nowhere', 'unbound', { latency: constant(10) }),
    channel('amqp.publish', 'spills', 'full', { latency: constant(10) }),
    channel('redis.publish', 'alone', 'news', { latency: constant(10) }),
    channel('zeromq.push-pull', 'unaware', 'crashes', { latency: constant(500) }),
  ],
)
