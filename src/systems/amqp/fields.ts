import type { FieldSpec } from '../../contract/fields.ts'

/** Ten years in milliseconds: the most RabbitMQ takes for a duration. */
export const DURATION_MS_MAX = 315_360_000_000

const NOT_STREAM = { field: 'queueType', is: ['classic', 'quorum'] } as const
const STREAM = { field: 'queueType', is: ['stream'] } as const
const CLASSIC = { field: 'queueType', is: ['classic'] } as const
const QUORUM = { field: 'queueType', is: ['quorum'] } as const
const COUNT_MAX = 4_294_967_295

/** Settings of a queue. Each of the optional ones stands for the x-argument of its name, and wins over a raw one when it is set. */
export const QUEUE_FIELDS = (name: FieldSpec, virtualHost: FieldSpec, args: FieldSpec): readonly FieldSpec[] => [
  name,
  { id: 'durable', label: 'Durable', help: 'The queue survives a restart; of its messages only the persistent ones do (a quorum queue and a stream keep all).', type: 'toggle', default: true },
  { id: 'exclusive', label: 'Exclusive', help: 'Belongs to the connection that declared it and is deleted with it.', type: 'toggle', default: false },
  { id: 'autoDelete', label: 'Auto-delete', help: 'Deleted, messages and all, when its last consumer goes.', type: 'toggle', default: false },
  {
    id: 'queueType', label: 'Queue type', help: 'x-queue-type. Quorum queues and streams must be durable, and neither exclusive nor auto-delete.', group: 'Broker', type: 'choice', default: 'classic',
    choices: [
      { value: 'classic', title: 'classic', help: 'Messages return to their place; takes every setting but the delivery limit.' },
      { value: 'quorum', title: 'quorum', help: 'Replicated: keeps every message, counts deliveries, returns messages to the tail.' },
      { value: 'stream', title: 'stream', help: 'A log: readers go through it at their own pace, nothing is removed by reading.' },
    ],
  },
  { id: 'messageTtl', label: 'Message TTL', help: 'x-message-ttl: how long a message may wait. It expires when it has come to the head.', group: 'Expiry', type: 'number', default: null, unit: 'ms', min: 0, max: DURATION_MS_MAX, whole: true, optional: true, none: 'never', scale: 'log', when: NOT_STREAM },
  { id: 'expires', label: 'Queue expires after', help: 'x-expires: deleted when nobody consumed, declared or got for that long.', group: 'Expiry', type: 'number', default: null, unit: 'ms', min: 1, max: DURATION_MS_MAX, whole: true, optional: true, none: 'never', scale: 'log', when: NOT_STREAM },
  { id: 'maxLength', label: 'Max length', help: 'x-max-length: most ready messages; those handed out do not count.', group: 'Limits', type: 'number', default: null, unit: 'messages', min: 0, max: COUNT_MAX, whole: true, optional: true, none: 'unlimited', scale: 'log', when: NOT_STREAM },
  { id: 'maxLengthBytes', label: 'Max length in bytes', help: 'x-max-length-bytes: most bytes of bodies that are ready; a stream drops whole segments.', group: 'Limits', type: 'number', default: null, unit: 'B', min: 0, max: 1e15, whole: true, optional: true, none: 'unlimited', scale: 'log' },
  {
    id: 'overflow', label: 'When full', help: 'x-overflow: what happens to messages above the limit.', group: 'Limits', type: 'choice', default: 'drop-head', when: NOT_STREAM,
    choices: [
      { value: 'drop-head', title: 'drop-head', help: 'The oldest goes, as a dead letter if there is a place for those.' },
      { value: 'reject-publish', title: 'reject-publish', help: 'Newcomers are refused, with a nack to publishers that ask for confirms.' },
      { value: 'reject-publish-dlx', title: 'reject-publish-dlx', help: 'The same, and they become dead letters. A quorum queue takes it for drop-head.' },
    ],
  },
  { id: 'deadLetterExchange', label: 'Dead-letter exchange', help: 'x-dead-letter-exchange: gets what expired, was rejected, or was dropped for length. “(default)” is the default exchange.', group: 'Dead letters', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'none', when: NOT_STREAM },
  { id: 'deadLetterRoutingKey', label: 'Dead-letter routing key', help: 'x-dead-letter-routing-key: replaces the key of dead letters; empty keeps their own.', group: 'Dead letters', type: 'text', default: '', maxLength: 255, mono: true, when: NOT_STREAM },
  {
    id: 'deadLetterStrategy', label: 'Dead-letter strategy', help: 'x-dead-letter-strategy of a quorum queue; at-least-once also needs reject-publish.', group: 'Dead letters', type: 'choice', default: 'at-most-once', when: QUORUM,
    choices: [{ value: 'at-most-once', title: 'at-most-once', help: 'Sent once, lost when no queue takes it.' }, { value: 'at-least-once', title: 'at-least-once', help: 'Kept until a queue has taken it.' }],
  },
  { id: 'maxPriority', label: 'Max priority', help: 'x-max-priority: makes a priority queue; higher ones first, above the maximum counts as the maximum.', group: 'Order', type: 'number', default: null, unit: '', min: 0, max: 255, whole: true, optional: true, none: 'no priorities', when: CLASSIC },
  { id: 'singleActiveConsumer', label: 'Single active consumer', help: 'x-single-active-consumer: one consumer gets everything until it goes, then the next takes over.', group: 'Order', type: 'toggle', default: false, when: NOT_STREAM },
  { id: 'deliveryLimit', label: 'Delivery limit', help: 'x-delivery-limit: a message that was returned more often is dropped or dead-lettered.', group: 'Limits', type: 'number', default: null, unit: 'returns', min: 0, max: COUNT_MAX, whole: true, optional: true, none: 'none', when: QUORUM },
  {
    id: 'queueMode', label: 'Queue mode', help: 'x-queue-mode: lazy keeps messages on disk; nothing else is different.', group: 'Broker', type: 'choice', default: 'default', when: CLASSIC,
    choices: [{ value: 'default', title: 'default' }, { value: 'lazy', title: 'lazy' }],
  },
  { id: 'maxAge', label: 'Max age', help: 'x-max-age of a stream: segments go when their newest entry is older, such as 7D or 30m.', group: 'Limits', type: 'text', default: '', maxLength: 20, mono: true, placeholder: 'for ever', when: STREAM },
  { id: 'maxSegmentBytes', label: 'Segment size', help: 'x-stream-max-segment-size-bytes: a stream is trimmed by whole segments. RabbitMQ’s default is 500 MB.', group: 'Limits', type: 'number', default: null, unit: 'B', min: 0, max: 3e9, whole: true, optional: true, none: '500 MB', scale: 'log', when: STREAM },
  virtualHost,
  args,
]

