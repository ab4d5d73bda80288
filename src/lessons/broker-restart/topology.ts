import { broker, channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(400) }
const bound = { latency: constant(350) }

export const starter: Starter = {
  id: 'broker-restart',
  order: 5,
  title: 'Broker restart',
  summary: 'Crash the broker: only persistent messages in the durable queue come back.',
  topology: starterTopology({
    title: 'Broker restart',
    nodes: [
      node('app.producer', 'careful', 'persistent sender', { x: 0, y: 60 }, { rate: 0.75, key: 'persistent', persistent: true, messageType: 'document' }),
      node('app.producer', 'careless', 'transient sender', { x: 0, y: 260 }, { rate: 0.75, key: 'transient', persistent: false, messageType: 'event' }),
      broker('rabbitmq', { x: 250, y: -20 }, { width: 530, height: 430 }),
      node('amqp.exchange', 'events', 'events', { x: 40, y: 180 }, { exchangeType: 'fanout' }, 'rabbitmq'),
      node('amqp.queue', 'on-disk', 'durable', { x: 280, y: 90 }, { durable: true }, 'rabbitmq'),
      node('amqp.queue', 'in-memory', 'not durable', { x: 280, y: 280 }, { durable: false }, 'rabbitmq'),
      node('app.consumer', 'reader-1', 'slow reader', { x: 880, y: 70 }, { serviceTime: exponential(600) }),
      node('app.consumer', 'reader-2', 'other slow reader', { x: 880, y: 260 }, { serviceTime: exponential(600) }),
    ],
    channels: [
      channel('amqp.publish', 'careful', 'events', wire),
      channel('amqp.publish', 'careless', 'events', wire),
      channel('amqp.binding', 'events', 'on-disk', bound),
      channel('amqp.binding', 'events', 'in-memory', bound),
      channel('amqp.consume', 'on-disk', 'reader-1', { ...wire, prefetch: 4 }),
      channel('amqp.consume', 'in-memory', 'reader-2', { ...wire, prefetch: 4 }),
    ],
  }),
}
