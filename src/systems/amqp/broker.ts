import { WAITING } from '../../contract/ledger.ts'
import { FACT, FLAG_PERSISTENT, OP_CLOSED, type ChannelContext, type Handle, type NodeContext, type SystemModel, type SystemPlan } from '../../contract/model.ts'
import type { Config } from '../../topology/document.ts'
import { Connection, Consumer, ServerChannel } from './connection.ts'
import { NACK_MULTIPLE, NACK_REQUEUE, OP_ACK, OP_CONTROL, OP_NACK, OP_OPEN, OP_OPENED, OP_PUBLISH, OP_ROUTE, type Control, type Opening, type PublishTarget } from './control.ts'
import type { Exchange } from './exchange.ts'
import { exchangeFlags, needsClient, nameOf, Objects, queueFlags } from './objects.ts'
import { performControl } from './perform.ts'
import type { Queue } from './queue.ts'

/** One RabbitMQ node: exchanges and queues, connections and channels, and what happens to each packet. */
export class Broker implements SystemModel {
  readonly objects: Objects
  readonly connections = new Map<string, Connection>()
  readonly channels = new Map<ChannelContext, ServerChannel>()
  #started = false
  #generated = 0
  readonly #connectionsSlot: number

  constructor(plan: SystemPlan) {
    this.objects = new Objects(plan)
    this.#connectionsSlot = plan.container.probe('connections')
  }

