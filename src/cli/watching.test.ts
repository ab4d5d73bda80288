import { describe, expect, it } from 'vitest'
import type { Breakpoint, Condition, Hit } from '../contract/breakpoint.ts'
import { readLog } from '../engine/fact-log.ts'
import { createRun, type Run } from '../engine/run.ts'
import { FACTS_KEPT } from '../engine/trace.ts'
import { whereaboutsOf } from '../engine/whereabouts.ts'
import { randomStream } from '../kernel/random.ts'
import { applyEdits } from '../topology/edit.ts'
import type { Channel, Config, Topology, TopologyNode } from '../topology/document.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { randomInput, randomTopology } from './testing/random-topology.ts'

/** Who watches a run changes nothing of it, and stops it at the same event however it is sliced and whoever carries it. */
const KINDS = catalogue()
const MODELS = models()
const SECOND = 1e9
/** `RANDOM_RUNS=1000 npx vitest run src/cli/watching` looks further. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 15)

const constant = (value: number): Config => ({ law: 'constant', value })
const node = (type: string, id: string, config: Config, within?: string): TopologyNode => ({ id, type, label: id, at: { x: 0, y: 0 }, config, ...(within === undefined ? {} : { within }) })
const channel = (type: string, from: string, to: string, config: Config = {}): Channel => ({ id: `${from}-${to}`, type, from, to, config: { latency: constant(10), ...config } })

/** Orders with two keys; every second attempt fails, and what fails becomes a dead letter. */
const ORDERS: Topology = {
  format: 1,
  title: 'Orders',
  seed: 7,
  nodes: [
    node('app.producer', 'shop', { rate: 200, arrival: 'poisson', key: 'orders.eu\norders.us' }),
    node('amqp.broker', 'rabbit', {}),
    node('amqp.exchange', 'orders', { exchangeType: 'topic' }, 'rabbit'),
    node('amqp.queue', 'work', { deadLetterExchange: '(default)', deadLetterRoutingKey: 'dead', maxLength: 40 }, 'rabbit'),
    node('amqp.queue', 'dead', {}, 'rabbit'),
    node('app.consumer', 'worker', { serviceTime: { law: 'exponential', mean: 12 }, failureRate: 0.2, onFailure: 'reject' }),
  ],
  channels: [channel('amqp.publish', 'shop', 'orders'), channel('amqp.binding', 'orders', 'work', { routingKey: 'orders.#' }), channel('amqp.consume', 'work', 'worker', { prefetch: 2 })],
}

const breakpoint = (when: Condition, more: Partial<Breakpoint> = {}): Breakpoint => ({ id: JSON.stringify(when), on: true, once: false, when, ...more })
const NEVER = breakpoint({ watch: 'fact', key: 'no such key *' })

function run(topology = ORDERS, machineAfter = 0): Run {
  return createRun({ topology, catalogue: KINDS, models: MODELS, machineAfter })
}

/** Advances to a time in slices of so many events, whatever stops it on the way; tells what did. */
function advance(one: Run, untilNs: number, budget: number): readonly (Hit & { readonly events: number })[] {
  const hits: (Hit & { readonly events: number })[] = []
  for (;;) {
    const reason = one.proceed(untilNs, budget)
    if (reason === 'watched') hits.push(...one.takeHits().map(hit => ({ ...hit, events: one.events })))
    if (reason === 'reached' || reason === 'ended') return hits
  }
}

const CONDITIONS: readonly Condition[] = [
  { watch: 'fact', verb: 'dead-lettered', key: 'orders.eu' },
  { watch: 'fact', verb: 'failed' },
  { watch: 'fact', node: 'rabbit', verb: 'dead-lettered', reason: 'rejected' },
  { watch: 'packet', channel: 'work-worker', does: 'arrives', key: '*.us' },
  { watch: 'level', node: 'work', probe: 'ready', from: 12 },
]

