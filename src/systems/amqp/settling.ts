import type { Handle } from '../../contract/message.ts'
import type { ServerChannel } from './connection.ts'
import type { Consumer } from './consumer.ts'
import type { AnyQueue, Queue } from './queue.ts'
import { notImplemented, preconditionFailed } from './refused.ts'
import { StreamQueue } from './stream-queue.ts'

export type Settlement = 'ack' | 'requeue' | 'reject'

/** Settles what a channel names by tag; an unknown tag is refused (claim amqp.err.unknown-tag). */
export function settle(channel: ServerChannel, tag: number, multiple: boolean, how: Settlement): void {
  const { unacked } = channel
  if (multiple) {
    if (tag !== 0 && !unacked.has(tag)) throw unknownTag(tag)
    return settleMany(channel, unacked.tags(tag === 0 ? Infinity : tag), how)
  }
  if (!unacked.has(tag)) throw unknownTag(tag)
  const queue = unacked.queue(tag)
  const message = unacked.message(tag)
  const consumer = unacked.consumer(tag)
  channel.forget(tag)
  if (queue.deleted) return
  if (queue instanceof StreamQueue) {
    settleReading(queue, message, how)
    queue.pump()
  } else {
    // The window opens before the message is back: its consumer may be the next in line.
    if (consumer !== null) queue.turns.unblock(consumer)
    settleOne(queue, consumer, message, how)
  }
  if (channel.globalLimit > 0) channel.windowOpened()
}

function settleOne(queue: Queue, consumer: Consumer | null, message: Handle, how: Settlement): void {
  if (how === 'requeue') return queue.requeue(message, consumer)
  if (how === 'ack') queue.acknowledge(message)
  else queue.reject(message)
  queue.pump()
}

/** Several at once go queue by queue, and in a queue consumer by consumer, as the real broker tells its queues. */
function settleMany(channel: ServerChannel, tags: readonly number[], how: Settlement): void {
  for (const group of groupsOf(channel, tags)) {
    const { queue, consumer, messages } = group
    if (queue.deleted) continue
    if (queue instanceof StreamQueue) for (const message of messages) settleReading(queue, message, how)
    else {
      if (consumer !== null) queue.turns.unblock(consumer)
      if (how === 'requeue') queue.requeueAll(messages, consumer)
      else if (how === 'ack') for (const message of messages) queue.acknowledge(message)
      else for (const message of messages) queue.reject(message)
    }
    queue.pump()
  }
  if (channel.globalLimit > 0) channel.windowOpened()
}

/** Claim amqp.recover. */
export function recover(channel: ServerChannel, requeue: boolean): void {
  if (!requeue) throw notImplemented('requeue=false')
  settleMany(channel, channel.unacked.tags(Infinity), 'requeue')
}

/** The channel is gone: what it held goes back to each queue at once, in order of tags. */
export function returnAll(channel: ServerChannel): void {
  const byQueue = new Map<AnyQueue, Handle[]>()
  for (const group of groupsOf(channel, channel.unacked.tags(Infinity))) {
    const held = byQueue.get(group.queue) ?? []
    held.push(...group.messages)
    byQueue.set(group.queue, held)
  }
  for (const [queue, messages] of byQueue) if (!queue.deleted) queue.requeueAll(messages, null, true)
}

interface Group {
  readonly queue: AnyQueue
  readonly consumer: Consumer | null
  readonly messages: Handle[]
}

/** Takes deliveries out of the channel. */
function groupsOf(channel: ServerChannel, tags: readonly number[]): readonly Group[] {
  const groups: Group[] = []
  const { unacked } = channel
  for (const tag of tags) {
    const queue = unacked.queue(tag)
    const consumer = unacked.consumer(tag)
    const message = unacked.message(tag)
    channel.forget(tag)
    const group = groups.find(one => one.queue === queue && one.consumer === consumer)
    if (group) group.messages.push(message)
    else groups.push({ queue, consumer, messages: [message] })
  }
  const key = (group: Group): string => `${group.queue.name}\n${group.consumer?.tag ?? ''}`
  return groups.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

/** Claim amqp.stream.no-nack. */
function settleReading(queue: StreamQueue, message: Handle, how: Settlement): void {
  queue.acknowledge(message)
  if (how !== 'ack') throw notImplemented(`basic.nack and basic.reject not supported by stream queues queue '${queue.name}' in vhost '${queue.virtualHost}'`)
}

function unknownTag(tag: number): Error {
  return preconditionFailed(`unknown delivery tag ${tag}`)
}
