import { FACT, type ChannelContext, type NodeContext, type SystemPlan } from '../../contract/model.ts'
import type { Config } from '../../topology/document.ts'
import type { Connection } from './connection.ts'
import { Exchange, type ExchangeFlags } from './exchange.ts'
import { Queue, type QueueFlags } from './queue.ts'

/** Exchanges every virtual host has from the start, besides the default one. */
const PREDECLARED: readonly (readonly [string, string])[] = [
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
]

/**
 * What exists in a broker now, and what the document says should. A drawn node is a definition; the object behind it comes and goes:
 * exclusive and auto-delete queues are there only while a client has declared them.
 */
export class Objects {
  readonly container: NodeContext
  readonly queues = new Map<string, Queue>()
  readonly exchanges = new Map<string, Exchange>()
  readonly queueByNumber = new Map<number, Queue>()
  readonly queueOfNode = new Map<string, Queue>()
  readonly exchangeOfNode = new Map<string, Exchange>()
  readonly drawnNodes = new Map<string, NodeContext>()
  readonly drawnBindings = new Map<string, ChannelContext>()
  /** Grows with every change of a binding: routes are cached under it. */
  version = 0
  #queueNumber = 0

  constructor(plan: SystemPlan) {
    this.container = plan.container
    for (const node of plan.nodes) this.drawnNodes.set(node.id, node)
    for (const channel of plan.channels) if (channel.type === 'amqp.binding') this.drawnBindings.set(channel.id, channel)
  }

  key(virtualHost: string, name: string): string {
    return `${virtualHost}\n${name}`
  }

  findQueue(virtualHost: string, name: string): Queue | undefined {
    return this.queues.get(this.key(virtualHost, name))
  }

  findExchange(virtualHost: string, name: string): Exchange | undefined {
    const known = this.exchanges.get(this.key(virtualHost, name))
    if (known) return known
    const predeclared = PREDECLARED.find(([one]) => one === name)
    if (!predeclared) return undefined
    return this.addExchange({ virtualHost, name, flags: { type: predeclared[1], durable: true, autoDelete: false, internal: false, arguments: {} }, node: null })
  }

  isPredeclared(name: string): boolean {
    return name === '' || PREDECLARED.some(([one]) => one === name)
  }

  /** Declares every drawn node that a broker has without a client: all but exclusive and auto-delete queues. */
  declareAll(which: (node: NodeContext) => boolean): void {
    for (const node of this.drawnNodes.values()) {
      if (!which(node)) continue
      if (needsClient(node)) node.present(this.queueOfNode.has(node.id))
      else this.declareDrawn(node, null)
    }
    this.bindAll()
  }

  /** Makes the object of a drawn node if it isn't there. */
  declareDrawn(node: NodeContext, owner: Connection | null): Queue | Exchange {
    const there = this.queueOfNode.get(node.id) ?? this.exchangeOfNode.get(node.id)
    if (there) return there
    const config = node.config()
    const virtualHost = String(config['virtualHost'])
    const name = nameOf(node)
    node.present(true)
    node.fact(FACT.declared, 0)
    if (node.type === 'amqp.exchange') return this.addExchange({ virtualHost, name, flags: exchangeFlags(config), node })
    const flags = queueFlags(config)
    return this.addQueue({ virtualHost, name, flags, node, owner: flags.exclusive ? owner : null })
  }

  addExchange(options: { virtualHost: string; name: string; flags: ExchangeFlags; node: NodeContext | null }): Exchange {
    const { node, ...rest } = options
    const exchange = new Exchange({ ...rest, node: node ?? this.container, drawn: node !== null })
    this.exchanges.set(this.key(options.virtualHost, options.name), exchange)
    if (node) this.exchangeOfNode.set(node.id, exchange)
    this.version += 1
    return exchange
  }

  addQueue(options: { virtualHost: string; name: string; flags: QueueFlags; node: NodeContext | null; owner: Connection | null }): Queue {
    const { node, owner, ...rest } = options
    this.#queueNumber += 1
    const queue = new Queue({ ...rest, number: this.#queueNumber, node: node ?? this.container, drawn: node !== null })
    queue.owner = owner
    owner?.exclusive.add(queue)
    this.queues.set(this.key(options.virtualHost, options.name), queue)
    this.queueByNumber.set(queue.number, queue)
    if (node) this.queueOfNode.set(node.id, queue)
    this.version += 1
    return queue
  }

  /** Makes every drawn binding whose two ends exist. */
  bindAll(): void {
    for (const channel of this.drawnBindings.values()) this.bindDrawn(channel)
  }

  bindDrawn(channel: ChannelContext): void {
    const from = this.exchangeOfNode.get(channel.from)
    const to = this.queueOfNode.get(channel.to) ?? this.exchangeOfNode.get(channel.to)
    if (!from || !to || from.bindings.some(binding => binding.via === channel)) return
    from.bind({ to, key: String(channel.config()['routingKey']), arguments: channel.config()['arguments'] as Config, via: channel })
    this.version += 1
  }

  /** Takes a queue out of every table; its contents are the caller's business. */
  forgetQueue(queue: Queue): void {
    queue.deleted = true
    queue.owner?.exclusive.delete(queue)
    this.queues.delete(this.key(queue.virtualHost, queue.name))
    this.queueByNumber.delete(queue.number)
    if (queue.drawn) {
      this.queueOfNode.delete(queue.node.id)
      queue.node.present(false)
    }
    this.unbindTo(queue)
  }

  forgetExchange(exchange: Exchange): void {
    this.exchanges.delete(this.key(exchange.virtualHost, exchange.name))
    if (exchange.drawn) {
      this.exchangeOfNode.delete(exchange.node.id)
      exchange.node.present(false)
    }
    exchange.bindings = []
    this.unbindTo(exchange)
  }

  unbindTo(target: Queue | Exchange): void {
    for (const exchange of [...this.exchanges.values()]) {
      const before = exchange.bindings.length
      exchange.bindings = exchange.bindings.filter(binding => binding.to !== target)
      if (exchange.bindings.length !== before) this.afterUnbind(exchange)
    }
    this.version += 1
  }

  /** Claim amqp.exchange.auto-delete: the last binding takes the exchange with it, but never before it had one. */
  afterUnbind(exchange: Exchange): void {
    this.version += 1
    if (exchange.flags.autoDelete && exchange.hadBinding && exchange.bindings.length === 0) this.forgetExchange(exchange)
  }
}

/** The product's name of a drawn node. */
export function nameOf(node: NodeContext): string {
  const name = node.config()['name']
  return typeof name === 'string' && name !== '' ? name : node.label()
}

/** Queues that exist only while a client has declared them. */
export function needsClient(node: NodeContext): boolean {
  const config = node.config()
  return node.type === 'amqp.queue' && (config['exclusive'] === true || config['autoDelete'] === true)
}

export function queueFlags(config: Config): QueueFlags {
  return { durable: config['durable'] === true, exclusive: config['exclusive'] === true, autoDelete: config['autoDelete'] === true }
}

export function exchangeFlags(config: Config): ExchangeFlags {
  return {
    type: String(config['exchangeType']),
    durable: config['durable'] === true,
    autoDelete: config['autoDelete'] === true,
    internal: config['internal'] === true,
    arguments: config['arguments'] as Config,
  }
}
