import { describe, expect, it } from 'vitest'
import type { LiveInput } from '../contract/input.ts'
import { createRun, type Run } from '../engine/run.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import type { Channel, Config, Topology, TopologyNode } from '../topology/document.ts'
import { applyEdits, removalOf } from '../topology/edit.ts'
import { catalogue, models } from '../worker/catalogue.ts'

/** Random topologies, loads, faults and live edits: whatever happens, the ledger balances after every event and history repeats itself. */
const KINDS = catalogue()
const MODELS = models()
const SECOND = 1e9
/** `RANDOM_RUNS=5000 npx vitest run src/cli/random-runs` looks further. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 40)

function pick<T>(random: RandomStream, items: readonly T[]): T {
  return items[random.integer(items.length)]!
}

function randomTopology(random: RandomStream, seed: number): Topology {
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const at = { x: 0, y: 0 }
  const add = (type: string, id: string, config: Config, within?: string): string => {
    nodes.push({ id, type, label: id, at, config, ...(within === undefined ? {} : { within }) })
    return id
  }
  const join = (type: string, from: string, to: string, config: Config): void => void channels.push({ id: `${from}>${to}#${channels.length}`, type, from, to, config })
  const wire = (): Config => ({
    latency: pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: 5 }, { law: 'exponential', mean: 8 }]),
    heartbeat: pick(random, [20, 60_000]),
    reconnect: pick(random, [0, 1, 30]),
    ...(random.chance(0.2) ? { bandwidth: 5000 } : {}),
  })
  const brokers = Array.from({ length: 1 + random.integer(2) }, (_, n) => add('amqp.broker', `b${n}`, {}))
  const exchanges = brokers.flatMap(broker => Array.from({ length: random.integer(4) }, (_, n) => add('amqp.exchange', `${broker}x${n}`, { exchangeType: pick(random, ['direct', 'fanout', 'topic', 'headers']), durable: random.chance(0.7), autoDelete: random.chance(0.15) }, broker)))
  const queues = brokers.flatMap(broker => Array.from({ length: 1 + random.integer(3) }, (_, n) => add('amqp.queue', `${broker}q${n}`, { durable: random.chance(0.6), exclusive: random.chance(0.2), autoDelete: random.chance(0.2) }, broker)))
  const within = (id: string): string => id.slice(0, 2)
  for (const exchange of exchanges) {
    for (let n = random.integer(4); n > 0; n -= 1) {
      const to = pick(random, [...queues, ...exchanges].filter(id => within(id) === within(exchange)))
      join('amqp.binding', exchange, to, { routingKey: pick(random, ['', 'a.b', 'a.*', '#']), latency: { law: 'constant', value: pick(random, [0, 3]) } })
    }
  }
  for (let n = 1 + random.integer(4); n > 0; n -= 1) {
    const producer = add('app.producer', `p${n}`, { rate: pick(random, [20, 100]), arrival: pick(random, ['poisson', 'regular', 'bursts']), batchSize: 1 + random.integer(3), key: 'a.b\na.c\nz', persistent: random.chance(0.5), outlets: pick(random, ['every', 'turns']) })
    for (let m = 1 + random.integer(2); m > 0; m -= 1) join('amqp.publish', producer, pick(random, [...exchanges, ...queues]), { ...wire(), whileDisconnected: pick(random, ['drop', 'buffer']) })
  }
  for (let n = 1 + random.integer(4); n > 0; n -= 1) {
    const service = random.chance(0.25)
    const common = { serviceTime: { law: 'exponential', mean: pick(random, [2, 20]) }, failureRate: pick(random, [0, 0.3]), concurrency: 1 + random.integer(3) }
    const reader = service
      ? add('app.service', `s${n}`, { ...common, acknowledge: pick(random, ['after', 'before']) })
      : add('app.consumer', `c${n}`, { ...common, acknowledge: pick(random, ['after', 'before', 'never']), onFailure: pick(random, ['requeue', 'reject']) })
    for (let m = 1 + random.integer(2); m > 0; m -= 1) join('amqp.consume', pick(random, queues), reader, { ...wire(), prefetch: pick(random, [0, 1, 5]), noAck: random.chance(0.3) })
    if (service) join('amqp.publish', reader, pick(random, [...exchanges, ...queues]), wire())
  }
  const servers = Array.from({ length: random.integer(3) }, (_, n) => add('chat.server', `w${n}`, {}))
  for (const server of servers) {
    for (let n = 1 + random.integer(2); n > 0; n -= 1) join('websocket.connection', add('chat.user', `${server}u${n}`, { rate: 20 }), server, wire())
    if (random.chance(0.6)) join('amqp.publish', server, pick(random, [...exchanges, ...queues]), wire())
    if (random.chance(0.6)) join('amqp.consume', pick(random, queues), server, { ...wire(), noAck: random.chance(0.5) })
  }
  return { format: 1, title: `random ${seed}`, seed, nodes, channels }
}

function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const dice = random.uniform()
  const node = pick(random, topology.nodes)
  if (dice < 0.3) return { input: 'fault', fault: { fault: pick(random, ['crash', 'restart'] as const), node: node.id } }
  if (dice < 0.45) return { input: 'fault', fault: { fault: 'restart', node: node.id } }
  if (dice < 0.7 && topology.channels.length > 0) return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal'] as const), channel: pick(random, topology.channels).id } }
  if (dice < 0.75) return { input: 'send', node: node.id }
  if (dice < 0.85) return { input: 'edit', edits: [removalOf(topology, { nodes: [node.id], channels: [] })] }
  if (dice < 0.9 && topology.channels.length > 0) return { input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: [pick(random, topology.channels).id] }] }
  const config = node.type === 'amqp.queue' ? { ...node.config, durable: random.chance(0.5), exclusive: random.chance(0.3) } : node.type === 'amqp.exchange' ? { ...node.config, exchangeType: pick(random, ['fanout', 'topic']) } : { ...node.config, rate: 10, concurrency: 2 }
  return { input: 'edit', edits: [{ edit: 'configure', of: 'node', id: node.id, config }] }
}

/** Plays a random story; returns the run. */
function play(seed: number, check: boolean): Run {
  const random = randomStream(seed, 'story')
  const topology = randomTopology(random, seed)
  const run = createRun({ topology, catalogue: KINDS, models: MODELS, check })
  let present = topology
  for (let n = 0; n < 12; n += 1) {
    run.advance(run.nowNs + 0.02 * SECOND * (1 + random.uniform()))
    if (present.nodes.length === 0) break
    const input = randomInput(random, present)
    run.input(input)
    if (input.input === 'edit') present = applyEdits(present, input.edits).topology
  }
  run.advance(run.nowNs + 0.1 * SECOND)
  return run
}

describe('random runs', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    const run = play(seed, true)
    expect(run.events).toBeGreaterThan(10)
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently', seed => {
    const run = play(seed, false)
    const replay = createRun({ topology: randomTopology(randomStream(seed, 'story'), seed), catalogue: KINDS, models: MODELS, journal: run.journal })
    while (replay.advance(run.nowNs, 7) === 'budget');
    expect(replay.digest()).toBe(run.digest())
    expect(replay.ledger()).toEqual(run.ledger())
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: no consumer ever holds more than its prefetch, no message is in a queue twice', seed => {
    const run = play(seed, false)
    for (const [id, node] of run.parts.nodes) {
      if (node.type !== 'amqp.queue') continue
      const contents: number[] = []
      run.system(id)?.contents(node, contents, 0, 1e6)
      expect(new Set(contents).size).toBe(contents.length)
    }
  })
})
