import { OP_CLOSED, type Alarm, type ChannelContext, type Endpoint, type EndpointContext, type Handle, type Outcome, type Packet, type SendResult } from '../../contract/model.ts'
import { OrderedDeque } from '../../messaging/ordered-deque.ts'
import type { Config } from '../../topology/document.ts'
import { NACK_REQUEUE, OP_ACK, OP_CONTROL, OP_DELIVER, OP_NACK, OP_OPEN, OP_OPENED, OP_PUBLISH, type Control, type Opening } from './control.ts'

const RECONNECT = 1
/** The one consumer of an endpoint; a new number for each subscription, so that late deliveries of an old one are told apart. */
const FIRST_CONSUMER = 1

/**
 * The client library's half of a drawn channel: it connects, declares what it uses, publishes or consumes, settles, and connects again after
 * the interval when the connection is gone.
 */
export class AmqpEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend: boolean
  readonly canReceive: boolean
  readonly #context: EndpointContext
  readonly #peer: string
  #state: 'closed' | 'connecting' | 'open' = 'closed'
  #alarm: Alarm = 0
  #consumer = FIRST_CONSUMER
  /** Grows with each connection: a delivery of an old one can't be settled on the new. */
  #session = 0
  readonly #sessionOfTag = new Map<number, number>()
  /** Messages kept while disconnected. */
  readonly #outbox: OrderedDeque
  #outboxPosition = 0

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.canSend = context.channel.type === 'amqp.publish'
    this.canReceive = context.channel.type === 'amqp.consume'
    this.#peer = context.end === 'from' ? context.channel.to : context.channel.from
    this.#outbox = new OrderedDeque(message => context.node.messages.mark(message))
  }

  isOpen(): boolean {
    return this.#state === 'open'
  }

  start(): void {
    this.#stopAlarm()
    this.#connect()
    // A run begins with its connections standing; whatever starts later shakes hands first.
    if (this.#context.node.nowNs() === 0) this.#opened()
  }

  wake(signal: number): void {
    if (signal !== RECONNECT) return
    this.#alarm = 0
    if (this.#state === 'closed' && this.#context.node.isUp()) this.#connect()
  }

  crash(): void {
    this.#state = 'closed'
    this.#stopAlarm()
    this.#sessionOfTag.clear()
    this.#outbox.drain(message => this.#context.node.discard(message, 'application crashed'))
  }

  send(message: Handle): SendResult {
    if (this.#state === 'open') {
      this.#publish(message)
      return 'sent'
    }
    if (this.channel.config()['whileDisconnected'] === 'buffer') {
      this.#outboxPosition += 1
      this.#context.node.hold(message, 'waiting')
      this.#context.node.messages.setMark(message, this.#outboxPosition)
      this.#outbox.push(message)
      return 'buffered'
    }
    return 'refused'
  }

  settle(tag: number, outcome: Outcome): void {
    const serverTag = tag % TAGS
    if (this.#state !== 'open' || Math.floor(tag / TAGS) !== this.#session || !this.#sessionOfTag.delete(serverTag)) return
    if (outcome === 'accepted') this.#transmit(OP_ACK, serverTag, 0)
    else this.#transmit(OP_NACK, serverTag, outcome === 'released' ? NACK_REQUEUE : 0)
  }

  receive(_channel: ChannelContext, packet: Packet): void {
    const { op, message, a, b } = packet
    if (op === OP_CLOSED) return this.#closed()
    if (op === OP_OPENED) return this.#opened()
    if (op === OP_DELIVER) {
      if (a !== 0) this.#sessionOfTag.set(a, b)
      this.#context.node.fact('delivered', message)
      this.#context.client.deliver(this, message, a === 0 ? 0 : this.#session * TAGS + a)
      return
    }
    // Replies to what was declared: drawn objects are declared as the document says, so there is nothing to decide on.
    this.channel.taken(a)
  }

  reconfigured(before: Config): void {
    if (this.#state !== 'open' || !this.canReceive) return
    const config = this.channel.config()
    if (before['prefetch'] === config['prefetch'] && before['noAck'] === config['noAck']) return
    // RabbitMQ applies a prefetch to consumers that start later: cancel and subscribe again.
    this.#control({ verb: 'cancel', consumer: this.#consumer })
    this.#consumer += 1
    this.#subscribe()
  }

  #connect(): void {
    this.#session += 1
    this.#state = 'connecting'
    const opening: Opening = { connection: this.#context.node.id, virtualHost: null }
    this.#transmit(OP_OPEN, this.channel.give(opening), 0)
    this.#control({ verb: 'declare-drawn', node: this.#peer })
    if (this.canReceive) {
      this.#consumer = FIRST_CONSUMER
      this.#subscribe()
    }
  }

  #opened(): void {
    if (this.#state !== 'connecting') return
    this.#state = 'open'
    this.#outbox.drain(message => this.#publish(message))
    this.#context.client.opened(this)
  }

  #subscribe(): void {
    const config = this.channel.config()
    this.#control({ verb: 'consume-drawn', node: this.#peer, consumer: this.#consumer, prefetch: Number(config['prefetch']), noAck: config['noAck'] === true })
  }

  #closed(): void {
    if (this.#state === 'closed') return
    const was = this.#state
    this.#state = 'closed'
    this.#sessionOfTag.clear()
    if (was === 'open') this.#context.client.closed(this)
    const waitMs = Number(this.channel.config()['reconnect'])
    if (waitMs > 0) this.#alarm = this.#context.after(Math.round(waitMs * 1e6), RECONNECT, 0)
  }

  #publish(message: Handle): void {
    this.channel.send(this.#context.end, { op: OP_PUBLISH, message, carries: 'copy', a: 0, b: 0 })
  }

  #control(control: Control): void {
    this.#transmit(OP_CONTROL, this.channel.give(control), 0)
  }

  #transmit(op: number, a: number, b: number): void {
    this.channel.send(this.#context.end, { op, message: 0, carries: 'nothing', a, b })
  }

  #stopAlarm(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }
}

/** A tag for the application is session × TAGS + delivery tag: 2^32 deliveries a connection, 2^21 connections. */
const TAGS = 4294967296
