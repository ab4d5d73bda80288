import type { ChannelContext, Handle } from '../../contract/model.ts'
import { OP_DELIVER, OP_REPLY, type Reply } from './control.ts'
import type { Queue } from './queue.ts'

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
    if (globalLimit > 0 && this.channel.unacked.size >= globalLimit) return false
    return this.prefetch === 0 || this.unacked < this.prefetch
  }
}

export interface Unacked {
  readonly queue: Queue
  readonly message: Handle
  /** Null for a message fetched by get. */
  readonly consumer: Consumer | null
}

/** The broker's side of an AMQP channel: delivery tags, what is out, and who consumes on it. */
export class ServerChannel {
  readonly wire: ChannelContext
  /** The end of the wire that is the broker's. */
  readonly end: 'from' | 'to'
  readonly connection: Connection
  readonly virtualHost: string
  readonly consumers = new Map<number, Consumer>()
  /** By delivery tag, in order of tags. */
  readonly unacked = new Map<number, Unacked>()
  prefetch = 0
  globalLimit = 0
  lastQueue = ''
  /** Publishes since confirm mode was chosen, or −1 outside it. */
  publishNo = -1
  #tag = 0

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
      this.wire.send(this.end, { op: OP_DELIVER, message, carries: 'copy', a: 0, b: consumer.number })
      return
    }
    consumer.unacked += 1
    const tag = this.track({ queue, message, consumer })
    this.wire.send(this.end, { op: OP_DELIVER, message, carries: 'sight', a: tag, b: consumer.number })
  }

  track(unacked: Unacked): number {
    this.#tag += 1
    this.unacked.set(this.#tag, unacked)
    return this.#tag
  }

  /** Takes settled deliveries out: one tag, all up to it (multiple), or all (multiple with tag 0). Null: no such tag. */
  settle(tag: number, multiple: boolean): readonly Unacked[] | null {
    if (!multiple) {
      const one = this.unacked.get(tag)
      if (!one) return null
      this.#forget(tag, one)
      return [one]
    }
    if (tag !== 0 && !this.unacked.has(tag)) return null
    const settled: Unacked[] = []
    for (const [each, unacked] of this.unacked) {
      if (tag !== 0 && each > tag) break
      this.#forget(each, unacked)
      settled.push(unacked)
    }
    return settled
  }

  reply(reply: Reply): void {
    this.wire.send(this.end, { op: OP_REPLY, message: 0, carries: 'nothing', a: this.wire.give(reply), b: 0 })
  }

  #forget(tag: number, unacked: Unacked): void {
    this.unacked.delete(tag)
    if (unacked.consumer) unacked.consumer.unacked -= 1
  }
}
