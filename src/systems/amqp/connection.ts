import type { ChannelContext } from '../../contract/model.ts'
import { OP_DELIVER, OP_REPLY, type Reply } from './control.ts'
import type { Queue } from './queue.ts'
import { UnackedDeliveries, type Unacked } from './unacked.ts'

/** All channels of one application to one broker: exclusive queues belong to it. */
export class Connection {
  readonly id: string
  readonly channels = new Set<ServerChannel>()
  readonly exclusive = new Set<Queue>()

  constructor(id: string) {
    this.id = id
  }
}

export class Consumer {
  readonly channel: ServerChannel
  readonly number: number
  readonly noAck: boolean
  readonly prefetch: number
  readonly exclusive: boolean
  readonly queue: Queue
  unacked = 0

  constructor(options: { channel: ServerChannel; number: number; noAck: boolean; prefetch: number; exclusive: boolean; queue: Queue }) {
    this.channel = options.channel
    this.number = options.number
    this.noAck = options.noAck
    this.prefetch = options.prefetch
    this.exclusive = options.exclusive
    this.queue = options.queue
  }

  /** Claims amqp.prefetch.consumer, amqp.prefetch.zero, amqp.prefetch.no-ack, and the channel-wide limit of amqp.prefetch.global. */
  isReady(): boolean {
    if (this.noAck) return true
    const { globalLimit } = this.channel
    if (globalLimit > 0 && this.channel.unacked.count >= globalLimit) return false
    return this.prefetch === 0 || this.unacked < this.prefetch
  }
}

/** The broker's side of an AMQP channel: delivery tags, what is out, and who consumes on it. */
export class ServerChannel {
  readonly wire: ChannelContext
  /** The end of the wire that is the broker's. */
  readonly end: 'from' | 'to'
  readonly connection: Connection
  readonly virtualHost: string
  readonly consumers = new Map<number, Consumer>()
  readonly unacked = new UnackedDeliveries()
  prefetch = 0
  globalLimit = 0
  lastQueue = ''
  /** Publishes since confirm mode was chosen, or −1 outside it. */
  publishNo = -1

  constructor(options: { wire: ChannelContext; end: 'from' | 'to'; connection: Connection; virtualHost: string }) {
    this.wire = options.wire
    this.end = options.end
    this.connection = options.connection
    this.virtualHost = options.virtualHost
  }

  /** Hands the head of a queue to a consumer. */
  deliver(queue: Queue, consumer: Consumer): void {
    const message = queue.take(consumer.noAck)
    if (consumer.noAck) {
      this.wire.sendCopy(this.end, OP_DELIVER, message, 0, consumer.number)
      return
    }
    consumer.unacked += 1
    const tag = this.unacked.add(queue, message, consumer)
    this.wire.sendSight(this.end, OP_DELIVER, message, tag, consumer.number)
  }

  /** Takes settled deliveries out: all up to a tag (multiple), or all there are (tag 0). Null: no such tag. */
  settleMany(tag: number): readonly Unacked[] | null {
    if (tag !== 0 && !this.unacked.has(tag)) return null
    return this.unacked.tags(tag === 0 ? Infinity : tag).map(each => this.settleOne(each))
  }

  /** The tag must be one that is out. */
  settleOne(tag: number): Unacked {
    const { unacked } = this
    const one: Unacked = { tag, queue: unacked.queue(tag), message: unacked.message(tag), consumer: unacked.consumer(tag) }
    this.forget(tag)
    return one
  }

  /** Takes a delivery out and opens its consumer's window. */
  forget(tag: number): void {
    const consumer = this.unacked.consumer(tag)
    if (consumer) consumer.unacked -= 1
    this.unacked.delete(tag)
  }

  reply(reply: Reply): void {
    this.wire.send(this.end, OP_REPLY, this.wire.give(reply), 0)
  }
}
