import { broker, channel, constant, node, starterTopology, type Starter } from '../starter.ts'

const ws = { latency: constant(500) }
const wire = { latency: constant(450) }
const bound = { latency: constant(350) }

/** The chapter's topology: chat users, two servers, a fanout exchange, a queue per server, and a durable one for the history. */
export const starter: Starter = {
  id: 'chat-history',
  order: 1,
  title: 'Chat with a history service',
  summary: 'Two chat servers integrated by a fanout exchange, and a durable subscriber that stores every message.',
  topology: starterTopology({
    title: 'Chat with a history service',
    nodes: [
      node('chat.user', 'alice', 'alice', { x: 0, y: 20 }, { rate: 0.5 }),
      node('chat.user', 'bob', 'bob', { x: 0, y: 130 }, { rate: 0.4 }),
      node('chat.user', 'carol', 'carol', { x: 0, y: 320 }, { rate: 0.45 }),
      node('chat.user', 'dave', 'dave', { x: 0, y: 430 }, { rate: 0.3 }),
      node('chat.server', 'server-8080', 'chat server 8080', { x: 270, y: 75 }),
      node('chat.server', 'server-8081', 'chat server 8081', { x: 270, y: 375 }),
      broker('rabbitmq', { x: 540, y: -20 }, { width: 520, height: 560 }),
      node('amqp.exchange', 'chat', 'chat', { x: 40, y: 250 }, { exchangeType: 'fanout' }, 'rabbitmq'),
      node('amqp.queue', 'chat-srv-8080', 'chat_srv_8080', { x: 270, y: 80 }, { durable: false, exclusive: true, autoDelete: true }, 'rabbitmq'),
      node('amqp.queue', 'chat-history', 'chat_history', { x: 270, y: 250 }, { durable: true }, 'rabbitmq'),
      node('amqp.queue', 'chat-srv-8081', 'chat_srv_8081', { x: 270, y: 420 }, { durable: false, exclusive: true, autoDelete: true }, 'rabbitmq'),
      node('chat.history', 'history', 'history service', { x: 1150, y: 230 }),
    ],
    channels: [
      channel('websocket.connection', 'alice', 'server-8080', ws),
      channel('websocket.connection', 'bob', 'server-8080', ws),
      channel('websocket.connection', 'carol', 'server-8081', ws),
      channel('websocket.connection', 'dave', 'server-8081', ws),
      channel('amqp.publish', 'server-8080', 'chat', wire),
      channel('amqp.publish', 'server-8081', 'chat', wire),
      channel('amqp.binding', 'chat', 'chat-srv-8080', bound),
      channel('amqp.binding', 'chat', 'chat-history', bound),
      channel('amqp.binding', 'chat', 'chat-srv-8081', bound),
      channel('amqp.consume', 'chat-srv-8080', 'server-8080', { ...wire, noAck: true }),
      channel('amqp.consume', 'chat-srv-8081', 'server-8081', { ...wire, noAck: true }),
      channel('amqp.consume', 'chat-history', 'history', { ...wire, prefetch: 10 }),
    ],
  }),
}
