import { describe, expect, it } from 'vitest'
import type { LiveInput } from '../contract/input.ts'
import { figuresLayout, writeFigures } from '../engine/figures.ts'
import { createRun, type Run } from '../engine/run.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import { competing, Document, fanOut, series, single } from './bench/contestants/engine-topologies.ts'
import type { Channel, Config, Topology, TopologyNode } from '../topology/document.ts'
import { applyEdits, removalOf } from '../topology/edit.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { pick } from './testing/pick.ts'
import { randomInput, randomTopology } from './testing/random-topology.ts'

/** The machine and TypeScript are two ways to the same history, to the same figures, and to the same state of every part. */
const KINDS = catalogue()
const MODELS = models()
const SECOND = 1e9
/** `RANDOM_RUNS=2000 npx vitest run src/cli/machine` looks further. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 30)

/** Everything that can be seen of a run, messages by their identity. */
function seen(run: Run): unknown {
  const layout = figuresLayout(run, 0)
  const frame = new Float64Array(layout.length)
  writeFigures(run, layout, { running: false, speedReached: 0, eventsPerSecond: 0 }, frame)
  const nodes = [...run.parts.nodes.values()].map(node => {
    const handles: number[] = []
    const total = (run.behaviour(node.id)?.contents(handles, 0, 1e6) ?? run.system(node.id)?.contents(node, handles, 0, 1e6)) ?? 0
    const { messages } = run.core
    const copies = handles.map(handle => [messages.origin(handle), messages.serial(handle), messages.state(handle), messages.flags(handle), messages.sinceNs(handle), messages.mark(handle)])
    return { id: node.id, total, copies, ledger: node.ledger.figures(), notes: run.behaviour(node.id)?.notes() ?? run.system(node.id)?.notes(node) }
  })
  const channels = [...run.parts.channels.values()].map(channel => [channel.id, channel.inFlight(), channel.carried(0), channel.carried(1)])
  const facts = run.core.trace.newest(50, () => true)
  return { digest: run.digest(), events: run.events, nowNs: run.nowNs, ledger: run.ledger(), frame: [...frame], nodes, channels, facts }
}

/** Topologies that the machine can carry for the most part, with here and there a setting that it can't. */
function plainTopology(random: RandomStream, seed: number): Topology {
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const add = (type: string, id: string, config: Config, within?: string): string => {
    nodes.push({ id, type, label: id, at: { x: 0, y: 0 }, config, ...(within === undefined ? {} : { within }) })
    return id
  }
  const join = (type: string, from: string, to: string, config: Config): void => void channels.push({ id: `${from}>${to}#${channels.length}`, type, from, to, config })
  const latency = (): Config => pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: 0 }, { law: 'constant', value: 3 }, { law: 'exponential', mean: 2 }, { law: 'uniform', min: 0, max: 4 }])
  const wire = (): Config => ({ latency: latency(), ...(random.chance(0.05) ? { bandwidth: 1e5 } : {}) })
  add('amqp.broker', 'b', {})
  const exchanges = ['x0', 'x1'].map(id => add('amqp.exchange', id, { exchangeType: pick(random, ['fanout', 'topic', 'direct']), ...(random.chance(0.2) ? { name: 'x' } : {}) }, 'b'))
  const queues = Array.from({ length: 2 + random.integer(4) }, (_, n) => {
    const limit: Config = random.chance(0.3) ? { maxLength: pick(random, [0, 2, 10]), overflow: pick(random, ['reject-publish', 'reject-publish', 'drop-head']) } : {}
    const other: Config = random.chance(0.15) ? pick<Config>(random, [{ messageTtl: 20 }, { maxPriority: 3 }, { queueType: 'quorum' }, { deadLetterExchange: 'x0' }, { singleActiveConsumer: true }]) : {}
    return add('amqp.queue', `q${n}`, { ...limit, ...other, ...(random.chance(0.15) ? { name: 'shared' } : {}) }, 'b')
  })
  for (let n = 3 + random.integer(4); n > 0; n -= 1) join('amqp.binding', pick(random, exchanges), pick(random, queues), { routingKey: pick(random, ['', 'a', 'a.*', '#']), latency: latency() })
  for (let n = 0; n < 3; n += 1) {
    add('app.producer', `p${n}`, { rate: pick(random, [50, 300]), arrival: pick(random, ['poisson', 'regular']), batchSize: 1 + random.integer(3), key: pick(random, ['a', 'a\na.b\nz']), headers: pick<Config>(random, [{}, { tenant: 'x' }]), persistent: random.chance(0.5), ...(random.chance(0.2) ? { limit: 20 } : {}) })
    join('amqp.publish', `p${n}`, pick(random, [...exchanges, ...queues]), { ...wire(), ...(random.chance(0.15) ? pick<Config>(random, [{ confirms: true }, { mandatory: true }, { expiration: 5 }]) : {}) })
  }
  for (let n = 0; n < 5; n += 1) {
    const service = random.chance(0.4)
    add(service ? 'app.service' : 'app.consumer', `c${n}`, { serviceTime: pick<Config>(random, [{ law: 'exponential', mean: 5 }, { law: 'constant', value: 4 }, { law: 'lognormal', mean: 5, scv: 2 }]), failureRate: pick(random, [0, 0.3]), concurrency: 1 + random.integer(3), ...(service ? { key: pick(random, ['', 'done']) } : { onFailure: pick(random, ['requeue', 'reject']), ...(random.chance(0.1) ? { acknowledge: 'before' } : {}) }) })
    join('amqp.consume', pick(random, queues), `c${n}`, { ...wire(), prefetch: pick(random, [0, 1, 3, 20]), ...(random.chance(0.1) ? pick<Config>(random, [{ noAck: true }, { priority: 2 }, { prefetchScope: 'channel' }]) : {}) })
    if (service) join('amqp.publish', `c${n}`, pick(random, [...exchanges, ...queues]), wire())
  }
  return { format: 1, title: `plain ${seed}`, seed, nodes, channels }
}

