import { OP_CLOSED, type ChannelContext, type NodeContext } from '../../contract/context.ts'
import type { LogSheet } from '../../contract/log.ts'
import type { Handle as Copy } from '../../contract/message.ts'
import type { SystemModel, SystemPlan } from '../../contract/model.ts'
import type { Way } from '../../contract/way.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Config } from '../../topology/document.ts'
import { BrokerParking } from './broker-parking.ts'
import { Confirms } from './confirms.ts'
import { Connection, ServerChannel } from './connection.ts'
import type { Consumer } from './consumer.ts'
import { NACK_MULTIPLE, NACK_REQUEUE, OP_ACK, OP_CONTROL, OP_NACK, OP_OPEN, OP_OPENED, OP_PUBLISH, OP_ROUTE, type Control, type Opening, type PublishTarget } from './control.ts'
import { DeadLetterOffice } from './dead-letter-office.ts'
import { deadLetterWays } from './dead-letter-ways.ts'
import { HEAD_EXPIRES, LETTERS_AGAIN, QUEUE_EXPIRES } from './expiry.ts'
import { notesOf } from './notes.ts'
import { isStreamBySettings } from './drawn.ts'
import { Objects } from './objects.ts'
import { perform } from './perform.ts'
import { publish } from './publishing.ts'
import type { AnyQueue } from './queue.ts'
import { Redrawing } from './redrawing.ts'
import { verbOf } from './refusals.ts'
import { Refused } from './refused.ts'
import { ReplyAddresses } from './reply-addresses.ts'
import { Router } from './router.ts'
import { recover, returnAll, settle } from './settling.ts'
import { StreamQueue } from './stream-queue.ts'
import { whyThere } from './why.ts'
import { whyDied } from './why-died.ts'

/** What a client does first, as refusals name it. */
const OPENING = 'open'

/** One RabbitMQ node: exchanges and queues, connections and channels, and what happens to each packet. */
export class Broker implements SystemModel {
  readonly objects: Objects
  readonly router: Router
  readonly confirms = new Confirms()
  readonly replies = new ReplyAddresses()
  readonly connections = new Map<string, Connection>()
  readonly office: DeadLetterOffice
  /** By index of the wire; null where no channel is open. */
  readonly #channels: (ServerChannel | null)[] = []
  #started = false
  #generated = 0
  readonly parking = new BrokerParking(this)
  readonly #redrawing = new Redrawing(this)
  readonly #connectionsSlot: number

  constructor(plan: SystemPlan) {
    this.objects = new Objects(plan)
    this.office = this.objects.office
    this.router = new Router(this.objects, this.confirms)
    this.office.connect({ router: this.router, confirms: this.confirms, replies: this.replies })
    this.#connectionsSlot = plan.container.probe('connections')
  }

