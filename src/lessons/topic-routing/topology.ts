import { broker, channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(400) }
const bound = { latency: constant(350) }

export const starter: Starter = {
  id: 'topic-routing',
  order: 3,
  title: 'Topic routing',
  summary: 'A topic exchange sends each order to the queues whose patterns match its routing key.',
  topology: starterTopology({
    title: 'Topic routing',
    nodes: [
      node('app.producer', 'shop', 'shop', { x: 0, y: 180 }, { rate: 3, key: 'order.created.eu\norder.paid.us\norder.created.us\norder.paid.eu\norder.cancelled.eu', body: '{"order":{n}}' }),
      broker('rabbitmq', { x: 240, y: -10 }, { width: 540, height: 480 }),
      node('amqp.exchange', 'orders', 'orders', { x: 40, y: 200 }, { exchangeType: 'topic' }, 'rabbitmq'),
      node('amqp.queue', 'created', 'created', { x: 290, y: 70 }, {}, 'rabbitmq'),
      node('amqp.queue', 'europe', 'europe', { x: 290, y: 200 }, {}, 'rabbitmq'),
      node('amqp.queue', 'audit', 'audit', { x: 290, y: 330 }, {}, 'rabbitmq'),
      node('app.consumer', 'billing', 'billing', { x: 880, y: 50 }, { serviceTime: exponential(400) }),
      node('app.consumer', 'warehouse', 'EU warehouse', { x: 880, y: 180 }, { serviceTime: exponential(400) }),
      node('app.consumer', 'auditor', 'auditor', { x: 880, y: 310 }, { serviceTime: exponential(200) }),
    ],
    channels: [
      channel('amqp.publish', 'shop', 'orders', wire),
      channel('amqp.binding', 'orders', 'created', { ...bound, routingKey: 'order.created.*' }),
      channel('amqp.binding', 'orders', 'europe', { ...bound, routingKey: '#.eu' }),
      channel('amqp.binding', 'orders', 'audit', { ...bound, routingKey: '#' }),
      channel('amqp.consume', 'created', 'billing', { ...wire, prefetch: 5 }),
      channel('amqp.consume', 'europe', 'warehouse', { ...wire, prefetch: 5 }),
      channel('amqp.consume', 'audit', 'auditor', { ...wire, prefetch: 5 }),
    ],
  }),
}
