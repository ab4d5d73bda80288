import type { Handle } from '../../contract/message.ts'
import { FLAG_UNASKED } from './envelope.ts'
import type { Queue } from './queue.ts'
import type { QueueSettings } from './settings.ts'

/** Part of its limit below which a quorum queue that refused takes messages again. */
const QUORUM_LOW = 0.8

export function isLimited({ maxLength, maxBytes }: QueueSettings): boolean {
  return maxLength !== Infinity || maxBytes !== Infinity
}

/** True when the queue holds more than it may (claims amqp.length.ready-only, amqp.length.bytes): ready messages, and dead letters that wait to be taken. */
export function isOver(queue: Queue): boolean {
  const { maxLength, maxBytes } = queue.settings
  return queue.ready.count + queue.letters.count > maxLength || queue.ready.bytes > maxBytes
}

/** Whether a newcomer is refused (claims amqp.length.reject-publish, amqp.quorum.max-length). */
export function refuses(queue: Queue, message: Handle): boolean {
  const { kind, overflow, maxLength, maxBytes } = queue.settings
  if (overflow === 'drop-head') return false
  // A quorum queue tells its publishers after it was full, so one more gets in; dead letters of other queues get in always (claim amqp.quorum.dead-letters).
  if (kind === 'quorum') return queue.refusing && (queue.node.messages.flags(message) & FLAG_UNASKED) === 0
  return queue.ready.count + 1 > maxLength || (maxBytes !== Infinity && queue.ready.bytes + queue.node.messages.bytes(message) > maxBytes)
}

/** After whatever changed how much is ready: drops from the head (claim amqp.length.drop-head), or tells publishers to stop or go on. */
export function enforceLimit(queue: Queue): void {
  const { kind, overflow, maxLength, maxBytes } = queue.settings
  if (overflow === 'drop-head') {
    while (queue.ready.count > 0 && isOver(queue)) queue.die(queue.removeHead(), 'maxlen')
  } else if (kind === 'quorum') {
    if (isOver(queue)) queue.refusing = true
    else if (queue.refusing) queue.refusing = !(queue.ready.count <= Math.floor(maxLength * QUORUM_LOW) && queue.ready.bytes <= maxBytes * QUORUM_LOW)
  }
}
