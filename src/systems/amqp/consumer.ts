import type { ServerChannel } from './connection.ts'
import type { AnyQueue } from './queue.ts'

export interface Subscription {
  readonly number: number
  readonly tag: string
  readonly noAck: boolean
  readonly prefetch: number
  readonly exclusive: boolean
  readonly priority: number
}

/** A subscription of a channel to a queue. */
export class Consumer {
  readonly channel: ServerChannel
  readonly queue: AnyQueue
  readonly number: number
  readonly tag: string
  readonly noAck: boolean
  readonly prefetch: number
  readonly exclusive: boolean
  readonly priority: number
  unacked = 0
  /** Credit that a quorum queue gave it for nothing (claim amqp.quorum.limit-credit). */
  surplus = 0
  /** Not in line for its turn: it was at its limit when its turn came. */
  blocked = false
  /** Cancelled, or its channel is gone; what it holds may still be settled. */
  gone = false
  /** Of a stream: what it reads next. */
  offset = 0

  constructor(channel: ServerChannel, queue: AnyQueue, subscription: Subscription) {
    this.channel = channel
    this.queue = queue
    this.number = subscription.number
    this.tag = subscription.tag
    this.noAck = subscription.noAck
    this.prefetch = subscription.prefetch
    this.exclusive = subscription.exclusive
    this.priority = subscription.priority
  }

  /** Claims amqp.prefetch.consumer, amqp.prefetch.zero, amqp.prefetch.no-ack, and the channel-wide limit of amqp.prefetch.global. */
  isReady(): boolean {
    if (this.noAck) return true
    const { channel } = this
    if (channel.globalLimit > 0 && channel.handedOut >= channel.globalLimit) return false
    return this.prefetch === 0 || this.unacked < this.prefetch + this.surplus
  }

  /** One more, and its credit is used up. */
  isLast(): boolean {
    return !this.noAck && this.prefetch > 0 && this.unacked + 1 >= this.prefetch + this.surplus
  }
}
