import { describe, expect, it } from 'vitest'
import { pick } from '../../cli/testing/pick.ts'
import { expectRepeats, play, type RandomStory } from '../../cli/testing/random-story.ts'
import type { LiveInput } from '../../contract/input.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { removalOf } from '../../topology/edit.ts'

/**
 * Random meshes of sockets, loads, faults and live edits: whatever happens, the ledger balances after every event and history repeats itself.
 * `RANDOM_RUNS=2000 npx vitest run src/systems/zeromq/random-runs` looks further.
 */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 25)

function lineConfig(random: RandomStream): Config {
  const mark = (): number => pick(random, [0, 1, 2, 5, 1000])
  return {
    latency: pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: 5 }, { law: 'exponential', mean: 8 }]),
    heartbeat: pick(random, [20, 60_000]), reconnect: pick(random, [0, 7, 30]), transport: random.chance(0.2) ? 'inproc' : 'tcp', bind: pick(random, ['from', 'to']),
    sendMark: mark(), receiveMark: mark(), kernelBytes: pick(random, [0, 300]), whenFull: pick(random, ['wait', 'drop']), waitingMax: pick(random, [null, 3]),
    loss: pick(random, [0, 0, 0, 20]), lossMeans: pick(random, ['repaired', 'gone']), inHand: pick(random, [null, 1, 3]), conflate: random.chance(0.15), immediate: random.chance(0.2), prefixes: pick(random, ['', 'a', 'a.\nb', 'x']), mandatory: random.chance(0.3),
  }
}

function randomTopology(random: RandomStream, seed: number): Topology {
  const at = { x: 0, y: 0 }
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const add = (type: string, id: string, config: Config): string => {
    nodes.push({ id, type, label: id, at, config })
    return id
  }
  const join = (type: string, from: string, to: string): void => void channels.push({ id: `${from}>${to}#${channels.length}`, type, from, to, config: lineConfig(random) })
  const several = (most: number, make: (n: number) => string): string[] => Array.from({ length: 1 + random.integer(most) }, (_, n) => make(n))
  const producers = several(3, n => add('app.producer', `p${n}`, { rate: pick(random, [20, 100]), batchSize: 1 + random.integer(4), key: 'a.b\nb\nz' }))
  const work = (): Config => ({ serviceTime: { law: 'exponential', mean: pick(random, [0.5, 10]) }, failureRate: pick(random, [0, 0.3]), concurrency: 1 + random.integer(3), acknowledge: pick(random, ['after', 'before']) })
  const consumers = several(3, n => add('app.consumer', `c${n}`, work()))
  const services = several(2, n => add('app.service', `s${n}`, work()))
  const proxies = random.chance(0.7) ? several(2, n => add('zeromq.proxy', `x${n}`, {})) : []
  const line = (): string => pick(random, ['zeromq.pub-sub', 'zeromq.push-pull'])
  // Downhill only: in a ring of proxies messages would multiply for ever.
  const order = [...producers, ...proxies, ...services, ...consumers]
  const below = (from: string): readonly string[] => order.slice(order.indexOf(from) + 1).filter(one => !producers.includes(one) && (!services.includes(from) || !services.includes(one)))
  for (const from of [...producers, ...proxies, ...services]) for (let n = 1 + random.integer(3); n > 0; n -= 1) join(line(), from, pick(random, below(from)))
  for (const to of consumers) join(line(), pick(random, [...producers, ...proxies]), to)
  const servers = random.chance(0.6) ? several(2, n => add('chat.server', `w${n}`, {})) : []
  if (servers.length > 0) for (const user of several(3, n => add('chat.user', `u${n}`, { rate: 30 }))) join(random.chance(0.7) ? 'zeromq.dealer-router' : 'zeromq.pair', user, pick(random, servers))
  return { format: 1, title: `random ${seed}`, seed, nodes, channels }
}

function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const dice = random.uniform()
  const node = pick(random, topology.nodes)
  const channel = topology.channels.length > 0 ? pick(random, topology.channels) : null
  if (dice < 0.3) return { input: 'fault', fault: { fault: pick(random, ['crash', 'restart'] as const), node: node.id } }
  if (dice < 0.45 || !channel) return { input: 'fault', fault: { fault: 'restart', node: node.id } }
  if (dice < 0.65) return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal'] as const), channel: channel.id } }
  if (dice < 0.72) return { input: 'edit', edits: [removalOf(topology, { nodes: [node.id], channels: [] })] }
  if (dice < 0.8) return { input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: [channel.id] }] }
  return { input: 'edit', edits: [{ edit: 'configure', of: 'channel', id: channel.id, config: lineConfig(random) }] }
}

const STORY: RandomStory = { stream: 'story', topology: randomTopology, input: randomInput, inputs: 14, gapNs: 2e7 }

describe('random meshes', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    expect(play(STORY, seed, true).events).toBeGreaterThan(10)
  })

  it.each(seeds.slice(0, Math.max(10, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently, with the machine and without', seed => {
    expectRepeats(STORY, seed)
  })
})
