import { expect, test } from 'vitest'
import type { Fault } from '../contract/input.ts'
import type { Crossing, Sequence } from '../contract/sequence.ts'
import { randomTopology } from '../cli/testing/random-topology.ts'
import { channel, constant, node, SECOND } from '../cli/testing/scene.ts'
import { randomStream } from '../kernel/random.ts'
import type { Topology } from '../topology/document.ts'
import { catalogue, models } from './catalogue.ts'
import { Rerun } from './rerun.ts'
import { Simulation } from './simulation.ts'

/** One order every 200 ms, 50 ms a hop, into a queue that a worker takes from; on a wire that may be cut. */
const ORDERS: Topology = {
  format: 1,
  title: 'orders',
  seed: 1,
  nodes: [
    node('app.producer', 'shop', { rate: 5, arrival: 'regular', key: 'orders.eu' }),
    node('amqp.broker', 'rabbit'),
    node('amqp.exchange', 'orders', { exchangeType: 'topic' }, 'rabbit'),
    node('amqp.queue', 'work', {}, 'rabbit'),
    node('app.consumer', 'worker', { serviceTime: constant(10) }),
  ],
  channels: [channel('amqp.publish', 'shop', 'orders'), channel('amqp.binding', 'orders', 'work', { routingKey: 'orders.#', latency: constant(0) }), channel('amqp.consume', 'work', 'worker')],
}

/** A simulation as people have it, and its history once more. */
function watching(topology: Topology): { readonly simulation: Simulation; readonly rerun: Rerun; ask(fromNs: number, toNs: number, message?: string): Promise<Sequence> } {
  const simulation = new Simulation(catalogue(), models())
  simulation.load(topology)
  const rerun = new Rerun(catalogue(), models())
  const ask = async (fromNs: number, toNs: number, message: string | null = null): Promise<Sequence> => {
    const { changed } = simulation.history(null)
    return (await rerun.record(changed!, { fromNs, toNs, message }))!
  }
  return { simulation, rerun, ask }
}
const short = ({ from, to, departNs, endNs, end, reason, identity }: Crossing): string => `${identity} ${from}→${to} ${departNs / 1e6}–${endNs / 1e6} ${end}${reason === null ? '' : ` (${reason})`}`

test('tells what departed and arrived, also what already flew when the stretch begins and still flies when it ends', async () => {
  const { simulation, ask } = watching(ORDERS)
  await simulation.runUntil(3 * SECOND)
  const told = await ask(1.24 * SECOND, 1.33 * SECOND)
  expect(told.crossings.map(short)).toEqual(['shop#6 shop→orders 1200–1250 arrived', 'shop#6 orders→work 1250–1250 arrived', 'shop#6 work→worker 1250–1300 arrived'])
  expect(told.facts.map(fact => `${fact.atNs / 1e6} ${fact.node} ${fact.verb} ${fact.identity}`)).toEqual([
    '1250 orders routed shop#6', '1250 work enqueued shop#6', '1250 work handed-out shop#6', '1300 worker delivered shop#6', '1300 worker started shop#6', '1310 worker finished shop#6',
  ])
  expect([told.nodes['work']?.label, told.nodes['work']?.within, told.cut, told.down]).toEqual(['work', 'rabbit', false, []])
  const flying = await ask(1.39 * SECOND, 1.42 * SECOND)
  expect(flying.crossings.map(short)).toEqual(['shop#7 shop→orders 1400–1450 flying'])
})

test('tells what a cut holds, what is lost with a crash, and who is down', async () => {
  const { simulation, ask } = watching(ORDERS)
  const at = async (ms: number, fault: Fault): Promise<void> => {
    await simulation.runUntil(ms * 1e6 - 1)
    await simulation.input({ input: 'fault', fault })
  }
  await at(1220, { fault: 'cut', channel: 'shop>orders' })
  await at(1330, { fault: 'heal', channel: 'shop>orders' })
  await at(1430, { fault: 'crash', node: 'rabbit' })
  await simulation.runUntil(2 * SECOND)
  const told = await ask(1.1 * SECOND, 1.5 * SECOND)
  expect(told.crossings.map(short)).toEqual([
    'shop#5 work→worker 1050–1100 arrived',
    'shop#6 shop→orders 1200–1220 held',
    'shop#6 shop→orders 1330–1380 arrived',
    'shop#6 orders→work 1380–1380 arrived',
    // What a broker had sent when it crashed arrives all the same.
    'shop#6 work→worker 1380–1430 arrived',
    'shop#7 shop→orders 1400–1430 lost (connection lost)',
  ])
  expect((await ask(1.6 * SECOND, 1.7 * SECOND)).down).toEqual(['rabbit'])
})

