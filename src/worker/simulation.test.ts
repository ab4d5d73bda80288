import { expect, test } from 'vitest'
import { emptyTopology, type Topology } from '../topology/document.ts'
import { catalogue, models } from './catalogue.ts'
import type { FiguresPush } from './api.ts'
import { Simulation } from './simulation.ts'

const QUEUE = { id: 'jobs', type: 'amqp.queue', label: 'jobs', at: { x: 0, y: 0 }, within: 'broker', config: {} }
const LINE = { id: 'shop-jobs', type: 'amqp.publish', from: 'shop', to: 'jobs', config: {} }
const SHOP = { id: 'shop', type: 'app.producer', label: 'shop', at: { x: 0, y: 0 }, config: { rate: 10, arrival: 'regular' } }
const BROKER = { id: 'broker', type: 'amqp.broker', label: 'broker', at: { x: 0, y: 0 }, config: {} }

test('an input that another run overtook is no input of that run', async () => {
  const simulation = new Simulation(catalogue(), models())
  simulation.load(topology(BROKER))
  const late = simulation.input({ input: 'edit', edits: [{ edit: 'add-nodes', nodes: [QUEUE] }] })
  simulation.load(topology(BROKER, QUEUE))
  await late
  expect(simulation.journal()).toEqual([])
  expect(simulation.reset().problems).toEqual([])
})

test('inputs are taken in the order in which they were given', async () => {
  const simulation = new Simulation(catalogue(), models())
  simulation.load(topology(BROKER))
  const inputs = [simulation.input({ input: 'edit', edits: [{ edit: 'add-nodes', nodes: [QUEUE] }] }), simulation.input({ input: 'fault', fault: { fault: 'crash', node: 'broker' } })]
  await Promise.all(inputs)
  expect(simulation.journal().map(entry => entry.live.input)).toEqual(['edit', 'fault'])
  expect(simulation.node('jobs')?.state).toBe('down')
})

test('what a broker refuses goes out with the figures, once for each change', async () => {
  const simulation = new Simulation(catalogue(), models())
  const { port1, port2 } = new MessageChannel()
  simulation.attachFigures(port1)
  const pull = () =>
    new Promise<FiguresPush>(resolve => {
      port2.onmessage = (event: MessageEvent<FiguresPush>) => resolve(event.data)
      port2.postMessage({ kind: 'pull', buffer: null })
    })
  const bad = { ...QUEUE, config: { queueType: 'quorum', durable: false } }
  simulation.load(topology(BROKER, bad))
  expect((await pull()).troubles).toEqual([{ code: 'amqp.refused.406', severity: 'error', part: 'jobs', says: "RabbitMQ refuses “jobs”: 406 PRECONDITION_FAILED - invalid property 'non-durable' for queue 'jobs' in vhost '/'" }])
  expect((await pull()).troubles).toBeUndefined()
  await simulation.input({ input: 'edit', edits: [{ edit: 'configure', of: 'node', id: 'jobs', config: {} }] })
  expect((await pull()).troubles).toEqual([])
  simulation.load(topology(BROKER, bad))
  expect((await pull()).troubles?.length).toBe(1)
  port1.close()
})

const pulled = (simulation: Simulation) => {
  const { port1, port2 } = new MessageChannel()
  simulation.attachFigures(port1)
  return {
    close: () => port1.close(),
    pull: () =>
      new Promise<FiguresPush>(resolve => {
        port2.onmessage = (event: MessageEvent<FiguresPush>) => resolve(event.data)
        port2.postMessage({ kind: 'pull', buffer: null })
      }),
  }
}

test('a run stops by itself at a breakpoint, in each run anew, and that goes out once with the figures', async () => {
  const simulation = new Simulation(catalogue(), models())
  const { pull, close } = pulled(simulation)
  simulation.watch([{ id: 'p', on: true, once: false, when: { watch: 'fact', node: 'shop', verb: 'published' } }])
  for (const speed of ['max', 1000] as const) {
    simulation.load({ ...topology(SHOP, BROKER, QUEUE), channels: [LINE] })
    simulation.setSpeed(speed)
    simulation.play()
    let push = await pull()
    while (!push.hits) push = await pull()
    expect(push.hits).toMatchObject([{ breakpoint: 'p', says: 'shop published shop#1.', part: { part: 'node', id: 'shop' }, message: { identity: 'shop#1' } }])
    expect((await pull()).hits).toBeUndefined()
    expect(simulation.log({ filter: [], from: 0, before: Infinity, limit: 9 }).rows.filter(row => row.verb === 'published')).toHaveLength(1)
  }
  close()
})

test('a step is over when another command comes between, or what it waits for lies too far ahead', async () => {
  const simulation = new Simulation(catalogue(), models())
  simulation.load({ ...topology(SHOP, BROKER, QUEUE), channels: [LINE] })
  simulation.watch([{ id: 'p', on: true, once: true, when: { watch: 'fact', node: 'shop', verb: 'published' } }])
  expect((await simulation.step('message'))?.says).toBeUndefined()
  const published = (): number => simulation.ledger().published
  expect(published()).toBe(1)
  // Nobody takes from the queue: no message is ever done.
  const step = simulation.step('message')
  simulation.pause()
  expect(await step).toBeNull()
  const interrupted = published()
  expect(await simulation.step('message')).toBeNull()
  expect(published()).toBeGreaterThan(interrupted)
  expect((await simulation.step('event'))?.says).toMatch(/shop#\d+/)
})

function topology(...nodes: Topology['nodes'][number][]): Topology {
  return { ...emptyTopology(), nodes }
}

test('names of cursors go out with the figures when there are more of them, and with each layout', async () => {
  const simulation = new Simulation(catalogue(), models())
  const at = { x: 0, y: 0 }
  const reader = (id: string) => ({ id: `log-${id}`, type: 'redis.read', from: 'log', to: id, config: { group: id, start: '0' } })
  const consumer = (id: string) => ({ id, type: 'app.consumer', label: id, at, config: {} })
  simulation.load({ ...emptyTopology(), nodes: [{ id: 'redis', type: 'redis.server', label: 'redis', at, config: {} }, { id: 'log', type: 'redis.stream', label: 'log', at, within: 'redis', config: {} }, consumer('billing')], channels: [reader('billing')] })
  const { pull, close } = pulled(simulation)
  expect((await pull()).names).toEqual([])
  await simulation.runUntil(2e9)
  expect((await pull()).names).toEqual(['billing'])
  expect((await pull()).names).toBeUndefined()
  await simulation.input({ input: 'edit', edits: [{ edit: 'add-nodes', nodes: [consumer('audit')] }, { edit: 'add-channels', channels: [reader('audit')] }] })
  await simulation.runUntil(4e9)
  expect((await pull()).names).toEqual(['audit', 'billing'])
  close()
})
