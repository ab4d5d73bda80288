import { describe, expect, it } from 'vitest'
import type { LiveInput } from '../contract/input.ts'
import { createRun, type Run } from '../engine/run.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import type { Channel, Config, Topology, TopologyNode } from '../topology/document.ts'
import { removalOf } from '../topology/edit.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { pick } from './testing/pick.ts'
import { expectSameAgain } from './testing/random-story.ts'

/** Applications that ask, answer, balance, split, collect, route and hand out, over every system, with faults and live edits: the ledger balances after every event. */
const KINDS = catalogue()
const MODELS = models()
const SECOND = 1e9
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 20)

const law = (mean: number): Config => ({ law: 'exponential', mean })

function configOf(random: RandomStream, type: string): Config {
  const serviceTime = law(pick(random, [1, 10]))
  const concurrency = pick(random, [1, 3])
  const whenLost = pick(random, ['stays', 'stays', 'ends'])
  switch (type) {
    case 'app.producer':
      return { rate: 60, key: 'a\nb', batchSize: pick(random, [1, 4]), whenBlocked: pick(random, ['wait', 'skip']), outlets: pick(random, ['every', 'turns']) }
    case 'app.requester':
      return { arrival: pick(random, ['think', 'poisson']), rate: 60, thinkTime: law(10), concurrency: pick(random, [1, 5, null]), timeout: pick(random, [20, 500, null]), retries: pick(random, [0, 2]), retryAfter: 5, whenLost }
    case 'app.replier':
    case 'app.worker':
      return { serviceTime, concurrency, failureRate: pick(random, [0, 0.2]), acknowledge: pick(random, ['before', 'after']), pause: pick(random, [0, 5]), finds: 'share', hitRate: 0.5, takes: pick(random, ['comes', 'asks']), asksEvery: 20, stopKey: pick(random, ['', 'b']), whenStopped: pick(random, ['drops', 'finishes']), service: pick(random, ['', 'api']), renewEvery: pick(random, [null, 30]), whenLost }
    case 'app.service':
    case 'app.consumer':
      return { serviceTime, concurrency, failureRate: pick(random, [0, 0.2]), acknowledge: pick(random, ['before', 'after']) }
    case 'app.splitter':
      return { split: pick(random, ['parts', 'items']), parts: pick(random, [null, 3]), body: '{part}' }
    case 'app.aggregator':
      return { by: pick(random, ['correlation', 'key']), count: pick(random, [null, 2]), timeout: pick(random, [30, null]), onTimeout: pick(random, ['drop', 'send']), acknowledge: pick(random, ['before', 'after']) }
    case 'app.router':
      return { rules: 'key is a -> n0\nbody contains 1 -> q0', otherwise: pick(random, ['', 'q1', 'n1']) }
    case 'app.ventilator':
      return { from: 1, to: 60, taskSize: 7, startAfter: 5, handsOut: pick(random, ['at-once', 'asked']), lease: pick(random, [null, 15]) }
    case 'app.balancer':
      return { deals: pick(random, ['requests', 'connections']), upstreams: pick(random, ['lines', 'registered']), whenFailed: pick(random, ['next', 'error', 'ends']), failTimeout: pick(random, [0, 40]) }
    case 'app.registry':
      return { ttl: pick(random, [null, 50]) }
    default:
      return {}
  }
}

const APPLICATIONS = ['app.producer', 'app.requester', 'app.replier', 'app.worker', 'app.service', 'app.consumer', 'app.splitter', 'app.aggregator', 'app.router', 'app.ventilator', 'app.sink', 'app.balancer', 'app.registry']
const LINES = ['zeromq.push-pull', 'zeromq.pub-sub', 'zeromq.req-rep', 'zeromq.dealer-router', 'pipe.stream', 'pipe.ipc', 'http.request']