  /** First start: everything that needs no client. After a crash: only what is durable came back; the rest waits for its clients. */
  start(): void {
    this.objects.declareAll(node => !this.#started || node.config()['durable'] === true)
    for (const node of this.objects.drawnNodes.values()) if (!this.#exists(node)) node.present(false)
    this.#started = true
  }

  wake(): void {
    // Nothing in the broker is timed yet: no expiry, no delayed delivery.
  }

  receive(wire: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    if (op === OP_ROUTE) return this.#arriveByBinding(wire, message, a)
    if (op === OP_OPEN) return this.#open(wire, wire.taken(a) as Opening)
    const channel = this.channels.get(wire)
    if (op === OP_CLOSED) {
      if (channel) this.closeChannel(channel)
      return
    }
    if (!channel) {
      // A channel that was closed by an error: what still comes over it counts for nothing.
      if (op === OP_PUBLISH) this.objects.container.discard(message, 'connection lost')
      return
    }
    switch (op) {
      case OP_PUBLISH:
        return this.#publish(channel, message, { target: a === 0 ? null : (wire.taken(a) as PublishTarget), mandatory: b !== 0 })
      case OP_ACK:
        return this.#settle(channel, a, b !== 0, 'ack')
      case OP_NACK:
        return this.#settle(channel, a, (b & NACK_MULTIPLE) !== 0, (b & NACK_REQUEUE) !== 0 ? 'requeue' : 'reject')
      case OP_CONTROL:
        return performControl(this, channel, wire.taken(a) as Control)
    }
  }

  /** Hands a message to an exchange: one copy per queue, each along its binding. `unroutable` is called before a message that reaches no queue is dropped. */
  publishTo(exchange: Exchange, message: Handle, unroutable: () => void): void {
    const node = exchange.node
    node.hold(message, WAITING)
    const { messages } = node
    messages.setVia(message, messages.intern(exchange.name))
    const routes = exchange.routes(messages.key(message), messages.headers(message), this.objects.version)
    if (exchange.drawn) {
      node.count(node.probe('in'))
      node.count(node.probe('routed'), routes.length)
    }
    if (routes.length === 0) {
      if (exchange.drawn) node.count(node.probe('unroutable'))
      unroutable()
      return node.discard(message, 'unroutable')
    }
    node.fact(FACT.routed, message, routes.length)
    const copies = routes.map((_, index) => (index === 0 ? message : node.copy(message)))
    routes.forEach((route, index) => this.#forward(route.first.via, route.queue, route.first.to, copies[index]!))
  }

  newQueueName(): string {
    this.#generated += 1
    return `amq.gen-${this.#generated}`
  }

  closeChannel(channel: ServerChannel): void {
    this.channels.delete(channel.wire)
    for (const consumer of channel.consumers.values()) this.#dropConsumer(consumer)
    channel.consumers.clear()
    const touched = new Set<Queue>()
    for (const { queue, message } of channel.settleMany(0) ?? []) {
      if (queue.deleted) continue
      queue.requeue(message)
      touched.add(queue)
    }
    const { connection } = channel
    connection.channels.delete(channel)
    if (connection.channels.size === 0) {
      this.connections.delete(connection.id)
      for (const queue of [...connection.exclusive]) this.deleteQueue(queue)
    }
    for (const queue of touched) if (!queue.deleted) queue.pump()
    this.#levels()
  }

  cancelConsumer(consumer: Consumer): void {
    consumer.channel.consumers.delete(consumer.number)
    this.#dropConsumer(consumer)
  }

  deleteQueue(queue: Queue): void {
    if (queue.deleted) return
    queue.node.fact(FACT.deleted, 0)
    this.objects.forgetQueue(queue)
    for (const consumer of queue.consumers) {
      consumer.channel.consumers.delete(consumer.number)
      consumer.channel.reply({ reply: 'cancelled', consumer: consumer.number })
    }
    queue.consumers = []
    const unacked = this.#takeUnacked(queue)
    queue.discardAll('queue deleted', unacked)
  }

  crash(): void {
    const unacked = new Map<Queue, readonly Handle[]>()
    for (const queue of this.objects.queues.values()) unacked.set(queue, this.#takeUnacked(queue))
    this.channels.clear()
    this.connections.clear()
    for (const queue of [...this.objects.queues.values()]) {
      queue.owner = null
      if (queue.flags.durable && !queue.flags.exclusive) {
        const { messages } = queue.node
        queue.afterCrash(message => (messages.flags(message) & FLAG_PERSISTENT) !== 0, unacked.get(queue)!)
        continue
      }
      this.objects.forgetQueue(queue)
      queue.consumers = []
      queue.discardAll('broker crashed', unacked.get(queue)!)
    }
    for (const exchange of [...this.objects.exchanges.values()]) if (!exchange.flags.durable) this.objects.forgetExchange(exchange)
    this.#levels()
  }

  addNode(node: NodeContext): void {
    this.objects.drawnNodes.set(node.id, node)
    if (!this.#started || !this.objects.container.isUp()) return
    if (needsClient(node)) node.present(false)
    else this.objects.declareDrawn(node, null)
    this.objects.bindAll()
  }

  removeNode(node: NodeContext): void {
    this.objects.drawnNodes.delete(node.id)
    const queue = this.objects.queueOfNode.get(node.id)
    if (queue) this.deleteQueue(queue)
    const exchange = this.objects.exchangeOfNode.get(node.id)
    if (exchange) this.objects.forgetExchange(exchange)
  }

  reconfigured(node: NodeContext): void {
    const config = node.config()
    const queue = this.objects.queueOfNode.get(node.id)
    const exchange = this.objects.exchangeOfNode.get(node.id)
    const name = nameOf(node)
    const virtualHost = String(config['virtualHost'])
    if (queue) {
      queue.flags = queueFlags(config)
      if (queue.name !== name || queue.virtualHost !== virtualHost) this.#rename(this.objects.queues, queue, virtualHost, name)
    }
    if (exchange) {
      exchange.flags = exchangeFlags(config)
      if (exchange.name !== name || exchange.virtualHost !== virtualHost) this.#rename(this.objects.exchanges, exchange, virtualHost, name)
    }
    this.objects.version += 1
  }

  addChannel(channel: ChannelContext): void {
    if (channel.type !== 'amqp.binding') return
    this.objects.drawnBindings.set(channel.id, channel)
    this.objects.bindDrawn(channel)
  }

  removeChannel(channel: ChannelContext): void {
    if (!this.objects.drawnBindings.delete(channel.id)) return
    const exchange = this.objects.exchangeOfNode.get(channel.from)
    if (!exchange) return
    exchange.bindings = exchange.bindings.filter(binding => binding.via !== channel)
    this.objects.afterUnbind(exchange)
  }

  reconfiguredChannel(channel: ChannelContext, before: Config): void {
    if (channel.type !== 'amqp.binding') return
    if (before['routingKey'] === channel.config()['routingKey'] && before['arguments'] === channel.config()['arguments']) return
    const exchange = this.objects.exchangeOfNode.get(channel.from)
    if (exchange) exchange.bindings = exchange.bindings.filter(binding => binding.via !== channel)
    this.objects.bindDrawn(channel)
    this.objects.version += 1
  }

  contents(node: NodeContext, out: Handle[], from: number, limit: number): number {
    const queue = this.objects.queueOfNode.get(node.id)
    return queue ? queue.contents(out, { from, limit }, () => this.#unackedOf(queue)) : 0
  }

  notes(node: NodeContext): readonly string[] {
    if (node.type === 'amqp.broker') return [`${this.connections.size} connections, ${this.channels.size} channels`, `${this.objects.queues.size} queues, ${this.objects.exchanges.size} exchanges`]
    const queue = this.objects.queueOfNode.get(node.id)
    if (queue) {
      const owner = queue.owner ? [`Exclusive to ${queue.owner.id}`] : []
      return [...owner, queue.consumers.length === 0 ? 'No consumers' : `Consumers: ${queue.consumers.map(one => one.channel.connection.id).join(', ')}`]
    }
    if (this.objects.exchangeOfNode.has(node.id)) return [`${this.objects.exchangeOfNode.get(node.id)!.bindings.length} bindings`]
    return ['Not declared: it is there only while a client has declared it']
  }

  #open(wire: ChannelContext, opening: Opening): void {
    const old = this.channels.get(wire)
    if (old) this.closeChannel(old)
    let connection = this.connections.get(opening.connection)
    if (!connection) {
      connection = new Connection(opening.connection)
      this.connections.set(connection.id, connection)
    }
    const end = this.#isInside(wire.from) ? 'from' : 'to'
    const drawn = this.objects.drawnNodes.get(end === 'from' ? wire.from : wire.to)
    const virtualHost = opening.virtualHost ?? String(drawn?.config()['virtualHost'] ?? '/')
    const channel = new ServerChannel({ wire, end, connection, virtualHost })
    connection.channels.add(channel)
    this.channels.set(wire, channel)
    wire.send(end, OP_OPENED, 0, 0)
    this.#levels()
  }

  #publish(channel: ServerChannel, message: Handle, options: { target: PublishTarget | null; mandatory: boolean }): void {
    const { target, mandatory } = options
    const inside = channel.end === 'from' ? channel.wire.from : channel.wire.to
    const unroutable = (): void => {
      if (mandatory) this.#returnMessage(channel, message, target?.exchange ?? '')
    }
    if (target) {
      if (!this.#publishByName(channel, message, target, unroutable)) return
    } else this.#publishDrawn(inside, message, unroutable)
    if (channel.publishNo < 0) return
    channel.publishNo += 1
    channel.reply({ reply: 'confirmed', publishNo: channel.publishNo, outcome: 'ack' })
  }

  #publishDrawn(inside: string, message: Handle, unroutable: () => void): void {
    const queue = this.objects.queueOfNode.get(inside)
    if (queue) return queue.enqueue(message)
    const exchange = this.objects.exchangeOfNode.get(inside)
    if (exchange) return this.publishTo(exchange, message, unroutable)
    // Drawn, but not there now: the default exchange finds no queue of that name, or there is no such exchange.
    this.objects.drawnNodes.get(inside)?.discard(message, 'unroutable')
  }

  /** False when the publish closed its channel. */
  #publishByName(channel: ServerChannel, message: Handle, target: PublishTarget, unroutable: () => void): boolean {
    const { container } = this.objects
    if (target.exchange === '') {
      const queue = this.objects.findQueue(channel.virtualHost, target.routingKey)
      if (queue) queue.enqueue(message)
      else {
        unroutable()
        container.discard(message, 'unroutable')
      }
      return true
    }
    const exchange = this.objects.findExchange(channel.virtualHost, target.exchange)
    if (exchange && !exchange.flags.internal) {
      this.publishTo(exchange, message, unroutable)
      return true
    }
    container.discard(message, 'unroutable')
    if (exchange) this.#refuse(channel, 403, 'ACCESS_REFUSED', `ACCESS_REFUSED - cannot publish to internal exchange '${target.exchange}' in vhost '${channel.virtualHost}'`)
    else this.#refuse(channel, 404, 'NOT_FOUND', `NOT_FOUND - no exchange '${target.exchange}' in vhost '${channel.virtualHost}'`)
    return false
  }

  /** Claim amqp.pub.mandatory. */
  #returnMessage(channel: ServerChannel, message: Handle, exchange: string): void {
    const { messages } = this.objects.container
    channel.reply({ reply: 'returned', code: 312, text: 'NO_ROUTE', exchange, message: { key: messages.key(message), body: messages.body(message), properties: messages.properties(message) } })
  }

  /** A channel error: the channel is closed, with its consumers; what is unacked goes back. */
  #refuse(channel: ServerChannel, code: number, name: string, text: string): void {
    channel.reply({ reply: 'error', scope: 'channel', code, name, text })
    this.closeChannel(channel)
  }

  /** Sends a copy along a binding; one without a line is there at once. */
  #forward(via: ChannelContext | null, queue: Queue, to: Queue | Exchange, message: Handle): void {
    if (via) via.sendCopy('from', OP_ROUTE, message, queue.number, 0)
    else if (to === queue) queue.enqueue(message)
    else this.#onward(to as Exchange, queue, message)
  }

