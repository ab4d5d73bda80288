import { describe, expect, it } from 'vitest'
import { pick } from '../../cli/testing/pick.ts'
import { expectRepeats, play, type RandomStory } from '../../cli/testing/random-story.ts'
import type { LiveInput } from '../../contract/input.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { removalOf } from '../../topology/edit.ts'

/**
 * Random clients, balancers, registries and servers, faults and live edits: whatever happens, the ledger balances after every event and history repeats itself.
 * `RANDOM_RUNS=2000 npx vitest run src/systems/http/random-runs` looks further.
 */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 25)

const law = (random: RandomStream, mean: number): Config => pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: mean }, { law: 'exponential', mean }])
const lineConfig = (random: RandomStream): Config => ({ latency: law(random, 3), keepAlive: random.chance(0.6), socketsMax: pick(random, [null, 1, 3]), heartbeat: pick(random, [20, 60_000]) })

function randomTopology(random: RandomStream, seed: number): Topology {
  const at = { x: 0, y: 0 }
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const add = (type: string, id: string, config: Config): string => {
    nodes.push({ id, type, label: id, at, config })
    return id
  }
  const join = (from: string, to: string, type = 'http.request'): void => void channels.push({ id: `${from}>${to}`, type, from, to, config: lineConfig(random) })
  const several = (most: number, make: (n: number) => string): string[] => Array.from({ length: 1 + random.integer(most) }, (_, n) => make(n))
  const lost = (): string => pick(random, ['stays', 'ends'])
  const clients = several(3, n => add('app.requester', `a${n}`, { arrival: pick(random, ['think', 'poisson']), rate: pick(random, [30, 150]), thinkTime: { law: 'constant', value: pick(random, [1, 20]) }, concurrency: pick(random, [1, 4, null]), timeout: pick(random, [null, 30]), whenLost: lost() }))
  const servers = several(4, n => add('app.replier', `r${n}`, { serviceTime: law(random, 8), concurrency: 1 + random.integer(3), failureRate: pick(random, [0, 0.3]), acknowledge: pick(random, ['after', 'before']), pause: pick(random, [0, 5]), service: pick(random, ['', 'api']), renewEvery: pick(random, [null, 20]), whenLost: lost() }))
  const registry = add('app.registry', 'registry', { ttl: pick(random, [null, 50]) })
  const balancers = several(2, n => add('app.balancer', `b${n}`, { deals: pick(random, ['requests', 'connections']), upstreams: pick(random, ['lines', 'registered']), whenFailed: pick(random, ['next', 'error', 'ends']), failTimeout: pick(random, [0, 40, 10_000]), failsMax: 1 + random.integer(2) }))
  const history = add('chat.history', 'history', { readTime: law(random, 5) })
  const chat = add('chat.server', 'chat', { onJoin: 'history', whenLost: lost() })
  for (const id of several(2, n => add('chat.user', `u${n}`, { rate: 40 }))) join(id, chat, 'websocket.connection')
  join(chat, history)
  for (const id of clients) join(id, pick(random, [...balancers, ...servers, history]))
  for (const id of balancers) {
    for (const server of servers) if (random.chance(0.7)) join(id, server)
    join(id, registry)
  }
  for (const id of servers) join(id, registry)
  return { format: 1, title: `random ${seed}`, seed, nodes, channels }
}

function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const dice = random.uniform()
  const node = pick(random, topology.nodes)
  const channel = topology.channels.length > 0 ? pick(random, topology.channels) : null
  if (dice < 0.3) return { input: 'fault', fault: { fault: pick(random, ['crash', 'stop', 'restart'] as const), node: node.id } }
  if (dice < 0.45 || !channel) return { input: 'fault', fault: { fault: 'restart', node: node.id } }
  if (dice < 0.65) return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal'] as const), channel: channel.id } }
  if (dice < 0.7) return { input: 'edit', edits: [removalOf(topology, { nodes: [node.id], channels: [] })] }
  if (dice < 0.78) return { input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: [channel.id] }] }
  return { input: 'edit', edits: [{ edit: 'configure', of: 'channel', id: channel.id, config: lineConfig(random) }] }
}

const STORY: RandomStory = { stream: 'story', topology: randomTopology, input: randomInput, inputs: 14, gapNs: 2e7 }

describe('random clients and servers', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    expect(play(STORY, seed, true).end).toBeNull()
  })

  it.each(seeds.slice(0, Math.max(10, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently, with the machine and without', seed => {
    expectRepeats(STORY, seed)
  })
})
