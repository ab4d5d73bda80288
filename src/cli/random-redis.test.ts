import { describe, expect, it } from 'vitest'
import type { LiveInput } from '../contract/input.ts'
import type { RandomStream } from '../kernel/random.ts'
import type { RedisServer } from '../systems/redis/server.ts'
import type { Channel, Config, Topology, TopologyNode } from '../topology/document.ts'
import { removalOf } from '../topology/edit.ts'
import { pick } from './testing/pick.ts'
import { expectRepeats, play, type RandomStory } from './testing/random-story.ts'

/** Random Redis topologies under loads, faults and live edits: the ledger balances after every event, history repeats itself, and what Redis promises holds. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 40)

/** Draws a topology part by part. */
class Drawing {
  readonly nodes: TopologyNode[] = []
  readonly channels: Channel[] = []
  readonly #random: RandomStream

  constructor(random: RandomStream) {
    this.#random = random
  }

  add(type: string, id: string, config: Config, within?: string): string {
    this.nodes.push({ id, type, label: id, at: { x: 0, y: 0 }, config, ...(within === undefined ? {} : { within }) })
    return id
  }
  join(type: string, from: string, to: string, config: Config): void {
    const random = this.#random
    const wire: Config = {
      latency: pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: 5 }, { law: 'exponential', mean: 8 }]),
      heartbeat: pick(random, [20, 60_000]),
      reconnect: pick(random, [0, 1, 30]),
      ...(random.chance(0.2) ? { loss: 30, lossMeans: pick(random, ['repaired', 'gone']) } : {}),
    }
    this.channels.push({ id: `${from}>${to}#${this.channels.length}`, type, from, to, config: { ...wire, ...config } })
  }

  servers(): void {
    const random = this.#random
    for (let n = 1 + random.integer(2); n > 0; n -= 1) {
      const server = this.add('redis.server', `r${n}`, { persistence: pick(random, ['none', 'rdb', 'aof-everysec', 'aof-always']), save: '0.05 1 0.01 20' })
      for (let m = 1 + random.integer(3); m > 0; m -= 1) {
        const kind = pick(random, ['channel', 'list', 'stream'])
        // Now and then two nodes have one name.
        this.add(`redis.${kind}`, `${server}${kind}${m}`, random.chance(0.15) ? { name: 'same' } : {}, server)
      }
    }
  }

  places(kind: string): string[] {
    return this.nodes.filter(node => node.type === `redis.${kind}`).map(node => node.id)
  }

  /** A line from an application into something that Redis holds. */
  into(from: string, kinds: readonly string[] = ['channel', 'list', 'stream']): void {
    const random = this.#random
    const places = kinds.flatMap(kind => this.places(kind))
    if (places.length === 0) return
    const to = pick(random, places)
    const common = { whileDisconnected: pick(random, ['buffer', 'drop']) }
    if (to.includes('channel')) this.join('redis.publish', from, to, { ...common, channelFrom: pick(random, ['node', 'key']) })
    else if (to.includes('list')) this.join('redis.push', from, to, { ...common, command: pick(random, ['LPUSH', 'RPUSH']), keep: pick(random, [null, 5]) })
    else this.join('redis.add', from, to, { ...common, trimming: pick(random, ['none', '=', '~']), length: pick(random, [0, 10, 120]) })
  }

  outOf(to: string): void {
    const random = this.#random
    const from = pick(random, [...this.places('channel'), ...this.places('list'), ...this.places('stream')])
    if (from.includes('channel')) this.join('redis.subscribe', from, to, { pattern: pick(random, ['', 'a.*', '*']) })
    else if (from.includes('list')) this.join('redis.pop', from, to, { command: pick(random, ['BRPOP', 'BLPOP', 'BLMOVE', 'BLMOVE']), recover: random.chance(0.6), atOnce: pick(random, [1, 4]), processing: pick(random, ['', 'same']) })
    else if (random.chance(0.4)) this.join('redis.read', from, to, { command: 'XREAD', start: pick(random, ['$', '0', '5-0']), next: pick(random, ['last', '$']), count: pick(random, [1, 5]) })
    else
      this.join('redis.read', from, to, {
        command: 'XREADGROUP', group: pick(random, ['g', 'h']), consumer: pick(random, ['', 'one']), start: pick(random, ['$', '0']), ownFirst: random.chance(0.6), count: pick(random, [1, 5]), noAck: random.chance(0.2),
        claimIdle: pick(random, [null, 5, 30]), claimEvery: 10,
      })
  }
}

