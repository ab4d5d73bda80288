import type { Alarm, ChannelContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import type { Handle } from '../../contract/message.ts'
import type { Endpoint, EndpointContext, Outcome, SendResult } from '../../contract/model.ts'
import type { Bay, Parkable } from '../../contract/parking.ts'
import type { Asked, Why } from '../../contract/why.ts'
import * as L from '../../machine/layout.ts'
import { TagWindow } from '../../messaging/tag-window.ts'
import type { Config } from '../../topology/document.ts'
import { AmqpClient, type ClientListener } from './client.ts'
import type { Reply } from './control.ts'
import { GUEST } from './permissions.ts'
import { Publisher } from './publisher.ts'
import { isReplyAddress, REPLY_QUEUE } from './reply-addresses.ts'
import { consumerArguments } from './settings.ts'

const RECONNECT = 1
const PUBLISH_AGAIN = 2
/** The first consumer of a connection; each subscription gets a number of its own. */
const FIRST_CONSUMER = 1
const REPLY_TAG = 'direct-reply-to'
/**
 * A tag for the application is connections before × TAGS + delivery tag: 2^32 deliveries a connection, 2^21 connections. Those of the first
 * connection are small numbers, which pass without a box.
 */
const TAGS = 4294967296
/** A subscription is made anew when one of these changes. */
const CONSUMER_FIELDS = ['prefetch', 'prefetchScope', 'noAck', 'exclusive', 'priority', 'streamOffset', 'arguments']

/**
 * The client library's half of a drawn channel: it connects, declares what it uses, publishes or consumes, settles, and connects again after
 * the interval when the connection is gone.
 */
export class AmqpEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend: boolean
  readonly canReceive: boolean
  readonly #context: EndpointContext
  readonly #client: AmqpClient
  readonly #peer: string
  #alarm: Alarm = 0
  #consumer = FIRST_CONSUMER
  /** Grows with each connection: a delivery of an old one can't be settled on the new. */
  #tagBase = -TAGS
  readonly #unsettled = new TagWindow()
  readonly #publisher: Publisher

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.canSend = context.channel.type === 'amqp.publish'
    this.canReceive = context.channel.type === 'amqp.consume'
    this.#client = new AmqpClient(context.channel, context.end, this)
    this.#peer = context.end === 'from' ? context.channel.to : context.channel.from
    this.#publisher = new Publisher(context, this.#client, PUBLISH_AGAIN)
  }

  isOpen(): boolean {
    return this.#client.isOpen
  }

  start(): void {
    this.#stopAlarm()
    this.#connect()
    // A run begins with its connections standing; whatever starts later shakes hands first.
    if (this.#context.node.nowNs() === 0) this.#client.assumeOpen()
  }

  wake(signal: number): void {
    if (signal === PUBLISH_AGAIN) return this.#publisher.again()
    this.#alarm = 0
    if (this.#client.isClosed && this.#context.node.isUp()) this.#connect()
  }

  crash(): void {
    this.#client.forget()
    this.#stopAlarm()
    this.#unsettled.clear()
    this.#publisher.crash()
  }

  send(message: Handle): SendResult {
    return this.#publisher.send(message)
  }

  settle(tag: number, outcome: Outcome): void {
    const serverTag = tag - this.#tagBase
    // Anything else is the tag of a connection that is gone.
    if (serverTag <= 0 || serverTag >= TAGS || !this.#client.isOpen || !this.#unsettled.delete(serverTag)) return
    if (outcome === 'accepted') this.#client.ack(serverTag)
    else this.#client.nack(serverTag, { requeue: outcome === 'released' })
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#client.receive(op, message, a, b)
  }

  delivered(message: Handle, tag: number): void {
    if (tag > 0) this.#unsettled.add(tag)
    this.#context.node.fact(FACT.delivered, message)
    this.#context.client.deliver(this, message, tag < 0 ? 0 : this.#tagBase + tag)
  }

  opened(): void {
    this.#publisher.opened()
    this.#context.client.opened(this)
  }

  closed(): void {
    this.#unsettled.clear()
    this.#publisher.closed()
    this.#context.client.closed(this)
    this.#retryLater()
  }

  confirmed(publishNo: number, accepted: boolean): void {
    this.#publisher.confirmed(publishNo, accepted)
  }

  /** What is drawn is declared as the document says; a refusal (another connection owns the queue), and a queue that goes, are like a lost connection: tried again. */
  replied(reply: Reply): void {
    if (reply.reply === 'returned') return this.#publisher.returned()
    if (reply.reply !== 'error' && !(reply.reply === 'cancelled' && reply.consumer === this.#consumer)) return
    this.#client.forget()
    this.closed()
  }

  get bits(): number {
    return this.#publisher.plainBits
  }

  /** An open channel that publishes as it comes, or consumes for an application that is parked itself. */
  readonly parking: Parkable = {
    weigh: bay => {
      const fits = this.#client.isOpen && this.#alarm === 0 && (this.canReceive ? bay.fits(this.#context.client) && bay.isVouchedFor(this.channel) : this.bits >= 0)
      if (!fits) bay.refuse(this.channel)
    },
    park: bay => {
      if (!this.canReceive || !bay.fits(this.channel)) return
      const record = bay.at(this.channel, L.SUBSCRIPTION_CELLS)
      const lane = bay.lane(this.channel, this.#context.end === 'from' ? 'to' : 'from')
      const app = bay.at(this.#context.client, L.APP_CELLS)
      const { i } = bay.memory
      i[record * 2 + L.SUBSCRIPTION_APP] = app
      i[lane * 2 + L.LANE_RECEIVER] = L.RECEIVER_CLIENT
      i[lane * 2 + L.LANE_TO] = record
      for (const tag of this.#unsettled.tags()) i[windowAt(bay, record, tag)]! |= L.WITH_CLIENT
    },
    unpark: bay => {
      if (!this.canReceive || !bay.fits(this.channel)) return
      const record = bay.at(this.channel, L.SUBSCRIPTION_CELLS)
      const { f, i } = bay.memory
      this.#unsettled.clear()
      for (let tag = f[record + L.F_SUBSCRIPTION_OLDEST]!; tag <= f[record + L.F_SUBSCRIPTION_LAST]!; tag += 1) if ((i[windowAt(bay, record, tag)]! & L.WITH_CLIENT) !== 0) this.#unsettled.add(tag)
    },
  }

  get tagBase(): number {
    return this.#tagBase
  }

  why(asked: Asked): readonly Why[] {
    return this.#publisher.why(asked)
  }

  notes(): readonly string[] {
    return this.canSend ? this.#publisher.notes(this.channel.nodeLabel('to')) : []
  }
  queued(visit: (message: Handle) => void): void {
    this.#publisher.queued(visit)
  }

  returnAddress(): string | null {
    return this.#takesReplies ? REPLY_QUEUE : null
  }
  /** On the channel that it reads on, through the default exchange. */
  reply(message: Handle): SendResult {
    if (!this.#client.isOpen) return 'refused'
    this.#client.publishTo({ exchange: '', routingKey: this.#context.node.messages.key(message) }, message, {})
    return 'sent'
  }
  madeAddress(address: string): boolean {
    return isReplyAddress(address)
  }

  reconfigured(before: Config): void {
    this.#publisher.reconfigured()
    if (!this.#client.isOpen) return
    const config = this.channel.config()
    if (before['user'] !== config['user']) {
      this.#client.forget()
      return this.closed()
    }
    if (before['directReplyTo'] !== config['directReplyTo']) {
      this.#client.control({ verb: 'cancel', consumer: this.#consumer })
      this.#takeReplies()
    }
    if (!this.canReceive) return
    if (CONSUMER_FIELDS.every(field => before[field] === config[field])) return
    // RabbitMQ applies a prefetch to consumers that start later: cancel and subscribe again.
    this.#client.control({ verb: 'cancel', consumer: this.#consumer })
    this.#consumer += 1
    this.#subscribe()
  }

  #connect(): void {
    this.#tagBase += TAGS
    const user = this.#user
    // Channels of one user share a connection.
    const { id } = this.#context.node
    this.#client.open({ connection: user === GUEST ? id : `${id} as ${user}`, virtualHost: null, user })
    this.#client.control({ verb: 'declare-drawn', node: this.#peer })
    if (this.#publisher.asksForConfirms) this.#client.control({ verb: 'confirm' })
    this.#consumer = FIRST_CONSUMER
    if (this.canReceive) this.#subscribe()
    else this.#takeReplies()
  }

  get #user(): string {
    const user = this.channel.config()['user']
    return typeof user === 'string' && user !== '' ? user : GUEST
  }

  get #takesReplies(): boolean {
    const how = this.channel.config()['directReplyTo']
    return how === 'no-ack' || how === 'ack'
  }

  /** Claim amqp.drawn.direct-reply: before anything is published that asks for a direct reply. */
  #takeReplies(): void {
    if (this.#takesReplies) this.#client.control({ verb: 'consume', queue: REPLY_QUEUE, consumer: this.#consumer, tag: REPLY_TAG, noAck: this.channel.config()['directReplyTo'] === 'no-ack', exclusive: false, arguments: {} })
  }

  #subscribe(): void {
    const config = this.channel.config()
    this.#client.control({ verb: 'qos', count: Number(config['prefetch']), global: config['prefetchScope'] === 'channel' })
    this.#client.control({ verb: 'consume-drawn', node: this.#peer, consumer: this.#consumer, noAck: config['noAck'] === true, exclusive: config['exclusive'] === true, arguments: consumerArguments(config) })
  }

  #retryLater(): void {
    const waitMs = Number(this.channel.config()['reconnect'])
    if (waitMs > 0 && this.#alarm === 0) this.#alarm = this.#context.after(Math.round(waitMs * 1e6), RECONNECT, 0)
  }

  #stopAlarm(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }
}

/** Index of a delivery's integer in its subscription's window. */
function windowAt({ memory: { i } }: Bay, record: number, tag: number): number {
  return i[record * 2 + L.SUBSCRIPTION_WINDOW]! * 2 + (tag & i[record * 2 + L.SUBSCRIPTION_MASK]!)
}