function plainInput(random: RandomStream, { nodes, channels }: Topology): LiveInput {
  const node = pick(random, nodes)
  const channel = channels.length > 0 ? pick(random, channels) : undefined
  const change = (): LiveInput => ({ input: 'edit', edits: [{ edit: 'configure', of: 'node', id: node.id, config: { ...node.config, ...(node.type === 'app.producer' ? { rate: pick(random, [20, 400]) } : node.type === 'amqp.queue' ? { maxLength: 5, overflow: 'reject-publish' } : { concurrency: 2 }) } }] })
  switch (random.integer(7)) {
    case 0:
      return { input: 'fault', fault: { fault: 'crash', node: pick(random, nodes.filter(one => one.within === undefined)).id } }
    case 1:
      return { input: 'fault', fault: { fault: 'restart', node: pick(random, nodes.filter(one => one.within === undefined)).id } }
    case 2:
      return channel ? { input: 'fault', fault: { fault: 'cut', channel: channel.id } } : change()
    case 3:
      return channel ? { input: 'fault', fault: { fault: 'heal', channel: channel.id } } : change()
    case 4:
      return { input: 'edit', edits: [removalOf({ nodes, channels } as unknown as Topology, { nodes: random.chance(0.3) ? [node.id] : [], channels: channel ? [channel.id] : [] })] }
    case 5:
      return { input: 'send', node: pick(random, nodes.filter(one => one.type === 'app.producer') as [TopologyNode]).id }
    default:
      return change()
  }
}

/** Plays a story once for each way; all see the same at every pause. */
function together(topology: Topology, story: RandomStream, input: (random: RandomStream, present: Topology) => LiveInput): Run[] {
  const runs = [Infinity, 0, 5].map(machineAfter => createRun({ topology, catalogue: KINDS, models: MODELS, machineAfter }))
  const lates = story.chance(0.5)
  let present = topology
  for (let n = 0; n < 10; n += 1) {
    const until = Math.floor(runs[0]!.nowNs + 0.03 * SECOND * (1 + story.uniform()))
    for (const run of runs) run.advance(until - 1)
    // What stays parked is put down by whoever looks.
    for (const run of runs) run.proceed(until)
    // Who looks at figures gets histograms of late; half of the stories are told without.
    if (lates || n === 9) {
      const first = seen(runs[0]!)
      for (const run of runs.slice(1)) expect(seen(run)).toEqual(first)
    } else for (const run of runs.slice(1)) expect(run.digest()).toBe(runs[0]!.digest())
    if (present.nodes.length < 2 || !present.nodes.some(node => node.type === 'app.producer')) break
    const next = input(story, present)
    for (const run of runs) run.input(next)
    if (next.input === 'edit') present = applyEdits(present, next.edits).topology
  }
  return runs
}

/** A message to many at one instant along wires that all take time: in the opposite order of their ids, and with more latencies than there are lines for. */
function crowd(latencies: readonly number[]): Topology {
  const document = new Document().node('app.producer', 'p', { rate: 40, batchSize: 3, body: '' }).node('amqp.broker', 'b').node('amqp.exchange', 'x', { exchangeType: 'fanout' }, 'b')
  const wire = (n: number): Config => ({ latency: { law: 'constant', value: latencies[n % latencies.length]! } })
  document.channel('amqp.publish', 'p', 'x', wire(0))
  for (let n = 0; n < 120; n += 1) {
    const name = String(999 - n)
    document.node('amqp.queue', `q${name}`, {}, 'b').node('app.consumer', `c${name}`, { serviceTime: { law: 'constant', value: 1 }, concurrency: 2, failureRate: 0.1 })
    document.channel('amqp.binding', 'x', `q${name}`, wire(n)).channel('amqp.consume', `q${name}`, `c${name}`, { ...wire(n + 1), prefetch: 3 })
  }
  return document.topology('a crowd', 3)
}

describe('the machine', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: carries what it knows as TypeScript would, through faults, edits and sends', seed => {
    const random = randomStream(seed, 'plain')
    const runs = together(plainTopology(random, seed), random, plainInput)
    expect(runs[0]!.carried).toBe(0)
  })

  it.each(seeds.slice(0, Math.max(10, RUNS / 3)))('seed %i: stops in front of whatever it does not know', seed => {
    const random = randomStream(seed, 'story')
    together(randomTopology(random, seed), random, randomInput)
  })

  it.each([['M/M/1', single(3)], ['ten in series', series(3)], ['fan-out', fanOut(3)], ['competing consumers', competing(3)], ['a crowd', crowd([1])], ['a crowd at six distances', crowd([1, 2, 0.5, 3, 4, 0])]] as const)('carries nearly all of %s', (_, topology) => {
    const [plain, fast] = [Infinity, 0].map(machineAfter => createRun({ topology, catalogue: KINDS, models: MODELS, machineAfter })) as [Run, Run]
    for (const seconds of [1, 2.5, 6]) {
      for (const run of [plain, fast]) run.advance(seconds * SECOND)
      expect(seen(fast)).toEqual(seen(plain))
    }
    expect(fast.carried / fast.events).toBeGreaterThan(0.9)
  })
})
