import { channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(400) }
const billing = { ...wire, group: 'billing', start: '0', count: 4 }

export const starter: Starter = {
  id: 'stream-groups',
  order: 8,
  title: 'A stream read twice',
  summary: 'A Redis stream keeps every order, so that two groups read all of them, each at its own pace. Crash the analysis: it goes on where it was.',
  topology: starterTopology({
    title: 'A stream read twice',
    nodes: [
      node('app.producer', 'shop', 'shop', { x: 0, y: 140 }, { rate: 4, arrival: 'regular', key: 'orders', body: '{"order":{n}}' }),
      { ...node('redis.server', 'redis', 'Redis', { x: 240, y: 70 }), size: { width: 300, height: 220 } },
      node('redis.stream', 'orders', 'orders', { x: 40, y: 75 }, {}, 'redis'),
      node('app.consumer', 'billing-1', 'billing 1', { x: 660, y: 0 }, { serviceTime: exponential(200) }),
      node('app.consumer', 'billing-2', 'billing 2', { x: 660, y: 140 }, { serviceTime: exponential(200) }),
      node('app.consumer', 'analysis', 'analysis', { x: 660, y: 280 }, { serviceTime: exponential(230) }),
    ],
    channels: [
      channel('redis.add', 'shop', 'orders', wire),
      channel('redis.read', 'orders', 'billing-1', billing),
      channel('redis.read', 'orders', 'billing-2', billing),
      channel('redis.read', 'orders', 'analysis', { ...wire, group: 'analysis', start: '0', count: 10 }),
    ],
  }),
}