  /** First start: everything that needs no client. After a crash: only what is durable came back; the rest waits for its clients. */
  start(): void {
    this.objects.declareAll(node => !this.#started || node.config()['durable'] === true)
    for (const node of this.objects.drawnNodes.values()) if (!this.objects.exists(node)) node.present(false)
    this.#started = true
    for (const queue of this.objects.queues.values()) {
      queue.touch()
      if (!(queue instanceof StreamQueue)) queue.dropExpired()
    }
    this.office.deliver()
  }

  wake(_node: NodeContext, signal: number, number: number): void {
    const queue = this.objects.queueByNumber.get(number)
    if (!queue || queue instanceof StreamQueue) return
    if (signal === HEAD_EXPIRES) {
      // While the broker is down nothing expires; it is looked at when it is back.
      if (this.objects.container.isUp()) queue.headExpires()
    } else if (signal === QUEUE_EXPIRES) {
      if (queue.isExpired() && this.objects.container.isUp()) this.deleteQueue(queue)
    } else if (signal === LETTERS_AGAIN) {
      if (this.objects.container.isUp()) this.office.again(queue)
      else queue.letters.waitOn()
    }
    this.office.deliver()
  }

  receive(wire: ChannelContext, op: number, message: Copy, a: number, b: number): void {
    if (op === OP_ROUTE) this.router.arriveByBinding(wire, message, a, b)
    else if (op === OP_OPEN) this.#open(wire, wire.taken(a) as Opening)
    else if (op === OP_CLOSED) this.#hungUp(wire)
    else {
      const channel = this.#channels[wire.index]
      if (channel) this.#serve(channel, op, message, a, b)
      // A channel that was closed by an error: what still comes over it counts for nothing.
      else if (op === OP_PUBLISH) this.objects.container.discard(message, 'connection lost')
    }
    this.office.deliver()
  }

  /** A copy on a binding was lost with the binding, or with the broker. */
  lost(_wire: ChannelContext, op: number, _message: Copy, _a: number, b: number): void {
    if (op === OP_ROUTE) this.confirms.settle(b, false)
  }

  get isRunning(): boolean {
    return this.#started && this.objects.container.isUp()
  }

  newQueueName(): string {
    this.#generated += 1
    return `amq.gen-${this.#generated}`
  }

  get channels(): readonly ServerChannel[] {
    return this.#channels.filter(channel => channel !== null && channel !== undefined)
  }

  closeChannel(channel: ServerChannel): void {
    this.#channels[channel.wire.index] = null
    channel.open = false
    this.replies.unsubscribe(channel)
    const consumers = [...channel.consumers.values()]
    for (const consumer of consumers) this.#dropConsumer(consumer)
    channel.consumers.clear()
    returnAll(channel)
    // Where it was the single active consumer, the next one takes over.
    for (const { queue } of consumers) if (!queue.deleted) queue.pump()
    channel.connection.channels.delete(channel)
  }

  cancelConsumer(consumer: Consumer): void {
    consumer.channel.consumers.delete(consumer.number)
    this.#dropConsumer(consumer)
    if (!consumer.queue.deleted) consumer.queue.pump()
  }

  giveBackAll(channel: ServerChannel, requeue: boolean): void {
    recover(channel, requeue)
  }

  deleteQueue(queue: AnyQueue): void {
    if (queue.deleted) return
    this.objects.forgetQueue(queue)
    for (const consumer of queue.consumers) {
      consumer.channel.consumers.delete(consumer.number)
      consumer.channel.reply({ reply: 'cancelled', consumer: consumer.number })
    }
    // Their tags stay: settling what a deleted queue had handed out is harmless (claim amqp.consume.cancel-notify).
    queue.discardAll('queue deleted', this.#unackedOf(queue))
  }

  crash(): void {
    this.#goDown('crash')
  }
  stop(): void {
    this.#goDown('stop')
  }

  #goDown(how: 'crash' | 'stop'): void {
    const unacked = new Map<AnyQueue, readonly Copy[]>()
    for (const queue of this.objects.queues.values()) unacked.set(queue, this.#unackedOf(queue))
    for (const channel of this.channels) channel.open = false
    this.#channels.length = 0
    this.connections.clear()
    this.replies.clear()
    for (const queue of [...this.objects.queues.values()]) {
      queue.owner = null
      if (queue.declared.durable && !queue.declared.exclusive) queue.afterEnd(unacked.get(queue)!, how)
      else {
        this.objects.forgetQueue(queue)
        queue.discardAll('broker crashed', unacked.get(queue)!)
      }
    }
    for (const exchange of [...this.objects.exchanges.values()]) if (!exchange.flags.durable) this.objects.forgetExchange(exchange)
    this.#tell()
  }

  addNode(node: NodeContext): void {
    this.#redrawing.addNode(node)
  }
  removeNode(node: NodeContext): void {
    this.#redrawing.removeNode(node)
    this.office.deliver()
  }

  reconfigured(node: NodeContext): void {
    if (node === this.objects.container) this.objects.readBroker()
    else this.#redrawing.redeclare(node)
    this.objects.version += 1
    this.office.deliver()
  }

  addChannel(channel: ChannelContext): void {
    if (channel.type === 'amqp.binding') this.#redrawing.addBinding(channel)
  }
  removeChannel(channel: ChannelContext): void {
    this.objects.refusals.forget(channel)
    this.#redrawing.removeBinding(channel)
  }
  reconfiguredChannel(channel: ChannelContext, before: Config): void {
    this.objects.refusals.forget(channel)
    if (channel.type === 'amqp.binding') this.#redrawing.rebind(channel, before)
  }

  contents(node: NodeContext, out: Copy[], from: number, limit: number): number {
    const queue = this.objects.queueOfNode.get(node.id)
    return queue ? queue.contents(out, { from, limit }, () => this.#unackedOf(queue)) : 0
  }

  /** A queue that isn't there is what its settings say. */
  log(node: NodeContext, sheet: LogSheet): boolean {
    const queue = this.objects.queueOfNode.get(node.id)
    if (queue instanceof StreamQueue) queue.writeLog(sheet)
    return queue ? queue instanceof StreamQueue : isStreamBySettings(node)
  }

  notes(node: NodeContext): readonly string[] {
    return notesOf(this, node)
  }

  ways(): readonly Way[] {
    return deadLetterWays(this.objects)
  }

  why(asked: Asked): readonly Why[] {
    return asked.ended === null ? whyThere(this, asked) : whyDied(this, asked, asked.ended)
  }

  #serve(channel: ServerChannel, op: number, message: Copy, a: number, b: number): void {
    const control = op === OP_CONTROL ? (channel.wire.taken(a) as Control) : null
    try {
      switch (op) {
        case OP_PUBLISH:
          publish(this, channel, message, a === 0 ? null : (channel.wire.taken(a) as PublishTarget), b)
          break
        case OP_ACK:
          settle(channel, a, b !== 0, 'ack')
          break
        case OP_NACK:
          settle(channel, a, (b & NACK_MULTIPLE) !== 0, (b & NACK_REQUEUE) !== 0 ? 'requeue' : 'reject')
          break
        case OP_CONTROL: {
          const reply = perform(this, channel, control!) // a control packet carries one
          if (reply) channel.reply(reply)
        }
      }
      if (channel.failed !== '') this.objects.refusals.passed(channel, verbOf(op, control))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.objects.refusals.failed(channel, verbOf(op, control), error)
      if (op === OP_PUBLISH) this.objects.container.discard(message, error.reply.code === 404 || error.reply.code === 403 ? 'unroutable' : 'refused')
      this.refuse(channel, error)
    }
  }

  /** A refusal closes its channel with its consumers, or the whole connection (claims amqp.err.channel-scope and amqp.err.connection). */
  refuse(channel: ServerChannel, { reply }: Refused): void {
    channel.reply(reply)
    if (reply.scope === 'channel') return this.closeChannel(channel)
    for (const one of [...channel.connection.channels]) {
      if (one !== channel) one.reply({ ...reply, also: true })
      this.closeChannel(one)
    }
    this.#end(channel.connection)
  }

  /** A wire is closed: its channel with it, and the connection when it was the last. */
  #hungUp(wire: ChannelContext): void {
    const channel = this.#channels[wire.index]
    if (channel) this.closeChannel(channel)
    for (const connection of this.connections.values()) if (connection.wires.delete(wire) && connection.wires.size === 0) this.#end(connection)
  }

  /** Claim amqp.queue.exclusive: exclusive queues go with their connection. */
  #end(connection: Connection): void {
    this.connections.delete(connection.id)
    connection.wires.clear()
    for (const queue of [...connection.exclusive]) this.deleteQueue(queue)
    this.#tell()
  }

