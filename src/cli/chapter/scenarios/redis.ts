import { crackerStreams, redisOutage } from '../../../systems/redis/scenarios.ts'
import type { Channel, Config, Topology } from '../../../topology/document.ts'
import { constant, container, exponential, line, node, topology } from '../draw.ts'
import { outcomes, value, type Json, type Scenario } from '../expectation.ts'
import { eachSeed, Stage } from '../stage.ts'

const hop = { latency: constant(1) }
const SEEDS = 400
/** How a client comes back: the library tries every so often, publishing and subscribing connections alike. */
const RETRY_MS = 50

/** Two servers, each with a connection that publishes and one that subscribes; the network is never twice as fast. */
function outage(seed: number): { readonly received: Json; readonly alive: boolean } {
  const both = { S1: RETRY_MS, S2: RETRY_MS }
  const drawn = redisOutage({ publish: both, subscribe: both })
  const stage = new Stage({ ...drawn, channels: drawn.channels.map(one => ({ ...one, config: { ...one.config, latency: exponential(1) } })) }, { seed, check: seed === 1 })
  stage.go(500).crash('redis')
  for (let n = 0; n < 5; n += 1) stage.go(60).say('C1')
  stage.go(270).restart('redis').go(3000)
  return { received: { A: stage.probe('C1', 'received'), B: stage.probe('C3', 'received') }, alive: stage.isUp('S1') && stage.isUp('S2') }
}

const redisOutageScenario: Scenario = {
  id: 'redis-outage',
  measure: () => {
    const all = eachSeed(SEEDS, outage)
    return { 'servers stay alive': outcomes(all.map(one => one.alive)), 'received of 5 at A and B over repetitions': outcomes(all.map(one => one.received)) }
  },
}

interface Reader {
  readonly id: string
  readonly config: Config
  readonly serviceMs?: number
  readonly acknowledge?: 'never'
}

/** One log, one writer that is told by hand, and its readers in the order they come. */
function log(readers: readonly Reader[], add: Config = {}): Topology {
  return topology(
    'A stream and its readers',
    [
      node('app.producer', 'writer', { column: 0, row: 1 }, { rate: 0, body: '{n}' }),
      ...container('redis.server', 'redis', { column: 1, row: 0 }, { columns: 1.2, rows: 3 }, [node('redis.stream', 'log', { column: 0, row: 0.5 })], { persistence: 'none' }),
      ...readers.map((one, n) => node('app.consumer', one.id, { column: 3, row: n }, { serviceTime: constant(one.serviceMs ?? 1), acknowledge: one.acknowledge ?? 'after' })),
    ],
    [line('redis.add', 'writer', 'log', { ...hop, ...add }), ...readers.map(one => line('redis.read', 'log', one.id, { ...hop, ...one.config }))],
  )
}
const alone = (start: string): Config => ({ command: 'XREAD', start })
const grouped = (group: string, config: Config = {}): Config => ({ command: 'XREADGROUP', group, start: '0', ...config })

function write(stage: Stage, count: number, everyMs: number): Stage {
  for (let n = 0; n < count; n += 1) stage.say('writer').go(everyMs)
  return stage
}

/** Reads all from the start, dies, and reads all again. */
function readAgain(): number {
  const stage = write(new Stage(log([{ id: 'reader', config: alone('0') }])).go(10), 10, 20).go(500)
  const once = stage.probe('reader', 'received')
  return stage.crash('reader').go(100).restart('reader').go(2000).probe('reader', 'received') - once
}

/** Two groups: the one has two consumers, the other has one. */
function groups(): { readonly split: Json; readonly second: number; readonly length: number; readonly pending: number } {
  const readers = [{ id: 'a', config: grouped('g1') }, { id: 'b', config: grouped('g1') }, { id: 'h', config: grouped('g2') }]
  const stage = write(new Stage(log(readers)).go(10), 10, 20).go(1000)
  const split = ['a', 'b'].map(id => [...stage.numbers('finished', id)])
  const second = stage.probe('h', 'processed')
  write(stage, 1, 20).go(1000)
  return { split, second, length: stage.probe('log', 'length'), pending: stage.probe('log', 'pending') }
}

/** Fifty are added under MAXLEN 20 before the group's only consumer comes. */
function trimmed(): number {
  const stage = new Stage(log([{ id: 'slow', config: grouped('g', { count: 1 }) }], { trimming: '=', length: 20 })).crash('slow').go(10)
  return write(stage, 50, 5).go(100).restart('slow').go(3000).probe('slow', 'received')
}