function randomTopology(random: RandomStream, seed: number): Topology {
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const add = (type: string, id: string, config: Config, within?: string): void => void nodes.push({ id, type, label: id, at: { x: 0, y: 0 }, config, ...(within === undefined ? {} : { within }) })
  const join = (type: string, from: string, to: string, config: Config): void => void channels.push({ id: `${from}>${to}#${channels.length}`, type, from, to, config: { latency: { law: 'constant', value: pick(random, [0, 2]) }, reconnect: 10, ...(random.chance(0.15) ? { loss: 30, lossMeans: pick(random, ['repaired', 'gone']) } : {}), ...config } })
  add('amqp.broker', 'b', {})
  const queues = Array.from({ length: 9 }, (_, n) => `q${n}`)
  for (const id of queues) add('amqp.queue', id, {}, 'b')
  const apps = Array.from({ length: 3 + random.integer(5) }, (_, n) => ({ id: `n${n}`, type: pick(random, APPLICATIONS) }))
  for (const { id, type } of apps) add(type, id, configOf(random, type))
  const can = (type: string, ability: string): boolean => KINDS.node(type)!.can.some(one => one === ability)
  // Everything flows from lower numbers to higher ones: loops without an end would only grow. A requester hands nothing on.
  for (const [n, { id, type }] of apps.entries()) {
    if (can(type, 'receive')) join('amqp.consume', pick(random, type === 'app.requester' ? queues : queues.slice(0, n + 1)), id, { prefetch: pick(random, [1, 10]), noAck: random.chance(0.3) })
    if (can(type, 'send')) join('amqp.publish', id, pick(random, queues.slice(n + 1)), { whileDisconnected: pick(random, ['drop', 'buffer']), directReplyTo: pick(random, ['none', 'no-ack', 'ack']) })
  }
  for (let n = 6; n > 0; n -= 1) {
    const line = KINDS.channel(pick(random, LINES))!
    const froms = apps.filter(({ type }) => can(type, line.from.can!))
    const tos = apps.filter(({ type }) => can(type, line.to.can!))
    if (froms.length === 0 || tos.length === 0) continue
    const [from, to] = [pick(random, froms).id, pick(random, tos).id]
    if (from < to && !channels.some(one => one.type === line.type && one.from === from && one.to === to)) join(line.type, from, to, { sendMark: 3, receiveMark: 3, waitingMax: pick(random, [null, 2]), ...(line.type.startsWith('pipe') ? { pipeBytes: pick(random, [8, 65_536]) } : {}) })
  }
  return { format: 1, title: `patterns ${seed}`, seed, nodes, channels }
}

function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const node = pick(random, topology.nodes)
  const channel = pick(random, topology.channels)
  switch (random.integer(8)) {
    case 0:
    case 1:
      return { input: 'fault', fault: { fault: pick(random, ['crash', 'stop']), node: node.id } }
    case 2:
    case 3:
      return { input: 'fault', fault: { fault: 'restart', node: node.id } }
    case 4:
      return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal']), channel: channel.id } }
    case 5:
      return { input: 'edit', edits: [{ edit: 'configure', of: 'node', id: node.id, config: configOf(random, node.type) }] }
    case 6:
      return { input: 'send', node: node.id }
    default:
      return { input: 'edit', edits: [removalOf(topology, { nodes: [], channels: [channel.id] })] }
  }
}

function play(seed: number, check: boolean): Run {
  const random = randomStream(seed, 'patterns')
  const topology = randomTopology(random, seed)
  const run = createRun({ topology, catalogue: KINDS, models: MODELS, check })
  const problems = run.problems.map(problem => problem.says)
  expect(problems).toEqual([])
  for (let n = 0; n < 12; n += 1) {
    run.advance(run.nowNs + 0.03 * SECOND * (1 + random.uniform()), 20_000)
    run.input(randomInput(random, topology))
  }
  run.advance(run.nowNs + 0.1 * SECOND, 20_000)
  return run
}

describe('random patterns', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    expect(play(seed, true).events).toBeGreaterThan(10)
  })

  it.each(seeds.slice(0, Math.max(8, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently, with the machine and without', seed => {
    expectSameAgain(play(seed, false), randomTopology(randomStream(seed, 'patterns'), seed))
  })
})