describe('a run that is watched', () => {
  it.each([...CONDITIONS, NEVER.when])('has the same history: %o', when => {
    const plain = run()
    plain.advance(3 * SECOND)
    for (const machineAfter of [0, Infinity]) {
      const watched = run(ORDERS, machineAfter)
      watched.watch([breakpoint(when)])
      advance(watched, 3 * SECOND, 100)
      expect([watched.digest(), watched.events, watched.nowNs, watched.ledger()]).toEqual([plain.digest(), plain.events, plain.nowNs, plain.ledger()])
    }
    expect(plain.carried).toBeGreaterThan(0)
  })

  it.each(CONDITIONS)('stops at the same events however it is sliced, and nowhere else: %o', when => {
    const told = [1, 7, 1e9].map(budget => {
      const one = run()
      one.watch([breakpoint(when)])
      return advance(one, SECOND, budget)
    })
    expect(told[0]!.length).toBeGreaterThan(1)
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
  })

  it('goes back to the machine when nothing is watched for any more, and can be watched in the middle', () => {
    const one = run()
    one.advance(SECOND)
    one.watch([NEVER])
    const before = one.carried
    one.advance(2 * SECOND)
    expect(one.carried).toBe(before)
    one.watch([])
    one.advance(3 * SECOND)
    expect(one.carried).toBeGreaterThan(before)
    const plain = run()
    plain.advance(3 * SECOND)
    expect(one.digest()).toBe(plain.digest())
  })

  it.each(Array.from({ length: RUNS }, (_, n) => n + 1))('seed %i: faults, edits and sends come to the same with any breakpoint', seed => {
    const random = randomStream(seed, 'story')
    const topology = randomTopology(random, seed)
    const [plain, watched] = [run(topology, Infinity), run(topology)]
    const list = [NEVER, breakpoint({ watch: 'fact', verb: 'discarded' }), ...topology.channels.slice(0, 2).map(one => breakpoint({ watch: 'packet', channel: one.id }))]
    let present = topology
    for (let n = 0; n < 8 && present.nodes.length > 0; n += 1) {
      watched.watch(n % 3 === 2 ? [] : list)
      const until = Math.floor(plain.nowNs + 0.02 * SECOND * (1 + random.uniform()))
      plain.advance(until)
      advance(watched, until, 50)
      const input = randomInput(random, present)
      for (const one of [plain, watched]) one.input(input)
      watched.takeHits()
      if (input.input === 'edit') present = applyEdits(present, input.edits).topology
      expect([watched.digest(), watched.nowNs]).toEqual([plain.digest(), plain.nowNs])
    }
  })
})

