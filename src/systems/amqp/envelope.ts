import { FLAG_OF_FAMILY, type Handle, type Headers, type Messages } from '../../contract/message.ts'

/** The copy was published to a queue that it was drawn to, through the default exchange: its routing key is the queue's name. */
export const FLAG_DIRECT = FLAG_OF_FAMILY
/** A reading of a stream: its mark is its offset. */
export const FLAG_FROM_STREAM = FLAG_OF_FAMILY * 2
/** Sent without a word from the queue: a quorum queue that is full has nobody to refuse it to. */
export const FLAG_UNASKED = FLAG_OF_FAMILY * 4
const COUNT_UNIT = FLAG_OF_FAMILY * 16
/** More returns than this are counted as this. */
const COUNT_MAX = 16_383
const COUNT_MASK = COUNT_MAX * COUNT_UNIT

/** Property that keeps the keys of a BCC header, which is taken off before anybody reads it. */
export const BCC_KEYS = 'bccKeys'

/** How often the copy was returned to a quorum queue. */
export function deliveryCount(messages: Messages, message: Handle): number {
  return (messages.flags(message) & COUNT_MASK) / COUNT_UNIT
}

export function setDeliveryCount(messages: Messages, message: Handle, count: number): void {
  messages.clearFlag(message, COUNT_MASK)
  messages.setFlag(message, Math.min(count, COUNT_MAX) * COUNT_UNIT)
}

/** A copy that moves on to other queues begins anew. */
export function forgetDeliveries(messages: Messages, message: Handle): void {
  messages.clearFlag(message, COUNT_MASK | FLAG_DIRECT | FLAG_FROM_STREAM | FLAG_UNASKED)
}

/** The headers as a consumer sees them: the queue adds what only it knows (claims amqp.quorum.delivery-count, amqp.stream.number). */
export function headersSeen(messages: Messages, message: Handle): Headers | null {
  const headers = messages.headers(message)
  if ((messages.flags(message) & FLAG_FROM_STREAM) !== 0) return { ...headers, 'x-stream-offset': messages.mark(message) }
  const count = deliveryCount(messages, message)
  return count === 0 ? headers : { ...headers, 'x-delivery-count': count }
}

/** Keys besides the routing key that a message is routed by (claims amqp.cc, amqp.bcc); null for none. */
export function moreKeys(messages: Messages, message: Handle): readonly string[] | null {
  const copied = listOf(messages.headers(message)?.['CC'])
  const blind = listOf(messages.properties(message)?.[BCC_KEYS])
  if (copied === null) return blind
  return blind === null ? copied : [...copied, ...blind]
}

/** Texts of a list; null when there are none. */
export function listOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null
  const texts = value.filter(one => typeof one === 'string')
  return texts.length === 0 ? null : texts
}