/** Three consumers wait, in the order they began to; three entries come. */
function served(): boolean {
  const ids = ['a', 'b', 'c']
  const stage = new Stage(log(ids.map(id => ({ id, config: grouped('g', { start: '$' }) })))).go(10)
  for (const id of ids) stage.crash(id)
  // They come back one after the other, in an order that is not the document's.
  const order = ['c', 'a', 'b']
  stage.go(50)
  for (const id of order) stage.restart(id).go(50)
  write(stage, 3, 50)
  return order.every((id, n) => stage.numbers('finished', id).join() === String(n + 1))
}

/** One consumer takes ten and acknowledges none; when they have been idle for long enough another claims them. */
function claimed(): number {
  const hoarder = { id: 'a', config: grouped('g', { count: 10 }), acknowledge: 'never' } as const
  const claimer = { id: 'b', config: grouped('g', { claimIdle: 500, claimEvery: 100, count: 10 }), acknowledge: 'never' } as const
  const stage = new Stage(log([hoarder, claimer])).crash('b').go(10)
  write(stage, 10, 20).go(300)
  if (stage.probe('log', 'pending') !== 10) throw new Error(`pending: ${stage.probe('log', 'pending')} of 10`)
  stage.crash('a').restart('b').go(5000)
  // It claims them again and again, as it acknowledges none: each counts once.
  return new Set(stage.numbers('delivered', 'b')).size
}

const streamsLog: Scenario = {
  id: 'streams-log',
  measure: () => {
    const two = groups()
    return {
      're-read from start': value(readAgain()),
      'length after all acknowledged': value(two.pending === 0 ? two.length : `${two.pending} are pending`),
      'group split of 10 entries': value(two.split),
      'second group gets all': value(two.second),
      'trim to 20 under a slow group: delivered': value(trimmed()),
      'blocked consumers are served first-come first-served': value(served()),
      'claim moves all idle pending to the claimer': value(claimed()),
    }
  },
}

export interface StreamsCrash {
  readonly done: number
  readonly pending: number
  readonly byAnother: number
  readonly bySame: readonly number[]
}

/** B, which was started before A, is killed in its fourth task; a worker of another name comes; then B is back. */
export function crackerStreamsCrash(): StreamsCrash {
  const stage = new Stage(crackerStreams(['A', 'B'], { serviceMs: 20, producerLatencyMs: 100 })).crash('A').go(20).restart('A')
  let begun = 0
  stage.goUntil((fact, id) => fact.verb === 'started' && id === 'B' && (begun += 1) === 4)
  stage.go(10).crash('B').go(3000)
  const done = stage.probe('collector', 'processed')
  const pending = stage.probe('tasks_stream', 'pending')
  const added = crackerStreams(['A', 'B', 'C'], { serviceMs: 20 })
  const ofC = (one: Channel): boolean => one.from === 'C' || one.to === 'C'
  stage.edit({ edit: 'add-nodes', nodes: added.nodes.filter(one => one.id === 'C') }, { edit: 'add-channels', channels: added.channels.filter(ofC) }).go(3000)
  const byAnother = stage.probe('C', 'sent')
  const backMs = stage.nowMs
  stage.restart('B').go(3000)
  return { done, pending, byAnother, bySame: [...stage.numbers('finished', 'B', backMs)] }
}

/** Tasks given out when the producer was there before the group: its only worker connects when all has been sent. */
export function producerFirst(): number {
  return new Stage(crackerStreams(['W1'], { serviceMs: 1 })).crash('W1').crash('redis').restart('redis').go(5000).restart('W1').go(5000).probe('W1', 'received')
}

/** Tasks given out when the group exists and its worker is away; and whether a collector that starts after the answers sees them. */
export function workersDown(): { readonly delivered: number; readonly seen: boolean } {
  const stage = new Stage(crackerStreams(['W1'], { serviceMs: 1, producerLatencyMs: 500 })).go(100).crash('W1').crash('collector').go(2000)
  stage.restart('W1').go(3000)
  const delivered = stage.probe('W1', 'received')
  return { delivered, seen: stage.restart('collector').go(3000).probe('collector', 'received') > 0 }
}

export const scenarios: readonly Scenario[] = [redisOutageScenario, streamsLog]
