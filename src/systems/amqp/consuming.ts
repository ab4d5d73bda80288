import { FLAG_REDELIVERED } from '../../contract/message.ts'
import type { Config } from '../../topology/document.ts'
import { checkConsumer } from './arguments.ts'
import type { Broker } from './broker.ts'
import type { ServerChannel } from './connection.ts'
import { Consumer, type Subscription } from './consumer.ts'
import type { Control, Reply } from './control.ts'
import { queueOf } from './declare.ts'
import { deliveryCount, headersSeen } from './envelope.ts'
import type { AnyQueue, Queue } from './queue.ts'
import { accessRefused, notAllowed, notImplemented, preconditionFailed, Refused } from './refused.ts'
import { REPLY_QUEUE } from './reply-addresses.ts'
import { StreamQueue } from './stream-queue.ts'

interface Asked {
  readonly number: number
  readonly tag: string
  readonly noAck: boolean
  readonly exclusive: boolean
  readonly arguments: Config
}

export function consume(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'consume' }>): null {
  const asked: Asked = { number: control.consumer, tag: control.tag, noAck: control.noAck, exclusive: control.exclusive, arguments: control.arguments }
  const taken = [...channel.consumers.values()].some(one => one.tag === asked.tag) || channel.replyConsumer?.tag === asked.tag
  if (control.queue === REPLY_QUEUE) {
    broker.replies.subscribe(channel, asked)
    channel.reply({ reply: 'ok', to: control.verb })
    return null
  }
  // Claim amqp.consume.tag-reuse.
  if (taken) throw notAllowed(`attempt to reuse consumer tag '${asked.tag}'`)
  const queue = queueOf(broker, channel, control.queue)
  startConsumer(channel, queue, asked, () => channel.reply({ reply: 'ok', to: control.verb }))
  return null
}

/** `answer` goes out before the first delivery does. */
export function startConsumer(channel: ServerChannel, queue: AnyQueue, asked: Asked, answer: () => void): void {
  const where = `queue '${queue.name}' in vhost '${queue.virtualHost}'`
  checkConsumer(asked.arguments, queue.settings.kind, where)
  const subscription: Subscription = { ...asked, prefetch: channel.prefetch, priority: Number(asked.arguments['x-priority'] ?? 0) }
  const consumer = new Consumer(channel, queue, subscription)
  if (queue instanceof StreamQueue) checkReader(channel, queue, consumer, asked.arguments['x-stream-offset'], where)
  else checkTaker(channel, queue, asked, where)
  answer()
  channel.consumers.set(asked.number, consumer)
  queue.addConsumer(consumer)
}

function checkTaker(channel: ServerChannel, queue: Queue, asked: Asked, where: string): void {
  // Claim amqp.quorum.global-qos.
  if (queue.isQuorum && channel.globalLimit > 0) throw notImplemented(`${where} does not support global qos`)
  // Claims amqp.consume.exclusive, amqp.sac.exclusive and amqp.quorum.exclusive.
  if (queue.isQuorum) return
  const inUse = queue.consumers.some(one => one.exclusive) || (asked.exclusive && (queue.consumers.length > 0 || queue.settings.singleActive))
  if (inUse) throw accessRefused(`${where} in exclusive use`)
}

/** Claims amqp.stream.restrictions. */
function checkReader(channel: ServerChannel, queue: StreamQueue, consumer: Consumer, spec: unknown, where: string): void {
  if (consumer.noAck) throw notImplemented(`automatic acknowledgement not supported by stream queues ${where}`)
  if (channel.globalLimit > 0) throw notImplemented(`${where} does not support global qos`)
  if (consumer.prefetch === 0) throw preconditionFailed(`consumer prefetch count is not set for '${where}'`)
  const offset = queue.offsetOf(spec)
  // The real one crashes over it, and takes the connection with it.
  if (offset === null) throw new Refused(541, 'INTERNAL_ERROR', `no offset of a stream: ${JSON.stringify(spec)}`, 'connection')
  consumer.offset = offset
}

export function get(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'get' }>): Reply {
  const queue = queueOf(broker, channel, control.queue)
  if (queue instanceof StreamQueue) throw notImplemented(`basic.get not supported by stream queues queue '${queue.name}' in vhost '${queue.virtualHost}'`)
  if (queue.isQuorum && queue.settings.singleActive) throw new Refused(405, 'RESOURCE_LOCKED', `cannot obtain access to locked queue '${queue.name}' in vhost '${queue.virtualHost}'. basic.get operations are not supported by quorum queues with single active consumer`)
  queue.touch()
  if (queue.isQuorum) queue.dropExpired()
  if (queue.ready.count === 0) return { reply: 'empty' }
  const { messages } = queue.node
  const head = queue.ready.peek()
  const redelivered = (messages.flags(head) & FLAG_REDELIVERED) !== 0
  const headers = queue.isQuorum ? { ...headersSeen(messages, head), 'x-delivery-count': deliveryCount(messages, head) } : headersSeen(messages, head)
  const message = queue.take(control.noAck)
  const content = { key: messages.key(message), body: messages.body(message), headers, properties: messages.properties(message) }
  const exchange = messages.text(messages.via(message))
  const tag = control.noAck ? channel.unacked.passOver() : channel.fetch(queue, message)
  if (control.noAck) queue.node.process(message)
  queue.pump()
  return { reply: 'got', tag, messageCount: queue.ready.count, exchange, redelivered, message: content }
}