  #open(wire: ChannelContext, opening: Opening): void {
    const old = this.#channels[wire.index]
    if (old) this.closeChannel(old)
    // A client that changes its user leaves its connection.
    for (const other of this.connections.values()) if (other.id !== opening.connection && other.wires.delete(wire) && other.wires.size === 0) this.#end(other)
    const connection = this.connections.get(opening.connection) ?? new Connection(opening.connection, opening.user)
    const end = this.objects.drawnNodes.has(wire.from) ? 'from' : 'to'
    const drawn = this.objects.drawnNodes.get(end === 'from' ? wire.from : wire.to)
    const virtualHost = opening.virtualHost ?? String(drawn?.config()['virtualHost'] ?? '/')
    const channel = new ServerChannel({ wire, end, connection, virtualHost })
    channel.failed = this.objects.refusals.failedOn(wire)
    try {
      this.objects.permissions.checkLogin(opening.user, virtualHost)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.objects.refusals.failed(channel, OPENING, error)
      return channel.reply(error.reply)
    }
    this.objects.refusals.passed(channel, OPENING)
    this.connections.set(connection.id, connection)
    connection.channels.add(channel)
    connection.wires.add(wire)
    while (this.#channels.length <= wire.index) this.#channels.push(null)
    this.#channels[wire.index] = channel
    wire.send(end, OP_OPENED, 0, 0)
    this.#tell()
  }

  /** Copies of a queue that are out, channel by channel. */
  #unackedOf(queue: AnyQueue): Copy[] {
    const found: Copy[] = []
    for (const { unacked } of this.channels) for (const tag of unacked.tags(Infinity)) if (unacked.queue(tag) === queue) found.push(unacked.message(tag))
    return found
  }

  #dropConsumer(consumer: Consumer): void {
    if (consumer.queue.removeConsumer(consumer) && !consumer.queue.deleted) this.deleteQueue(consumer.queue)
  }

  #tell(): void {
    this.objects.container.level(this.#connectionsSlot, this.connections.size)
  }
}