test('tells one message alone', async () => {
  const { simulation, ask } = watching(ORDERS)
  await simulation.runUntil(3 * SECOND)
  const told = await ask(0, 3 * SECOND, 'shop#6')
  expect(told.crossings.map(short)).toEqual(['shop#6 shop→orders 1200–1250 arrived', 'shop#6 orders→work 1250–1250 arrived', 'shop#6 work→worker 1250–1300 arrived'])
  expect(new Set(told.facts.filter(fact => fact.identity !== null).map(fact => fact.identity))).toEqual(new Set(['shop#6']))
})

test('goes on with the run that is watched, back before what it saw, and answers as if it had been asked at once', async () => {
  const { simulation, ask } = watching(ORDERS)
  await simulation.runUntil(2 * SECOND)
  await ask(1.5 * SECOND, 2 * SECOND)
  await simulation.input({ input: 'edit', edits: [{ edit: 'configure', of: 'node', id: 'shop', config: { rate: 50, arrival: 'regular', key: 'orders.eu' } }] })
  await simulation.runUntil(4 * SECOND)
  const later = await ask(2 * SECOND, 4 * SECOND)
  expect(later.crossings.length).toBeGreaterThan(250)
  expect(await ask(0.5 * SECOND, 1.5 * SECOND)).toMatchObject({ fromNs: 0.5 * SECOND, cut: false })
  const fresh = watching(ORDERS)
  const { changed } = simulation.history(null)
  expect((await fresh.rerun.record(changed!, { fromNs: 2 * SECOND, toNs: 4 * SECOND, message: null }))!.crossings).toEqual(later.crossings)
})

test('keeps the newest of what is too much, and says so', async () => {
  const busy: Topology = { ...ORDERS, nodes: ORDERS.nodes.map(one => (one.id === 'shop' ? { ...one, config: { rate: 5000, arrival: 'regular', key: 'orders.eu' } } : one)) }
  const { simulation, ask } = watching(busy)
  await simulation.runUntil(4 * SECOND)
  const told = await ask(0, 4 * SECOND)
  expect(told.cut).toBe(true)
  expect(told.fromNs).toBeGreaterThan(0)
  expect(told.crossings.length).toBeGreaterThan(5000)
  // Complete from where it begins: the same as when only that is asked for.
  const rest = await ask(told.fromNs, 4 * SECOND)
  expect(rest.cut).toBe(false)
  expect(rest.crossings).toEqual(told.crossings)
})

test('a newer question ends the work for the one before', async () => {
  const { simulation, rerun } = watching(ORDERS)
  await simulation.runUntil(2000 * SECOND)
  const { changed } = simulation.history(null)
  const [first, second] = await Promise.all([rerun.record(changed!, { fromNs: 1999 * SECOND, toNs: 2000 * SECOND, message: null }), rerun.record(changed!, { fromNs: 0, toNs: SECOND, message: null })])
  expect([first, second?.toNs]).toEqual([null, SECOND])
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('whoever looks changes nothing: random topology %i has the same digest and the same facts, watched, looked at, and once more', async seed => {
  const topology = randomTopology(randomStream(seed, 'topology'), seed)
  const [alone, { simulation, ask }] = [new Simulation(catalogue(), models()), watching(topology)]
  alone.load(topology)
  for (const seconds of [0.5, 1, 2]) {
    await simulation.runUntil(seconds * SECOND)
    await ask(Math.max(0, seconds - 0.3) * SECOND, seconds * SECOND)
  }
  const { digest } = await alone.runUntil(2 * SECOND)
  expect((await simulation.runUntil(2 * SECOND)).digest).toBe(digest)
  const rows = simulation.trace({ limit: 1000 })
  const told = (await ask(rows[0]?.atNs ?? 0, 2 * SECOND)).facts.slice(-rows.length)
  expect(told.map(({ atNs, node, verb, identity, reason }) => ({ atNs, node, verb, message: identity, reason }))).toEqual(rows.map(({ atNs, node, verb, message, reason }) => ({ atNs, node, verb, message, reason })))
})
