import { broker, channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(400) }
const producer = { rate: 0.35, key: 'tea', messageType: 'event', body: '{"stock":{n}}' }

export const starter: Starter = {
  id: 'shared-store',
  order: 6,
  title: 'Shared store or messages',
  summary: 'The same stock figures, integrated twice: above by a table that the shop asks now and then, below by events that are brought to it.',
  topology: starterTopology({
    title: 'Shared store or messages',
    nodes: [
      node('app.producer', 'warehouse-a', 'warehouse A', { x: 0, y: 0 }, producer),
      node('app.producer', 'warehouse-b', 'warehouse B', { x: 0, y: 120 }, producer),
      { id: 'database', type: 'store.database', label: 'Database', at: { x: 280, y: 0 }, size: { width: 300, height: 200 }, config: {} },
      node('store.records', 'stock', 'stock', { x: 40, y: 70 }, {}, 'database'),
      node('app.consumer', 'shop-asks', 'shop, asks', { x: 680, y: 60 }, { serviceTime: exponential(100) }),
      node('app.producer', 'warehouse-c', 'warehouse C', { x: 0, y: 240 }, producer),
      node('app.producer', 'warehouse-d', 'warehouse D', { x: 0, y: 360 }, producer),
      broker('rabbitmq', { x: 280, y: 240 }, { width: 300, height: 200 }),
      node('amqp.queue', 'changes', 'stock_changes', { x: 40, y: 70 }, {}, 'rabbitmq'),
      node('app.consumer', 'shop-told', 'shop, is told', { x: 680, y: 300 }, { serviceTime: exponential(100) }),
    ],
    channels: [
      channel('store.update', 'warehouse-a', 'stock', { ...wire, write: 'read-write', think: constant(200) }),
      channel('store.update', 'warehouse-b', 'stock', { ...wire, write: 'read-write', think: constant(200) }),
      channel('store.poll', 'stock', 'shop-asks', { ...wire, interval: 3000 }),
      channel('amqp.publish', 'warehouse-c', 'changes', wire),
      channel('amqp.publish', 'warehouse-d', 'changes', wire),
      channel('amqp.consume', 'changes', 'shop-told', wire),
    ],
  }),
}
