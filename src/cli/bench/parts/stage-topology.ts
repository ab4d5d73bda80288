import type { Channel, Config, Topology, TopologyNode } from '../../../topology/document.ts'

/** Parts of one group: a broker, and queues with a producer and a consumer each. */
const QUEUES = 5
const GROUP_NODES = 1 + 3 * QUEUES
const WIDTH = 760
const HEIGHT = 560
const ROW = 100
const law = (value: number): Config => ({ law: 'constant', value })

/** As many nodes as asked for, or a few less, in groups side by side as an organization draws its services; every group does a little work. */
export function crowd(nodesMost: number): Topology {
  const groups = Math.max(1, Math.floor(nodesMost / GROUP_NODES))
  const columns = Math.ceil(Math.sqrt(groups * 0.9))
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  for (let group = 0; group < groups; group += 1) addGroup(group, { x: (group % columns) * WIDTH, y: Math.floor(group / columns) * HEIGHT }, nodes, channels)
  return { format: 1, title: `${nodes.length} nodes`, seed: 1, nodes, channels }
}

function addGroup(group: number, at: { readonly x: number; readonly y: number }, nodes: TopologyNode[], channels: Channel[]): void {
  const broker = `broker-${group}`
  nodes.push({ id: broker, type: 'amqp.broker', label: `cluster ${group}`, at: { x: at.x + 200, y: at.y }, size: { width: 260, height: HEIGHT - 40 }, config: {} })
  for (let n = 0; n < QUEUES; n += 1) {
    const [producer, queue, consumer] = [`producer-${group}-${n}`, `queue-${group}-${n}`, `consumer-${group}-${n}`]
    nodes.push({ id: producer, type: 'app.producer', label: `service ${group}.${n}`, at: { x: at.x, y: at.y + n * ROW }, config: { rate: 0.5, key: `orders.${n}`, body: '{"n":{n}}' } })
    nodes.push({ id: queue, type: 'amqp.queue', label: `orders.${group}.${n}`, at: { x: 20, y: 16 + n * ROW }, within: broker, config: {} })
    nodes.push({ id: consumer, type: 'app.consumer', label: `worker ${group}.${n}`, at: { x: at.x + 500, y: at.y + n * ROW }, config: { serviceTime: law(400) } })
    channels.push({ id: `${producer}>${queue}`, type: 'amqp.publish', from: producer, to: queue, config: { latency: law(800) } })
    channels.push({ id: `${queue}>${consumer}`, type: 'amqp.consume', from: queue, to: consumer, config: { latency: law(800) } })
    if (n > 0) channels.push({ id: `${queue}>${consumer}+`, type: 'amqp.consume', from: queue, to: `consumer-${group}-${n - 1}`, config: { latency: law(800) } })
  }
}
