import { broker, channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(400) }

export const starter: Starter = {
  id: 'competing-consumers',
  order: 2,
  title: 'Competing consumers',
  summary: 'One queue of tasks shared by three equal workers: each task is done once, by whoever is free.',
  topology: starterTopology({
    title: 'Competing consumers',
    nodes: [
      node('app.producer', 'ventilator', 'ventilator', { x: 0, y: 160 }, { rate: 4, key: 'tasks', messageType: 'command', body: '{"task":{n}}' }),
      broker('rabbitmq', { x: 240, y: 80 }, { width: 300, height: 220 }),
      node('amqp.queue', 'tasks', 'tasks_queue', { x: 40, y: 80 }, {}, 'rabbitmq'),
      node('app.consumer', 'worker-1', 'worker 1', { x: 640, y: 20 }, { serviceTime: exponential(600) }),
      node('app.consumer', 'worker-2', 'worker 2', { x: 640, y: 160 }, { serviceTime: exponential(600) }),
      node('app.consumer', 'worker-3', 'worker 3', { x: 640, y: 300 }, { serviceTime: exponential(600) }),
    ],
    channels: [
      channel('amqp.publish', 'ventilator', 'tasks', wire),
      channel('amqp.consume', 'tasks', 'worker-1', { ...wire, prefetch: 5 }),
      channel('amqp.consume', 'tasks', 'worker-2', { ...wire, prefetch: 5 }),
      channel('amqp.consume', 'tasks', 'worker-3', { ...wire, prefetch: 5 }),
    ],
  }),
}