export const PUBLISH_FIELDS: readonly FieldSpec[] = [
  { id: 'mandatory', label: 'Mandatory', help: 'A message that reaches no queue comes back to the client instead of being dropped silently.', group: 'Publishing', type: 'toggle', default: false },
  { id: 'confirms', label: 'Publisher confirms', help: 'The broker tells what became of each message: taken by every queue, or refused by one.', group: 'Publishing', type: 'toggle', default: false },
  {
    id: 'whenRefused', label: 'When refused', help: 'What the client does with a nack, and with what was not confirmed when the connection was lost.', group: 'Publishing', type: 'choice', default: 'lose', when: { field: 'confirms', is: [true] },
    choices: [{ value: 'lose', title: 'lose it', help: 'As a client that only logs.' }, { value: 'again', title: 'publish again', help: 'At least once: copies may come twice.' }],
  },
  { id: 'publishAgainAfter', label: 'Publish again after', help: 'How long the client waits before it tries again what was refused.', group: 'Publishing', type: 'number', default: 1000, unit: 'ms', min: 1, max: 3_600_000, scale: 'log', when: { field: 'whenRefused', is: ['again'] } },
  {
    id: 'directReplyTo', label: 'Direct reply-to', help: 'Consumes from amq.rabbitmq.reply-to on this channel: replies come back on it, and need no queue.', group: 'Publishing', type: 'choice', default: 'none',
    choices: [
      { value: 'none', title: 'not consumed', help: 'A request that names amq.rabbitmq.reply-to is refused: 406.' },
      { value: 'no-ack', title: 'consumed, no-ack', help: 'The only way that RabbitMQ takes.' },
      { value: 'ack', title: 'consumed, with acknowledgements', help: 'Refused: 406.' },
    ],
  },
  { id: 'expiration', label: 'Expiration', help: 'Time to live of each message; the shorter of it and the queue’s counts.', group: 'Message', type: 'number', default: null, unit: 'ms', min: 0, max: DURATION_MS_MAX, whole: true, optional: true, none: 'never', scale: 'log' },
  { id: 'priority', label: 'Priority', help: 'Only a queue with a max priority looks at it; nothing counts as 0.', group: 'Message', type: 'number', default: null, unit: '', min: 0, max: 255, whole: true, optional: true, none: 'none' },
  { id: 'cc', label: 'CC', help: 'Further routing keys, one a line; readers see them.', group: 'Message', type: 'text', default: '', maxLength: 2000, lines: 2, mono: true },
  { id: 'bcc', label: 'BCC', help: 'Further routing keys, one a line; taken off before anybody reads them.', group: 'Message', type: 'text', default: '', maxLength: 2000, lines: 2, mono: true },
  {
    id: 'whileDisconnected', label: 'While disconnected', help: 'What the client does with messages it can’t send.', group: 'Connection', type: 'choice', default: 'drop',
    choices: [{ value: 'drop', title: 'lose them', help: 'As a client that ignores the error.' }, { value: 'buffer', title: 'keep them until it is back', help: 'As connection managers do.' }],
  },
]

export const CONSUME_FIELDS = (args: FieldSpec): readonly FieldSpec[] => [
  { id: 'prefetch', label: 'Prefetch', help: 'Most unacknowledged messages this consumer may hold. 0 is RabbitMQ’s default: unlimited. A stream needs one.', type: 'number', default: 0, unit: 'messages', min: 0, max: 65_535, whole: true },
  {
    id: 'prefetchScope', label: 'Prefetch counts', help: 'basic.qos global: per consumer, or for the channel with all its consumers. Quorum queues and streams refuse the latter.', type: 'choice', default: 'consumer',
    choices: [{ value: 'consumer', title: 'per consumer' }, { value: 'channel', title: 'per channel' }],
  },
  { id: 'noAck', label: 'Automatic acknowledgement', help: 'no-ack: a message counts as done when it is sent. Faster, and lost when the consumer dies. Streams refuse it.', type: 'toggle', default: false },
  { id: 'priority', label: 'Consumer priority', help: 'x-priority: consumers of higher priority get everything until they are at their limit. Negative is allowed.', group: 'Consumer', type: 'number', default: 0, unit: '', min: -2_147_483_648, max: 2_147_483_647, whole: true },
  { id: 'exclusive', label: 'Exclusive consumer', help: 'It must be the only one of its queue; others are refused with 403.', group: 'Consumer', type: 'toggle', default: false },
  { id: 'streamOffset', label: 'Stream offset', help: 'x-stream-offset: where a reader of a stream begins: first, last, next, a number, or an age such as 1h.', group: 'Consumer', type: 'text', default: '', maxLength: 20, mono: true, placeholder: 'next' },
  args,
]
