import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'

const KEYS_MAX = 6
const WIRE: Config = { law: 'constant', value: 400 }

/**
 * The same topology with a plausible producer per source exchange and a consumer per queue, so that an import runs at once. An exchange that only
 * other exchanges, dead letters or alternates feed gets no producer; a stream gets no consumer while streams aren't simulated.
 */
export function withApplications(topology: Topology): Topology {
  const taken = new Set([...topology.nodes, ...topology.channels].map(part => part.id))
  const free = (wish: string): string => {
    let id = wish
    for (let n = 2; taken.has(id); n += 1) id = `${wish}-${n}`
    taken.add(id)
    return id
  }
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const fed = fedByBroker(topology)
  for (const exchange of topology.nodes) {
    if (exchange.type !== 'amqp.exchange' || fed.has(exchange.id) || exchange.config['internal'] === true) continue
    if (!topology.channels.some(channel => channel.from === exchange.id)) continue
    const id = free(`${exchange.id} producer`)
    nodes.push({ id, type: 'app.producer', label: `${exchange.label} producer`, at: { x: 0, y: 0 }, config: { rate: 2, ...messageFor(topology, exchange) } })
    channels.push({ id: free(`${id}-${exchange.id}`), type: 'amqp.publish', from: id, to: exchange.id, config: { latency: WIRE } })
  }
  for (const queue of topology.nodes) {
    if (queue.type !== 'amqp.queue' || queue.config['queueType'] === 'stream') continue
    const id = free(`${queue.id} consumer`)
    nodes.push({ id, type: 'app.consumer', label: `${queue.label} consumer`, at: { x: 0, y: 0 }, config: { serviceTime: { law: 'exponential', mean: 150 } } })
    channels.push({ id: free(`${queue.id}-${id}`), type: 'amqp.consume', from: queue.id, to: id, config: { prefetch: 10, latency: WIRE } })
  }
  return { ...topology, nodes: [...topology.nodes, ...nodes], channels: [...topology.channels, ...channels] }
}

/** Exchanges that get their messages from the broker itself: bound to another, or named for dead letters or as an alternate. */
function fedByBroker(topology: Topology): ReadonlySet<string> {
  const fed = new Set(topology.channels.filter(channel => channel.type === 'amqp.binding' && topology.nodes.some(node => node.id === channel.to && node.type === 'amqp.exchange')).map(channel => channel.to))
  const named = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (/(dead-letter|alternate)-exchange$/.test(name) && typeof inner === 'string') named.add(inner)
      else collect(inner)
    }
  }
  for (const node of topology.nodes) collect(node.config)
  for (const node of topology.nodes) if (node.type === 'amqp.exchange' && named.has(node.label)) fed.add(node.id)
  return fed
}

/** Keys or headers that reach what is bound, through other exchanges too. */
function messageFor(topology: Topology, exchange: TopologyNode): Config {
  const reached = bindingsFrom(topology, exchange.id)
  if (exchange.config['exchangeType'] === 'headers') {
    const first = reached.find(channel => typeof channel.config['arguments'] === 'object')
    const headers = Object.entries((first?.config['arguments'] ?? {}) as Config).filter(([name]) => !name.startsWith('x-')) // an object: checked just above
    return { key: '', messageType: 'document', headers: Object.fromEntries(headers) }
  }
  const keys = [...new Set(reached.map(channel => concrete(String(channel.config['routingKey'] ?? ''))))].filter(key => key !== '')
  return { key: keys.slice(0, KEYS_MAX).join('\n') }
}

function bindingsFrom(topology: Topology, from: string): readonly Channel[] {
  const found: Channel[] = []
  const visited = new Set<string>()
  const visit = (id: string): void => {
    if (visited.has(id)) return
    visited.add(id)
    for (const channel of topology.channels) {
      if (channel.type !== 'amqp.binding' || channel.from !== id) continue
      found.push(channel)
      visit(channel.to)
    }
  }
  visit(from)
  // The most specific patterns first: their keys tell the most queues apart.
  return found.sort((a, b) => String(b.config['routingKey'] ?? '').split('.').length - String(a.config['routingKey'] ?? '').split('.').length)
}

/** A key that a pattern matches: `order.*.eu` → `order.some.eu`, `#` alone → nothing to say. */
function concrete(pattern: string): string {
  return pattern
    .split('.')
    .filter(word => word !== '#')
    .map(word => (word === '*' ? 'some' : word))
    .join('.')
}
