import type { Config, ConfigValue } from '../../topology/document.ts'
import { ageMs, kindOf, type Declared } from './arguments.ts'
import { smaller, type Definition } from './policies.ts'

const NS_A_MS = 1e6
/** RabbitMQ's default for a segment of a stream. */
const SEGMENT_BYTES = 500_000_000

/** What holds for a queue: its arguments, with the policy that applies to it. */
export interface QueueSettings {
  readonly kind: 'classic' | 'quorum' | 'stream'
  /** Infinity: never. */
  readonly ttlNs: number
  readonly expiresNs: number
  readonly maxLength: number
  readonly maxBytes: number
  readonly overflow: 'drop-head' | 'reject-publish' | 'reject-publish-dlx'
  /** Null: dead letters are dropped. */
  readonly deadLetterExchange: string | null
  readonly deadLetterRoutingKey: string | null
  readonly atLeastOnce: boolean
  /** −1: not a priority queue. */
  readonly maxPriority: number
  readonly singleActive: boolean
  /** Infinity: none, and returned messages go to the tail. */
  readonly deliveryLimit: number
  readonly maxAgeNs: number
  readonly segmentBytes: number
}

/** For limits the smaller of argument and policy holds; for names the argument (claim amqp.policy.arguments). */
export function settingsOf(declared: Declared, policy: Definition): QueueSettings {
  const args = declared.arguments
  const kind = kindOf(args)
  const either = (name: string): ConfigValue | undefined => args[`x-${name}`] ?? policy[name]
  const limit = (name: string): number => smaller(args[`x-${name}`], policy[name]) ?? Infinity
  const texts = (name: string): string | null => {
    const value = either(name)
    return typeof value === 'string' ? value : null
  }
  const overflow = texts('overflow')
  const maxPriority = args['x-max-priority']
  const deliveryLimit = limit('delivery-limit')
  const deadLetterExchange = kind === 'stream' ? null : texts('dead-letter-exchange')
  return {
    kind,
    ttlNs: limit('message-ttl') * NS_A_MS,
    expiresNs: limit('expires') * NS_A_MS,
    maxLength: limit('max-length'),
    maxBytes: limit('max-length-bytes'),
    // A quorum queue takes reject-publish-dlx when it is declared, and drops from the head.
    overflow: overflow === 'reject-publish' ? 'reject-publish' : overflow === 'reject-publish-dlx' && kind === 'classic' ? 'reject-publish-dlx' : 'drop-head',
    deadLetterExchange,
    deadLetterRoutingKey: texts('dead-letter-routing-key'),
    // Claim amqp.dlx.at-least-once: without reject-publish it falls back to at-most-once.
    atLeastOnce: kind === 'quorum' && deadLetterExchange !== null && texts('dead-letter-strategy') === 'at-least-once' && overflow === 'reject-publish',
    maxPriority: kind === 'classic' && typeof maxPriority === 'number' ? maxPriority : -1,
    singleActive: kind !== 'stream' && args['x-single-active-consumer'] === true,
    deliveryLimit: kind === 'quorum' && deliveryLimit >= 0 ? deliveryLimit : Infinity,
    maxAgeNs: (ageMs(texts('max-age') ?? '') ?? Infinity) * NS_A_MS,
    segmentBytes: Number(either('stream-max-segment-size-bytes') ?? SEGMENT_BYTES),
  }
}

/** Fields of a drawn queue and the argument each stands for; null is "not set". A field that is set wins over the raw argument. */
const QUEUE_FIELDS: readonly (readonly [field: string, argument: string])[] = [
  ['messageTtl', 'x-message-ttl'],
  ['expires', 'x-expires'],
  ['maxLength', 'x-max-length'],
  ['maxLengthBytes', 'x-max-length-bytes'],
  ['overflow', 'x-overflow'],
  ['deadLetterExchange', 'x-dead-letter-exchange'],
  ['deadLetterRoutingKey', 'x-dead-letter-routing-key'],
  ['deadLetterStrategy', 'x-dead-letter-strategy'],
  ['maxPriority', 'x-max-priority'],
  ['singleActiveConsumer', 'x-single-active-consumer'],
  ['deliveryLimit', 'x-delivery-limit'],
  ['queueMode', 'x-queue-mode'],
  ['maxAge', 'x-max-age'],
  ['maxSegmentBytes', 'x-stream-max-segment-size-bytes'],
]

/** Arguments of a drawn queue, from its fields and its raw arguments. */
export function queueArguments(config: Config): Config {
  const raw = config['arguments'] as Config // a record field: parsed
  const result: Record<string, ConfigValue> = { ...raw }
  for (const [field, argument] of QUEUE_FIELDS) {
    const value = config[field]
    if (isSet(value)) result[argument] = value
  }
  // The default exchange has no name: its field says so in words.
  if (config['deadLetterExchange'] === DEFAULT_EXCHANGE) result['x-dead-letter-exchange'] = ''
  const kind = config['queueType']
  if (typeof kind === 'string' && (kind !== 'classic' || result['x-queue-type'] === undefined)) result['x-queue-type'] = kind
  return result
}

export const DEFAULT_EXCHANGE = '(default)'

export function exchangeArguments(config: Config): Config {
  const raw = config['arguments'] as Config // a record field: parsed
  const alternate = config['alternateExchange']
  return isSet(alternate) ? { ...raw, 'alternate-exchange': alternate } : raw
}

/** Arguments of a drawn consumer; an offset that is a number is one. */
export function consumerArguments(config: Config): Config {
  const offset = config['streamOffset']
  const priority = config['priority']
  return {
    ...(config['arguments'] as Config | undefined),
    ...(typeof offset === 'string' && offset !== '' ? { 'x-stream-offset': /^\d+$/.test(offset) ? Number(offset) : offset } : {}),
    ...(typeof priority === 'number' && priority !== 0 ? { 'x-priority': priority } : {}),
  }
}

/** What RabbitMQ does when nothing is said: a field that says so leaves a raw argument alone. */
const DEFAULTS: readonly ConfigValue[] = ['', false, 'drop-head', 'at-most-once', 'default']

function isSet(value: ConfigValue | undefined): value is ConfigValue {
  return value !== undefined && value !== null && !DEFAULTS.includes(value)
}
