import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, min: 60e9, h: 3600e9 }

/** "90s" in nanoseconds; null for what is no such time. */
export function parseTime(text: string): number | null {
  const time = /^([\d.]+)(ms|s|min|h)$/.exec(text)
  const ns = time ? Math.round(Number(time[1]) * UNITS[time[2]!]!) : NaN
  return ns > 0 ? ns : null
}

/**
 * Two producers with bodies that are filled in, a topic exchange, three queues of which one has a limit and one expires what is old, competing consumers that
 * fail now and then, and wires that take time: everything that could leak does its work.
 */
export function soakTopology(rate: number): Topology {
  const at = { x: 0, y: 0 }
  const node = (type: string, id: string, config: Config, within?: string): TopologyNode => ({ id, type, label: id, at, config, ...(within === undefined ? {} : { within }) })
  const channel = (type: string, from: string, to: string, config: Config): Channel => ({ id: `${from}>${to}`, type, from, to, config })
  const wire = { latency: { law: 'exponential', mean: 2 } }
  const workers = Array.from({ length: 4 }, (_, n) => `worker-${n}`)
  return {
    format: 1,
    title: 'soak',
    seed: 1,
    nodes: [
      node('app.producer', 'orders', { rate: rate / 2, key: 'orders.eu\norders.us', body: '{"n":{n}}' }),
      node('app.producer', 'events', { arrival: 'on-off', onRate: rate, onTime: { law: 'exponential', mean: 5 }, offTime: { law: 'exponential', mean: 5 }, key: 'events.{random}', body: '{random}' }),
      node('amqp.broker', 'broker', {}),
      node('amqp.exchange', 'exchange', { exchangeType: 'topic' }, 'broker'),
      node('amqp.queue', 'work', {}, 'broker'),
      node('amqp.queue', 'limited', { maxLength: 100 }, 'broker'),
      node('amqp.queue', 'short-lived', { messageTtl: 20 }, 'broker'),
      ...workers.map(id => node('app.consumer', id, { serviceTime: { law: 'lognormal', mean: 4000 / rate, scv: 2 }, failureRate: 0.01, concurrency: 2 })),
      node('app.consumer', 'slow', { serviceTime: { law: 'constant', value: 1 } }),
    ],
    channels: [
      channel('amqp.publish', 'orders', 'exchange', wire),
      channel('amqp.publish', 'events', 'exchange', wire),
      channel('amqp.binding', 'exchange', 'work', { routingKey: 'orders.*' }),
      channel('amqp.binding', 'exchange', 'limited', { routingKey: '#' }),
      channel('amqp.binding', 'exchange', 'short-lived', { routingKey: 'events.#' }),
      ...workers.map(id => channel('amqp.consume', 'work', id, { ...wire, prefetch: 40 })),
      channel('amqp.consume', 'limited', 'slow', { ...wire, prefetch: 10 }),
    ],
  }
}
