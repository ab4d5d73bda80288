import type { Channel, Config, NodeId, Topology, TopologyNode } from '../../topology/document.ts'
import { CHANNELS_MAX, NODES_MAX } from '../../topology/parse.ts'
import { isConfig } from './queue-arguments.ts'

const KEYS_MAX = 6
const WIRE: Config = { law: 'constant', value: 400 }

/**
 * The same topology with a plausible producer per source exchange and a consumer per queue, so that an import runs at once. An exchange that only
 * other exchanges, dead letters or alternates feed gets no producer. Where there would be too many nodes, the topology stays as it is.
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
  const bindings = new Bindings(topology)
  const fed = fedByBroker(topology)
  for (const exchange of topology.nodes) {
    if (exchange.type !== 'amqp.exchange' || fed.has(exchange.id) || exchange.config['internal'] === true) continue
    if (bindings.from(exchange.id).length === 0) continue
    const id = free(`${exchange.id} producer`)
    nodes.push({ id, type: 'app.producer', label: `${exchange.label} producer`, at: { x: 0, y: 0 }, config: { rate: 2, ...messageFor(bindings, exchange) } })
    channels.push({ id: free(`${id}-${exchange.id}`), type: 'amqp.publish', from: id, to: exchange.id, config: { latency: WIRE } })
  }
  for (const queue of topology.nodes) {
    if (queue.type !== 'amqp.queue') continue
    const id = free(`${queue.id} consumer`)
    // A stream tells a newcomer nothing of what was before, unless it is asked.
    const offset = queue.config['queueType'] === 'stream' ? { streamOffset: 'first' } : {}
    nodes.push({ id, type: 'app.consumer', label: `${queue.label} consumer`, at: { x: 0, y: 0 }, config: { serviceTime: { law: 'exponential', mean: 150 } } })
    channels.push({ id: free(`${queue.id}-${id}`), type: 'amqp.consume', from: queue.id, to: id, config: { prefetch: 10, ...offset, latency: WIRE } })
  }
  if (topology.nodes.length + nodes.length > NODES_MAX || topology.channels.length + channels.length > CHANNELS_MAX) return topology
  return { ...topology, nodes: [...topology.nodes, ...nodes], channels: [...topology.channels, ...channels] }
}

/** Exchanges that get their messages from the broker itself: bound to another, or named for dead letters or as an alternate. */
function fedByBroker(topology: Topology): ReadonlySet<NodeId> {
  const exchanges = topology.nodes.filter(node => node.type === 'amqp.exchange')
  const ids = new Set(exchanges.map(node => node.id))
  const fed = new Set(topology.channels.filter(channel => channel.type === 'amqp.binding' && ids.has(channel.to)).map(channel => channel.to))
  const named = new Set<string>()
  for (const { config } of topology.nodes) {
    const host = String(config['virtualHost'] ?? '/')
    for (const field of ['deadLetterExchange', 'alternateExchange']) if (typeof config[field] === 'string') named.add(`${host}\n${config[field]}`)
    for (const row of policiesOf(config)) {
      for (const name of ['dead-letter-exchange', 'alternate-exchange']) if (isConfig(row['definition']) && row['definition'][name] !== undefined) named.add(`${String(row['vhost'] ?? '/')}\n${String(row['definition'][name])}`)
    }
  }
  for (const node of exchanges) if (named.has(`${String(node.config['virtualHost'] ?? '/')}\n${nameOf(node)}`)) fed.add(node.id)
  return fed
}

function policiesOf(config: Config): readonly Config[] {
  const rows = config['policies']
  return Array.isArray(rows) ? (rows as readonly Config[]).filter(row => isConfig(row)) : []
}

function nameOf(node: TopologyNode): string {
  const name = node.config['name']
  return typeof name === 'string' && name !== '' ? name : node.label
}

/** Keys or headers that reach what is bound, through other exchanges too. */
function messageFor(bindings: Bindings, exchange: TopologyNode): Config {
  const reached = bindings.reachedFrom(exchange.id)
  if (exchange.config['exchangeType'] === 'headers') {
    const first = reached.find(channel => isConfig(channel.config['arguments']))
    const headers = Object.entries((first?.config['arguments'] ?? {}) as Config).filter(([name]) => !name.startsWith('x-')) // an object: checked just above
    return { key: '', messageType: 'document', headers: Object.fromEntries(headers) }
  }
  const keys = [...new Set(reached.map(channel => concrete(String(channel.config['routingKey'] ?? ''))))].filter(key => key !== '')
  return { key: keys.slice(0, KEYS_MAX).join('\n') }
}

class Bindings {
  readonly #from = new Map<NodeId, Channel[]>()

  constructor(topology: Topology) {
    for (const channel of topology.channels) {
      if (channel.type !== 'amqp.binding') continue
      const known = this.#from.get(channel.from)
      if (known) known.push(channel)
      else this.#from.set(channel.from, [channel])
    }
  }

  from(exchange: NodeId): readonly Channel[] {
    return this.#from.get(exchange) ?? []
  }

  /** Its own, and those of the exchanges that it leads to; the most specific patterns first: their keys tell the most queues apart. */
  reachedFrom(start: NodeId): readonly Channel[] {
    const found: Channel[] = []
    const visited = new Set([start])
    const waiting = [start]
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      for (const channel of this.from(id)) {
        found.push(channel)
        if (visited.has(channel.to)) continue
        visited.add(channel.to)
        waiting.push(channel.to)
      }
    }
    const words = (channel: Channel): number => String(channel.config['routingKey'] ?? '').split('.').length
    return found.sort((a, b) => words(b) - words(a))
  }
}

/** A key that a pattern matches: `order.*.eu` → `order.some.eu`, `#` alone → nothing to say. */
function concrete(pattern: string): string {
  return pattern
    .split('.')
    .filter(word => word !== '#')
    .map(word => (word === '*' ? 'some' : word))
    .join('.')
}
