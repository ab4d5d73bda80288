import { describe, expect, it } from 'vitest'
import type { LiveInput } from '../contract/input.ts'
import { createRun, type Run } from '../engine/run.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import type { Broker } from '../systems/amqp/broker.ts'
import type { Channel, Config, Topology, TopologyNode } from '../topology/document.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { pick } from './testing/pick.ts'
import { expectSameAgain } from './testing/random-story.ts'

/** Brokers with every setting at random, under load, faults and live edits: no message is ever in two states or in none, no consumer holds more than its prefetch. */
const KINDS = catalogue()
const MODELS = models()
const SECOND = 1e9
/** `RANDOM_RUNS=5000 npx vitest run src/cli/random-brokers` looks further. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 30)
const TEST_MS = 60_000

/** Some of the settings, each in one of a few values. */
function some(random: RandomStream, settings: Readonly<Record<string, readonly Config[string][]>>, share: number): Config {
  return Object.fromEntries(Object.entries(settings).flatMap(([name, values]) => (random.chance(share) ? [[name, pick(random, values)]] : [])))
}

function queueConfig(random: RandomStream): Config {
  const queueType = pick(random, ['classic', 'classic', 'classic', 'quorum', 'quorum', 'stream'])
  if (queueType === 'stream') return { queueType, ...some(random, { maxLengthBytes: [100, 1000], maxSegmentBytes: [50], maxAge: ['1s'] }, 0.5) }
  return {
    queueType,
    ...some(random, { messageTtl: [0, 5, 50], expires: [30], maxLength: [0, 1, 3, 10], maxLengthBytes: [20, 100], overflow: ['drop-head', 'reject-publish', 'reject-publish-dlx'], singleActiveConsumer: [true] }, 0.25),
    ...some(random, { deadLetterExchange: ['x0', 'x1', 'nowhere', '(default)'] }, 0.6),
    ...(queueType === 'quorum' ? some(random, { deliveryLimit: [0, 1, 3], deadLetterStrategy: ['at-least-once'] }, 0.4) : some(random, { maxPriority: [1, 5], durable: [false], exclusive: [true], autoDelete: [true] }, 0.2)),
  }
}

const exchangeConfig = (random: RandomStream): Config => ({ exchangeType: pick(random, ['direct', 'fanout', 'topic', 'headers']), ...some(random, { alternateExchange: ['x0', 'x1', 'nowhere'], durable: [false], autoDelete: [true] }, 0.2) })

function randomTopology(random: RandomStream, seed: number): Topology {
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const at = { x: 0, y: 0 }
  const add = (type: string, id: string, config: Config, within?: string): string => {
    nodes.push({ id, type, label: id, at, config, ...(within === undefined ? {} : { within }) })
    return id
  }
  const join = (type: string, from: string, to: string, config: Config): void => void channels.push({ id: `${from}>${to}#${channels.length}`, type, from, to, config })
  const wire = (): Config => ({ latency: pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: 4 }, { law: 'exponential', mean: 6 }]), reconnect: pick(random, [1, 20]), heartbeat: pick(random, [20, 60_000]) })
  add('amqp.broker', 'b', random.chance(0.3) ? { policies: [{ name: 'p', pattern: pick(random, ['.*', '^q0']), vhost: '/', 'apply-to': 'all', priority: 1, definition: some(random, { 'max-length': [2], 'message-ttl': [20], 'dead-letter-exchange': ['x0'], 'alternate-exchange': ['x1'] }, 0.5) }] } : {})
  const exchanges = ['x0', 'x1', 'x2'].map(id => add('amqp.exchange', id, exchangeConfig(random), 'b'))
  const queues = Array.from({ length: 2 + random.integer(4) }, (_, n) => add('amqp.queue', `q${n}`, queueConfig(random), 'b'))
  for (let n = 4 + random.integer(6); n > 0; n -= 1) join('amqp.binding', pick(random, exchanges), pick(random, [...queues, ...exchanges]), { routingKey: pick(random, ['', 'a', 'a.*', '#', 'q0']), latency: { law: 'constant', value: pick(random, [0, 3]) } })
  for (let n = 0; n < 3; n += 1) {
    add('app.producer', `p${n}`, { rate: pick(random, [50, 200]), batchSize: 1 + random.integer(3), key: 'a\na.b\nz', persistent: random.chance(0.5), body: pick(random, ['x', 'a longer body {n}']) })
    const publish = some(random, { mandatory: [true], confirms: [true], whenRefused: ['again'], publishAgainAfter: [5], expiration: [0, 10], priority: [0, 3], cc: ['a'], bcc: ['q0'], whileDisconnected: ['buffer'] }, 0.35)
    join('amqp.publish', `p${n}`, pick(random, [...exchanges, ...queues]), { ...wire(), ...publish })
  }
  for (let n = 0; n < 4; n += 1) {
    add('app.consumer', `c${n}`, { serviceTime: { law: 'exponential', mean: pick(random, [1, 10]) }, failureRate: pick(random, [0, 0.4]), onFailure: pick(random, ['requeue', 'reject']), acknowledge: pick(random, ['after', 'after', 'before', 'never']), concurrency: 1 + random.integer(2) })
    join('amqp.consume', pick(random, queues), `c${n}`, { ...wire(), prefetch: pick(random, [1, 3, 10]), ...some(random, { noAck: [true], priority: [-1, 2], exclusive: [true], prefetchScope: ['channel'], streamOffset: ['first', 'last', '3'] }, 0.25) })
  }
  return { format: 1, title: `broker ${seed}`, seed, nodes, channels }
}

