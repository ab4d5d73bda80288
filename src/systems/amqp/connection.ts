import type { ChannelContext } from '../../contract/context.ts'
import type { Handle, Headers } from '../../contract/message.ts'
import type { ConfirmOwner } from './confirms.ts'
import type { Consumer } from './consumer.ts'
import type { Exchange } from './exchange.ts'
import { OP_CONFIRM, OP_DELIVER, OP_REPLY, type Reply } from './control.ts'
import type { AnyQueue, Queue } from './queue.ts'
import type { ReplyConsumer } from './reply-addresses.ts'
import { UnackedDeliveries } from './unacked.ts'

/**
 * All channels of one application to one broker: exclusive queues belong to it. It lives as long as one of its wires does: a channel that is
 * closed, by an error too, leaves it open (claim amqp.err.channel-scope).
 */
export class Connection {
  readonly id: string
  readonly user: string
  readonly wires = new Set<ChannelContext>()
  readonly channels = new Set<ServerChannel>()
  readonly exclusive = new Set<AnyQueue>()

  constructor(id: string, user: string) {
    this.id = id
    this.user = user
  }
}

/** The broker's side of an AMQP channel: delivery tags, what is out, and who consumes on it. */
export class ServerChannel implements ConfirmOwner {
  readonly wire: ChannelContext
  /** The end of the wire that is the broker's. */
  readonly end: 'from' | 'to'
  readonly connection: Connection
  readonly virtualHost: string
  readonly consumers = new Map<number, Consumer>()
  readonly unacked = new UnackedDeliveries()
  /** Unacknowledged deliveries to consumers: what the channel-wide limit counts. */
  handedOut = 0
  prefetch = 0
  globalLimit = 0
  lastQueue = ''
  /** Publishes since confirm mode was chosen, or −1 outside it. */
  publishNo = -1
  replyConsumer: ReplyConsumer | null = null
  /** What was refused on its line before; empty: nothing. */
  failed = ''
  /** What the channel is drawn to, looked up again when anything was declared or deleted since. */
  drawnQueue: AnyQueue | null = null
  drawnExchange: Exchange | null = null
  drawnVersion = -1
  /** Keys that the user may publish to what is drawn; null: all. */
  drawnTopics: RegExp | null = null
  open = true
  /** What the last message had that was looked at and left as it is: the next one of its kind has the same. */
  plainProperties: Readonly<Record<string, unknown>> | null = null
  plainHeaders: Headers | null = null

  constructor(options: { wire: ChannelContext; end: 'from' | 'to'; connection: Connection; virtualHost: string }) {
    this.wire = options.wire
    this.end = options.end
    this.connection = options.connection
    this.virtualHost = options.virtualHost
  }

  /** Id of the node that the channel is drawn to. */
  get drawnTo(): string {
    return this.end === 'from' ? this.wire.from : this.wire.to
  }

  /** Hands the head of a queue to a consumer. */
  deliver(queue: Queue, consumer: Consumer): void {
    const message = queue.take(consumer.noAck)
    if (consumer.noAck) this.wire.sendCopy(this.end, OP_DELIVER, message, -this.unacked.passOver(), consumer.number)
    else this.hand(queue, consumer, message)
  }

  /** Hands out a copy that is to be acknowledged. */
  hand(queue: AnyQueue, consumer: Consumer, message: Handle): void {
    consumer.unacked += 1
    this.handedOut += 1
    const tag = this.unacked.add(queue, message, consumer)
    this.wire.sendSight(this.end, OP_DELIVER, message, tag, consumer.number)
  }

  /** Gives out a copy that was fetched by get; its tag. */
  fetch(queue: Queue, message: Handle): number {
    queue.fetchedCount += 1
    return this.unacked.add(queue, message, null)
  }

  /** Takes a delivery out and opens its consumer's window. */
  forget(tag: number): void {
    const consumer = this.unacked.consumer(tag)
    if (consumer) {
      consumer.unacked -= 1
      this.handedOut -= 1
    } else this.unacked.queue(tag).fetchedCount -= 1
    this.unacked.delete(tag)
  }

  /** The channel-wide window opened: consumers that waited for it join the line again, in order of registration. */
  windowOpened(): void {
    if (this.globalLimit > 0 && this.handedOut >= this.globalLimit) return
    for (const consumer of this.consumers.values()) {
      if (!consumer.blocked || !consumer.isReady() || consumer.queue.settings.kind === 'stream') continue
      const queue = consumer.queue as Queue // streams were left out
      queue.turns.unblock(consumer)
      queue.pump()
    }
  }

  confirmed(publishNo: number, accepted: boolean): void {
    if (this.open) this.wire.send(this.end, OP_CONFIRM, publishNo, accepted ? 1 : 0)
  }

  reply(reply: Reply): void {
    this.wire.send(this.end, OP_REPLY, this.wire.give(reply), 0)
  }
}
