import { describe, expect, it } from 'vitest'
import { pick } from '../../cli/testing/pick.ts'
import { expectRepeats, play, type RandomStory } from '../../cli/testing/random-story.ts'
import type { LiveInput } from '../../contract/input.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { removalOf } from '../../topology/edit.ts'

/**
 * Random programs around a database, faults and live edits: whatever happens, the ledger balances after every event and history repeats itself.
 * `RANDOM_RUNS=2000 npx vitest run src/systems/shared-store/random-runs` looks further.
 */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 25)

const law = (random: RandomStream, mean: number): Config => pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: mean }, { law: 'exponential', mean }])

function lineConfig(random: RandomStream): Config {
  return {
    latency: law(random, 5), heartbeat: pick(random, [20, 60_000]), reconnect: pick(random, [0, 7, 30]), write: pick(random, ['overwrite', 'read-write', 'compare', 'lock']), think: law(random, 8), attemptsMax: pick(random, [null, 1, 3]),
    whenInDoubt: pick(random, ['again', 'lose']), whileDisconnected: pick(random, ['wait', 'drop']), waitingMax: pick(random, [null, 2]), interval: pick(random, [1, 20, 80]), batch: pick(random, [1, 3, 100]), drains: random.chance(0.5), begins: pick(random, ['kept', 'start', 'now']),
  }
}

const KINDS_OF_TABLES = ['records', 'events', 'jobs'] as const

function randomTopology(random: RandomStream, seed: number): Topology {
  const at = { x: 0, y: 0 }
  const nodes: TopologyNode[] = [{ id: 'db', type: 'store.database', label: 'db', at, config: { queryTime: law(random, 1), parallel: 1 + random.integer(3), connectionsMax: pick(random, [4, 100]) } }]
  const channels: Channel[] = []
  const add = (type: string, id: string, config: Config, within?: string): string => {
    nodes.push({ id, type, label: id, at, config, ...(within === undefined ? {} : { within }) })
    return id
  }
  const join = (type: string, from: string, to: string): void => void channels.push({ id: `${from}>${to}`, type, from, to, config: lineConfig(random) })
  const several = (most: number, make: (n: number) => string): string[] => Array.from({ length: 1 + random.integer(most) }, (_, n) => make(n))
  const tables = KINDS_OF_TABLES.map(kind => add(`store.${kind}`, kind, { logged: random.chance(0.6), keeps: pick(random, [null, 5]) }, 'db'))
  const writes = (table: string): string => (table === 'records' ? 'store.update' : 'store.insert')
  const reads = (table: string): string => (table === 'jobs' ? 'store.take' : 'store.poll')
  const work = (): Config => ({ serviceTime: law(random, 6), failureRate: pick(random, [0, 0.3]), concurrency: 1 + random.integer(2), acknowledge: pick(random, ['after', 'before']), onFailure: pick(random, ['requeue', 'reject']) })
  for (const id of several(3, n => add('app.producer', `p${n}`, { rate: pick(random, [20, 100]), batchSize: 1 + random.integer(3), key: 'a\nb\nc' }))) {
    const table = pick(random, tables)
    join(writes(table), id, table)
  }
  for (const id of several(3, n => add('app.consumer', `c${n}`, work()))) for (const table of tables) if (random.chance(0.6)) join(reads(table), table, id)
  // Services go downhill, from one table to the next: a ring would never end.
  for (const id of several(2, n => add('app.service', `s${n}`, work()))) {
    join('store.poll', 'records', id)
    join('store.insert', id, pick(random, ['events', 'jobs']))
  }
  return { format: 1, title: `random ${seed}`, seed, nodes, channels }
}

function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const dice = random.uniform()
  const node = pick(random, topology.nodes)
  const channel = topology.channels.length > 0 ? pick(random, topology.channels) : null
  if (dice < 0.3) return { input: 'fault', fault: { fault: pick(random, ['crash', 'restart'] as const), node: node.id } }
  if (dice < 0.45 || !channel) return { input: 'fault', fault: { fault: 'restart', node: node.id } }
  if (dice < 0.65) return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal'] as const), channel: channel.id } }
  if (dice < 0.7) return { input: 'edit', edits: [removalOf(topology, { nodes: [node.id], channels: [] })] }
  if (dice < 0.78) return { input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: [channel.id] }] }
  return { input: 'edit', edits: [{ edit: 'configure', of: 'channel', id: channel.id, config: lineConfig(random) }] }
}

const STORY: RandomStory = { stream: 'story', topology: randomTopology, input: randomInput, inputs: 14, gapNs: 2e7 }

describe('random databases', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    expect(play(STORY, seed, true).events).toBeGreaterThan(10)
  })

  it.each(seeds.slice(0, Math.max(10, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently, with the machine and without', seed => {
    expectRepeats(STORY, seed)
  })
})
