import { broker, channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(400) }

export const starter: Starter = {
  id: 'work-queue-slow-worker',
  order: 4,
  title: 'Work queue with a slow worker',
  summary: 'Without a prefetch the slow worker hoards as many tasks as the fast one; set it to 1 and watch the load even out.',
  topology: starterTopology({
    title: 'Work queue with a slow worker',
    nodes: [
      node('app.producer', 'producer', 'producer', { x: 0, y: 120 }, { rate: 3, arrival: 'regular', key: 'tasks', messageType: 'command', body: '{"task":{n}}' }),
      broker('rabbitmq', { x: 240, y: 40 }, { width: 300, height: 220 }),
      node('amqp.queue', 'tasks', 'tasks', { x: 40, y: 80 }, {}, 'rabbitmq'),
      node('app.consumer', 'fast', 'fast worker', { x: 640, y: 40 }, { serviceTime: exponential(250) }),
      node('app.consumer', 'slow', 'slow worker', { x: 640, y: 200 }, { serviceTime: exponential(1500) }),
    ],
    channels: [
      channel('amqp.publish', 'producer', 'tasks', wire),
      channel('amqp.consume', 'tasks', 'fast', wire),
      channel('amqp.consume', 'tasks', 'slow', wire),
    ],
  }),
}