  #arriveByBinding(wire: ChannelContext, message: Handle, queueNumber: number): void {
    const queue = this.objects.queueByNumber.get(queueNumber)
    const node = this.objects.drawnNodes.get(wire.to)!
    if (!queue) return node.discard(message, 'queue deleted')
    if (this.objects.queueOfNode.get(wire.to) === queue) return queue.enqueue(message)
    const exchange = this.objects.exchangeOfNode.get(wire.to)
    if (exchange) this.#onward(exchange, queue, message)
    else node.discard(message, 'queue deleted')
  }

  /** From an exchange in the middle of the way to the queue that was chosen at its start. */
  #onward(exchange: Exchange, queue: Queue, message: Handle): void {
    const node = exchange.node
    node.hold(message, WAITING)
    if (exchange.drawn) node.count(node.probe('in'))
    const { messages } = node
    const route = exchange.routes(messages.key(message), messages.headers(message), this.objects.version).find(one => one.queue === queue)
    if (!route) return node.discard(message, 'unroutable')
    if (exchange.drawn) node.count(node.probe('routed'))
    this.#forward(route.first.via, queue, route.first.to, message)
  }

  /** Copies of a queue that are out, channel by channel. */
  #unackedOf(queue: Queue): Handle[] {
    const found: Handle[] = []
    for (const channel of this.channels.values()) for (const tag of channel.unacked.tags(Infinity)) if (channel.unacked.queue(tag) === queue) found.push(channel.unacked.message(tag))
    return found
  }

  /** The same, and takes them from their channels. */
  #takeUnacked(queue: Queue): Handle[] {
    const found: Handle[] = []
    for (const channel of this.channels.values()) for (const tag of channel.unacked.tags(Infinity)) if (channel.unacked.queue(tag) === queue) found.push(channel.settleOne(tag).message)
    return found
  }

  #settle(channel: ServerChannel, tag: number, multiple: boolean, how: 'ack' | 'requeue' | 'reject'): void {
    if (!multiple && channel.unacked.has(tag)) {
      const queue = channel.unacked.queue(tag)
      const message = channel.unacked.message(tag)
      channel.forget(tag)
      settleCopy(queue, message, how)
      return queue.pump()
    }
    const settled = multiple ? channel.settleMany(tag) : null
    if (!settled) return this.#refuse(channel, 406, 'PRECONDITION_FAILED', `PRECONDITION_FAILED - unknown delivery tag ${tag}`)
    const touched = new Set<Queue>()
    for (const { queue, message } of settled) {
      settleCopy(queue, message, how)
      touched.add(queue)
    }
    for (const queue of touched) queue.pump()
  }

  #dropConsumer(consumer: Consumer): void {
    if (consumer.queue.removeConsumer(consumer) && !consumer.queue.deleted) this.deleteQueue(consumer.queue)
  }

  #rename<T extends Queue | Exchange>(table: Map<string, T>, object: T, virtualHost: string, name: string): void {
    table.delete(this.objects.key(object.virtualHost, object.name))
    Object.assign(object, { name, virtualHost })
    table.set(this.objects.key(virtualHost, name), object)
  }

  #exists(node: NodeContext): boolean {
    return this.objects.queueOfNode.has(node.id) || this.objects.exchangeOfNode.has(node.id)
  }

  #isInside(node: string): boolean {
    return this.objects.drawnNodes.has(node)
  }

  #levels(): void {
    const { container } = this.objects
    container.level(this.#connectionsSlot, this.connections.size)
  }
}

function settleCopy(queue: Queue, message: Handle, how: 'ack' | 'requeue' | 'reject'): void {
  if (how === 'ack') queue.acknowledge(message)
  else if (how === 'requeue') queue.requeue(message)
  else queue.reject(message)
}
