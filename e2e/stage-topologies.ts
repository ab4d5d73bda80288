import type { Config, Topology, TopologyNode, Channel } from '../src/topology/document.ts'

const constant = (value: number): Config => ({ law: 'constant', value })

/** A producer, a queue and a consumer, one beside the other, with slow wires. */
export function line(options: { readonly rate: number; readonly latencyMs: number; readonly type?: string }): Topology {
  return {
    format: 1,
    title: 'A line',
    seed: 5,
    viewport: { x: 40, y: 120, zoom: 1 },
    nodes: [
      { id: 'producer', type: 'app.producer', label: 'producer', at: { x: 0, y: 60 }, config: { rate: options.rate, arrival: 'regular', key: 'k', messageType: options.type ?? 'event', body: '{"n":{n}}' } },
      { id: 'broker', type: 'amqp.broker', label: 'broker', at: { x: 340, y: 0 }, size: { width: 260, height: 180 }, config: {} },
      { id: 'queue', type: 'amqp.queue', label: 'queue', at: { x: 20, y: 60 }, within: 'broker', config: {} },
      { id: 'consumer', type: 'app.consumer', label: 'consumer', at: { x: 760, y: 60 }, config: { serviceTime: constant(1) } },
    ],
    channels: [
      { id: 'in', type: 'amqp.publish', from: 'producer', to: 'queue', config: { latency: constant(options.latencyMs) } },
      { id: 'out', type: 'amqp.consume', from: 'queue', to: 'consumer', config: { latency: constant(options.latencyMs) } },
    ],
  }
}

/** So many producers with a queue each, in columns: more than can be elements of the page. */
export function crowd(pairs: number): Topology {
  const nodes: TopologyNode[] = [{ id: 'broker', type: 'amqp.broker', label: 'broker', at: { x: 0, y: 0 }, size: { width: 100 + Math.ceil(pairs / 10) * 480, height: 1160 }, config: {} }]
  const channels: Channel[] = []
  for (let n = 0; n < pairs; n += 1) {
    const at = { x: 40 + Math.floor(n / 10) * 480, y: 60 + (n % 10) * 110 }
    nodes.push({ id: `producer-${n}`, type: 'app.producer', label: `producer ${n}`, at, config: { rate: 2, key: `k${n}`, body: '' } })
    nodes.push({ id: `queue-${n}`, type: 'amqp.queue', label: `queue ${n}`, at: { x: at.x + 220, y: at.y }, within: 'broker', config: {} })
    channels.push({ id: `in-${n}`, type: 'amqp.publish', from: `producer-${n}`, to: `queue-${n}`, config: { latency: constant(500) } })
  }
  return { format: 1, title: 'A crowd', seed: 5, nodes, channels }
}