function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const dice = random.uniform()
  const node = pick(random, topology.nodes)
  if (dice < 0.25) return { input: 'fault', fault: { fault: 'crash', node: pick(random, ['b', node.id]) } }
  if (dice < 0.55) return { input: 'fault', fault: { fault: 'restart', node: pick(random, ['b', node.id]) } }
  if (dice < 0.7) return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal'] as const), channel: pick(random, topology.channels).id } }
  const changed = pick(random, topology.nodes.filter(one => one.type === 'amqp.queue' || one.type === 'amqp.exchange'))
  return { input: 'edit', edits: [{ edit: 'configure', of: 'node', id: changed.id, config: changed.type === 'amqp.queue' ? queueConfig(random) : exchangeConfig(random) }] }
}

/** Plays a random story; `look` is called between its turns. */
function play(seed: number, check: boolean, look: (run: Run) => void): Run {
  const random = randomStream(seed, 'story of a broker')
  const topology = randomTopology(random, seed)
  const run = createRun({ topology, catalogue: KINDS, models: MODELS, check })
  for (let n = 0; n < 14; n += 1) {
    for (let turn = 0; turn < 3; turn += 1) {
      run.advance(run.nowNs + 0.005 * SECOND)
      look(run)
    }
    run.input(randomInput(random, topology))
  }
  run.advance(run.nowNs + 0.05 * SECOND)
  look(run)
  return run
}

/** What must hold whenever nothing is going on. */
function inspect(run: Run): void {
  const broker = run.system('b') as Broker // the only system of the run
  for (const channel of broker.channels) {
    let handedOut = 0
    for (const consumer of channel.consumers.values()) {
      handedOut += consumer.unacked
      if (consumer.prefetch > 0 && !consumer.noAck) expect(consumer.unacked).toBeLessThanOrEqual(consumer.prefetch + consumer.surplus)
      // Only a quorum queue with a delivery limit gives credit away (claim amqp.quorum.limit-credit).
      if (consumer.surplus > 0) expect(consumer.queue.settings).toMatchObject({ kind: 'quorum' })
    }
    if (channel.globalLimit > 0) expect(channel.handedOut).toBeLessThanOrEqual(channel.globalLimit)
    expect(channel.handedOut).toBeGreaterThanOrEqual(handedOut)
  }
  for (const [id, node] of run.parts.nodes) {
    if (node.type !== 'amqp.queue') continue
    const contents: number[] = []
    const count = broker.contents(node, contents, 0, 1e6)
    expect([id, new Set(contents).size, contents.length]).toEqual([id, count, count])
    for (const message of contents) expect(['waiting', 'unacknowledged', 'retained']).toContain(node.messages.state(message))
  }
}

describe('random brokers', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event, and every queue is in order', { timeout: TEST_MS }, seed => {
    expect(play(seed, true, inspect).events).toBeGreaterThan(100)
  })

  it.each(seeds.slice(0, Math.max(10, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently, with the machine and without', { timeout: TEST_MS }, seed => {
    expectSameAgain(play(seed, false, () => {}), randomTopology(randomStream(seed, 'story of a broker'), seed))
  })

  it.each(seeds.slice(0, 10))('seed %i: first in, first out, from one producer to one consumer', { timeout: TEST_MS }, seed => {
    const random = randomStream(seed, 'fifo')
    const at = { x: 0, y: 0 }
    const wire = (): Config => ({ latency: { law: 'exponential', mean: 1 + random.integer(10) } })
    const nodes: TopologyNode[] = [
      { id: 'b', type: 'amqp.broker', label: 'b', at, config: {} },
      { id: 'q', type: 'amqp.queue', label: 'q', at, within: 'b', config: { queueType: pick(random, ['classic', 'quorum', 'stream']) } },
      { id: 'p', type: 'app.producer', label: 'p', at, config: { rate: 200, arrival: 'bursts' } },
      { id: 'c', type: 'app.consumer', label: 'c', at, config: { serviceTime: { law: 'exponential', mean: 3 } } },
    ]
    const channels: Channel[] = [
      { id: 'in', type: 'amqp.publish', from: 'p', to: 'q', config: wire() },
      { id: 'out', type: 'amqp.consume', from: 'q', to: 'c', config: { ...wire(), prefetch: 1 + random.integer(20) } },
    ]
    const run = createRun({ topology: { format: 1, title: 'fifo', seed, nodes, channels }, catalogue: KINDS, models: MODELS, check: true })
    run.advance(SECOND)
    const started = run.core.trace.newest(9999, fact => fact.verb === 'started').map(fact => fact.serial)
    expect(started.length).toBeGreaterThan(50)
    expect(started).toEqual([...started].sort((a, b) => (started[0]! > started.at(-1)! ? b - a : a - b)))
  })
})
