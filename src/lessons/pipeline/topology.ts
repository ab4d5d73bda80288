import { channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(400) }
const WORKERS = ['worker 1', 'worker 2', 'worker 3'] as const

export const starter: Starter = {
  id: 'pipeline',
  order: 9,
  title: 'A pipeline without a broker',
  summary: 'ZeroMQ sockets from one application to the next: PUSH hands tasks out in turn, PULL gathers the results. Crash a worker: what it had is gone.',
  topology: starterTopology({
    title: 'A pipeline without a broker',
    nodes: [
      node('app.producer', 'ventilator', 'ventilator', { x: 0, y: 140 }, { rate: 3, messageType: 'command', key: 'tasks', body: '{"task":{n}}' }),
      ...WORKERS.map((label, n) => node('app.service', label.replace(' ', '-'), label, { x: 320, y: 140 * n }, { serviceTime: exponential(500) })),
      node('app.consumer', 'sink', 'sink', { x: 640, y: 140 }, { serviceTime: constant(10) }),
    ],
    channels: WORKERS.map(label => label.replace(' ', '-')).flatMap(id => [channel('zeromq.push-pull', 'ventilator', id, wire), channel('zeromq.push-pull', id, 'sink', { ...wire, bind: 'to' })]),
  }),
}
