import { expect, test } from 'vitest'
import { emptyTopology, type Topology } from '../topology/document.ts'
import { catalogue, models } from './catalogue.ts'
import type { FiguresPush } from './api.ts'
import { Simulation } from './simulation.ts'

const QUEUE = { id: 'jobs', type: 'amqp.queue', label: 'jobs', at: { x: 0, y: 0 }, within: 'broker', config: {} }
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

function topology(...nodes: Topology['nodes'][number][]): Topology {
  return { ...emptyTopology(), nodes }
}