describe('a breakpoint', () => {
  it('stops right after the fact that it asks for, and tells it', () => {
    const one = run()
    one.watch([breakpoint({ watch: 'fact', node: 'work', verb: 'dead-lettered', reason: 'rejected', key: '*.us', type: 'command' })])
    expect(one.proceed(2 * SECOND)).toBe('reached')
    one.watch([breakpoint({ watch: 'fact', node: 'work', verb: 'dead-lettered', reason: 'rejected', key: '*.us' })])
    expect(one.proceed(4 * SECOND)).toBe('watched')
    const [hit] = one.takeHits()
    const [fact] = readLog(one, { filter: [{ field: 'kind', not: false, anyOf: ['dead-lettered'] }], from: 0, before: Infinity, limit: 1 }).rows
    expect(hit).toMatchObject({ atNs: one.nowNs, part: { part: 'node', id: 'work' }, message: { identity: fact!.message!.identity }, says: `${fact!.says}.` })
    expect(fact).toMatchObject({ atNs: one.nowNs, reason: 'rejected', message: { key: 'orders.us' }, says: expect.stringMatching(/^shop#\d+ became a dead letter at work: rejected$/) as string })
  })

  it('that is good for one hit has one, until it is turned off and on again', () => {
    const one = run()
    const once = breakpoint({ watch: 'fact', verb: 'dead-lettered' }, { once: true })
    one.watch([once])
    expect(advance(one, SECOND, 1e9)).toHaveLength(1)
    one.watch([once, NEVER])
    expect(advance(one, 2 * SECOND, 1e9)).toHaveLength(0)
    one.watch([{ ...once, on: false }, NEVER])
    one.watch([once, NEVER])
    expect(advance(one, 3 * SECOND, 1e9)).toHaveLength(1)
  })

  it('on a level is hit each time it comes to the number from below', () => {
    const one = run()
    one.watch([breakpoint({ watch: 'level', node: 'work', probe: 'ready', from: 12 })])
    const hits = advance(one, 2 * SECOND, 1e9)
    expect(new Set(hits.map(hit => hit.says))).toEqual(new Set(['work: ready came to 12.']))
  })

  it('is hit by a live input', () => {
    const one = run()
    one.watch([breakpoint({ watch: 'fact', node: 'rabbit', verb: 'crashed' })])
    one.advance(SECOND)
    one.input({ input: 'fault', fault: { fault: 'crash', node: 'rabbit' } })
    expect(one.takeHits()).toMatchObject([{ says: 'rabbit crashed.' }])
  })

  it('sees every fact of an event that states more than the trace keeps', () => {
    const full: Topology = {
      ...ORDERS,
      nodes: [node('app.producer', 'early', { rate: 1000, arrival: 'regular', limit: 1, key: 'first', persistent: false }), node('app.producer', 'shop', { rate: 50_000, arrival: 'regular', persistent: false }), node('amqp.broker', 'rabbit', {}), node('amqp.queue', 'work', {}, 'rabbit')],
      channels: [channel('amqp.publish', 'early', 'work', { latency: constant(0) }), channel('amqp.publish', 'shop', 'work')],
    }
    const one = run(full)
    one.advance(0.5 * SECOND)
    one.watch([breakpoint({ watch: 'fact', verb: 'discarded', key: 'first' })])
    const before = one.core.trace.count
    one.input({ input: 'fault', fault: { fault: 'crash', node: 'rabbit' } })
    expect(one.core.trace.count - before).toBeGreaterThan(FACTS_KEPT)
    expect(one.takeHits().map(hit => hit.says)).toContain('early#1 died at work: broker crashed.')
  })

  it('on what is gone is not hit, and is again when it is back', () => {
    const one = run()
    one.watch([breakpoint({ watch: 'fact', node: 'worker', verb: 'started' })])
    const worker = ORDERS.nodes.find(other => other.id === 'worker')!
    const line = ORDERS.channels.find(other => other.to === 'worker')!
    one.input({ input: 'edit', edits: [{ edit: 'remove', nodes: ['worker'], channels: [line.id] }] })
    expect(advance(one, SECOND, 1e9)).toHaveLength(0)
    one.input({ input: 'edit', edits: [{ edit: 'add-nodes', nodes: [worker] }, { edit: 'add-channels', channels: [line] }] })
    expect(advance(one, 2 * SECOND, 1e9).length).toBeGreaterThan(0)
  })
})

describe('the event log', () => {
  const newest = (one: Run, filter: Parameters<typeof readLog>[1]['filter']) => readLog(one, { filter, from: 0, before: Infinity, limit: FACTS_KEPT }).rows
  const term = (field: 'node' | 'kind' | 'message' | 'key' | 'correlation' | 'type' | 'reason' | 'text', ...anyOf: string[]) => ({ field, not: false, anyOf })

  it('tells key and type of messages that are long gone, also when the machine stated the facts', () => {
    const [plain, fast] = [Infinity, 0].map(machineAfter => run(ORDERS, machineAfter)) as [Run, Run]
    for (const one of [plain, fast]) one.advance(4 * SECOND)
    expect(newest(fast, [])).toEqual(newest(plain, []))
    const rows = newest(fast, [])
    expect(rows.every(row => row.message === null || ['orders.eu', 'orders.us', 'dead'].includes(row.message.key))).toBe(true)
    expect(rows.filter(row => row.verb === 'settled').length).toBeGreaterThan(10)
  })

  it('keeps what it tells of a message through a whole round of the ring, when each has a content of its own', () => {
    const own: Topology = { ...ORDERS, nodes: ORDERS.nodes.map(other => (other.id === 'shop' ? { ...other, config: { rate: 5000, arrival: 'regular', key: 'orders.{n}', limit: 9000 } } : other.id === 'work' ? { ...other, config: {} } : other)), channels: ORDERS.channels.slice(0, 2) }
    const one = run(own)
    one.advance(3 * SECOND)
    expect(one.core.trace.oldest).toBeGreaterThan(0)
    const wrong = newest(one, []).filter(({ message }) => message !== null && message.key !== `orders.${message.identity.slice('shop#'.length)}`)
    expect(wrong).toEqual([])
  })

  it('is filtered by each field, by several, and by what is not', () => {
    const one = run()
    one.advance(2 * SECOND)
    const all = newest(one, [])
    const count = (...filter: Parameters<typeof newest>[1]): number => newest(one, filter).length
    expect(count(term('kind', 'Dead-lettered'))).toBe(all.filter(row => row.verb === 'dead-lettered').length)
    expect(count(term('node', 'w*'), term('kind', 'enqueued', 'started'))).toBe(all.filter(row => ['work', 'worker'].includes(row.node) && ['enqueued', 'started'].includes(row.verb)).length)
    expect(count(term('key', '*.us'))).toBe(all.filter(row => row.message?.key === 'orders.us').length)
    expect(count({ ...term('key', '*.us'), not: true })).toBe(all.filter(row => row.message?.key !== 'orders.us').length)
    expect(count(term('reason', 'queue full'))).toBe(all.filter(row => row.reason === 'queue full').length)
    expect(count(term('message', 'shop#3'))).toBe(all.filter(row => row.message?.identity === 'shop#3').length)
    expect(count(term('text', 'dead letter'))).toBe(all.filter(row => row.says.includes('dead letter')).length)
    for (const filter of [[term('key', '*.us')], [term('reason', 'queue full')], [term('text', 'dead letter')]]) expect(newest(one, filter).length).toBeGreaterThan(0)
  })

  it('finds what belongs together by its correlation', () => {
    const split: Topology = {
      ...ORDERS,
      nodes: [node('app.ventilator', 'ventilator', { tasks: 3 }), node('amqp.broker', 'rabbit', {}), node('amqp.queue', 'tasks', {}, 'rabbit'), node('app.worker', 'worker', {})],
      channels: [channel('amqp.publish', 'ventilator', 'tasks'), channel('amqp.consume', 'tasks', 'worker')],
    }
    const one = run(split)
    one.advance(5 * SECOND)
    const [first] = newest(one, [term('kind', 'published')])
    expect(first!.message!.correlation).toMatch(/^ventilator:/)
    const together = newest(one, [term('correlation', first!.message!.correlation!)])
    expect(new Set(together.map(row => row.message!.correlation))).toEqual(new Set([first!.message!.correlation]))
    expect(new Set(together.map(row => row.message!.identity)).size).toBeGreaterThan(1)
  })
})

describe('a message that is followed', () => {
  it('is told where it is, from its publishing to its end', () => {
    const one = run({ ...ORDERS, nodes: ORDERS.nodes.map(other => (other.id === 'shop' ? { ...other, config: { rate: 1, arrival: 'regular', key: 'orders.eu' } } : other.id === 'worker' ? { ...other, config: { serviceTime: constant(50) } } : other)) })
    const told = [1004, 1014, 1025, 1060, 1085, 1200].map(ms => {
      one.advance(ms * 1e6)
      const found = whereaboutsOf(one, 'shop#1', 0)!
      return [found.at, found.says, found.over]
    })
    expect(told).toEqual([
      [{ on: 'wire', channel: 'shop-orders', way: 0, share: 0.4 }, 'shop#1 is on its way from shop to orders.', false],
      [{ on: 'wire', channel: 'orders-work', way: 0, share: expect.closeTo(0.4) as number }, 'shop#1 is on its way from orders to work.', false],
      [{ on: 'wire', channel: 'work-worker', way: 0, share: expect.closeTo(0.5) as number }, 'shop#1 is on its way from work to worker.', false],
      [{ on: 'node', node: 'worker' }, 'shop#1 is with worker.', false],
      [{ on: 'node', node: 'worker' }, 'shop#1 is with worker.', false],
      [{ on: 'node', node: 'work' }, 'shop#1: It is done: its consumer acknowledged it, and work let it go.', true],
    ])
  })

  it('of which nothing is known is nowhere', () => {
    expect(whereaboutsOf(run(), 'shop#999', 0)).toBeNull()
    expect(whereaboutsOf(run(), 'nobody#1', 0)).toBeNull()
  })
})

describe('a step', () => {
  const step = (one: Run, stride: 'event' | 'hop' | 'message') => {
    one.beginStep(stride)
    while (one.proceed(Infinity, 1000) === 'budget');
    return one.endStep()
  }

  it('by hop goes from departure to arrival', () => {
    const one = run({ ...ORDERS, nodes: ORDERS.nodes.map(other => (other.id === 'shop' ? { ...other, config: { rate: 1, arrival: 'regular', key: 'orders.eu' } } : other)) })
    const says = Array.from({ length: 4 }, () => step(one, 'hop')?.says)
    expect(says).toEqual(['shop#1 leaves shop for orders.', 'shop#1 arrives at orders from shop. shop#1 leaves orders for work.', 'shop#1 arrives at work from orders. shop#1 leaves work for worker.', 'shop#1 arrives at worker from work.'])
  })

  it('by message ends when the last copy of one does, and comes to the same history', () => {
    const one = run()
    const first = step(one, 'message')
    expect(first?.says).toMatch(/^shop#\d+ is done: its last copy came to its end at work\.$/)
    const { rows } = readLog(one, { filter: [{ field: 'message', not: false, anyOf: [first!.message!.identity] }], from: 0, before: Infinity, limit: 100 })
    expect(rows.at(-1)).toMatchObject({ verb: 'settled', atNs: one.nowNs })
    for (let n = 0; n < 50; n += 1) step(one, (['event', 'hop', 'message'] as const)[n % 3]!)
    one.advance(3 * SECOND)
    const plain = run()
    plain.advance(3 * SECOND)
    expect(one.digest()).toBe(plain.digest())
  })

  it('comes to nothing when nothing is left to happen', () => {
    const one = run({ ...ORDERS, nodes: [], channels: [] })
    expect(step(one, 'event')).toBeNull()
  })
})