function randomTopology(random: RandomStream, seed: number): Topology {
  const drawing = new Drawing(random)
  drawing.servers()
  for (let n = 1 + random.integer(3); n > 0; n -= 1) {
    const producer = drawing.add('app.producer', `p${n}`, { rate: pick(random, [20, 100]), arrival: pick(random, ['poisson', 'regular', 'bursts']), batchSize: 1 + random.integer(3), key: 'a.b\na.c\nz', body: pick(random, ['{n}', 'same']), outlets: pick(random, ['every', 'turns']) })
    for (let m = 1 + random.integer(2); m > 0; m -= 1) drawing.into(producer)
  }
  for (let n = 1 + random.integer(4); n > 0; n -= 1) {
    const service = random.chance(0.25)
    const common = { serviceTime: { law: 'exponential', mean: pick(random, [2, 20]) }, failureRate: pick(random, [0, 0.3]), concurrency: 1 + random.integer(3) }
    const reader = service
      ? drawing.add('app.service', `s${n}`, { ...common, acknowledge: pick(random, ['after', 'before']) })
      : drawing.add('app.consumer', `c${n}`, { ...common, acknowledge: pick(random, ['after', 'before', 'never']), onFailure: pick(random, ['requeue', 'reject']) })
    for (let m = 1 + random.integer(2); m > 0; m -= 1) drawing.outOf(reader)
    // Into lists only: services that feed each other through a channel would double what they feed.
    if (service) drawing.into(reader, ['list'])
  }
  for (let n = random.integer(3); n > 0; n -= 1) {
    const server = drawing.add('chat.server', `w${n}`, {})
    drawing.join('websocket.connection', drawing.add('chat.user', `${server}u`, { rate: 20 }), server, {})
    drawing.into(server)
    drawing.outOf(server)
  }
  return { format: 1, title: `random ${seed}`, seed, nodes: drawing.nodes, channels: drawing.channels }
}

function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const dice = random.uniform()
  const node = pick(random, topology.nodes)
  if (dice < 0.3) return { input: 'fault', fault: { fault: pick(random, ['crash', 'restart'] as const), node: node.id } }
  if (dice < 0.45) return { input: 'fault', fault: { fault: 'restart', node: node.id } }
  if (dice < 0.6 && topology.channels.length > 0) return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal'] as const), channel: pick(random, topology.channels).id } }
  if (dice < 0.65) return { input: 'send', node: node.id }
  if (dice < 0.73) return { input: 'edit', edits: [removalOf(topology, { nodes: [node.id], channels: [] })] }
  if (dice < 0.78 && topology.channels.length > 0) return { input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: [pick(random, topology.channels).id] }] }
  if (dice < 0.9 && topology.channels.length > 0) {
    const channel = pick(random, topology.channels)
    const config: Config = { ...channel.config, pattern: 'a*', command: channel.type === 'redis.push' ? 'RPUSH' : channel.type === 'redis.read' ? pick(random, ['XREAD', 'XREADGROUP']) : pick(random, ['BRPOP', 'BLMOVE']), count: 2, start: '0', group: 'h', keep: 3, trimming: '=', length: 4 }
    return { input: 'edit', edits: [{ edit: 'configure', of: 'channel', id: channel.id, config }] }
  }
  const config = node.type === 'redis.server' ? { ...node.config, persistence: pick(random, ['none', 'rdb', 'aof-everysec', 'aof-always']) } : node.type.startsWith('redis.') ? { ...node.config, name: pick(random, ['same', 'other']) } : { ...node.config, rate: 10, concurrency: 2 }
  return { input: 'edit', edits: [{ edit: 'configure', of: 'node', id: node.id, config }] }
}

const STORY: RandomStory = { stream: 'redis-story', topology: randomTopology, input: randomInput, inputs: 14, gapNs: 3e7 }

describe('random runs of Redis', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    const run = play(STORY, seed, true)
    expect(run.events).toBeGreaterThan(10)
    expect(run.problems.filter(problem => problem.severity === 'error')).toEqual([])
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently, with the machine and without', seed => {
    expectRepeats(STORY, seed)
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: every copy is in one place, pending counts agree, and nobody waits for what is there', seed => {
    const run = play(STORY, seed, false)
    for (const [id, node] of run.parts.nodes) {
      if (node.type !== 'redis.server' || !node.up) continue
      const server = run.system(id) as RedisServer
      const seen: number[] = []
      for (const key of server.keys.all()) {
        if (key.type === 'list') {
          expect(key.items.count).toBeGreaterThan(0)
          for (let n = 0; n < key.items.count; n += 1) seen.push(key.items.at(n))
          const waiting = server.blocked.line(key.name).filter(one => one.wait?.wait === 'pop' || one.wait?.wait === 'move')
          expect(waiting).toEqual([])
          continue
        }
        for (let place = key.log.first(); place >= 0; place = key.log.next(place)) seen.push(key.log.handle(place))
        for (const group of key.groups.values()) {
          for (let place = group.pending.first(); place >= 0; place = group.pending.next(place)) seen.push(group.pending.handle(place))
          expect(group.consumers.reduce((sum, one) => sum + one.pending, 0)).toBe(group.pending.count)
        }
      }
      expect(new Set(seen).size).toBe(seen.length)
    }
  })
})
