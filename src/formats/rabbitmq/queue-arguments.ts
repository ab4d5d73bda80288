import type { Config, ConfigValue } from '../../topology/document.ts'

export type QueueKind = 'classic' | 'quorum' | 'stream'

/** An argument of RabbitMQ's queues: the setting that stands for it on the canvas, the kinds that take it, and what it may be. */
interface QueueArgument {
  readonly argument: string
  readonly field?: string
  readonly kinds: readonly QueueKind[]
  /** What the value must be, as it completes "x-max-length must be …"; null when it is. */
  readonly wrong: (value: ConfigValue) => string | null
}

/** What the field of a dead-letter exchange says for the default exchange, which has no name. */
const DEFAULT_EXCHANGE = '(default)'
/** Ten years in milliseconds: the most RabbitMQ takes for a duration. */
const DURATION_MS_MAX = 315_360_000_000
const COUNT_MAX = 4_294_967_295
const ALL: readonly QueueKind[] = ['classic', 'quorum', 'stream']
const QUEUES: readonly QueueKind[] = ['classic', 'quorum']

const whole = (least: number, most: number) => (value: ConfigValue): string | null => (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? null : `a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ''}`)
const oneOf = (...choices: readonly string[]) => (value: ConfigValue): string | null => (typeof value === 'string' && choices.includes(value) ? null : `one of ${choices.join(', ')}`)
const text = (value: ConfigValue): string | null => (typeof value === 'string' ? null : 'a text')
const flag = (value: ConfigValue): string | null => (typeof value === 'boolean' ? null : 'true or false')
const age = (value: ConfigValue): string | null => (typeof value === 'string' && /^\d+[YMDhms]$/.test(value) ? null : 'an age such as 7D or 30m')

export const QUEUE_ARGUMENTS: readonly QueueArgument[] = [
  { argument: 'x-message-ttl', field: 'messageTtl', kinds: QUEUES, wrong: whole(0, DURATION_MS_MAX) },
  { argument: 'x-expires', field: 'expires', kinds: QUEUES, wrong: whole(1, DURATION_MS_MAX) },
  { argument: 'x-max-length', field: 'maxLength', kinds: QUEUES, wrong: whole(0, Number.MAX_SAFE_INTEGER) },
  { argument: 'x-max-length-bytes', field: 'maxLengthBytes', kinds: ALL, wrong: whole(0, Number.MAX_SAFE_INTEGER) },
  { argument: 'x-overflow', field: 'overflow', kinds: QUEUES, wrong: oneOf('drop-head', 'reject-publish', 'reject-publish-dlx') },
  { argument: 'x-dead-letter-exchange', field: 'deadLetterExchange', kinds: QUEUES, wrong: text },
  { argument: 'x-dead-letter-routing-key', field: 'deadLetterRoutingKey', kinds: QUEUES, wrong: text },
  { argument: 'x-dead-letter-strategy', field: 'deadLetterStrategy', kinds: ['quorum'], wrong: oneOf('at-most-once', 'at-least-once') },
  { argument: 'x-max-priority', field: 'maxPriority', kinds: ['classic'], wrong: whole(0, 255) },
  { argument: 'x-single-active-consumer', field: 'singleActiveConsumer', kinds: QUEUES, wrong: flag },
  { argument: 'x-delivery-limit', field: 'deliveryLimit', kinds: ['quorum'], wrong: () => null },
  { argument: 'x-queue-mode', field: 'queueMode', kinds: ['classic'], wrong: oneOf('default', 'lazy') },
  { argument: 'x-max-age', field: 'maxAge', kinds: ['stream'], wrong: age },
  { argument: 'x-stream-max-segment-size-bytes', field: 'maxSegmentBytes', kinds: ['stream'], wrong: whole(0, Number.MAX_SAFE_INTEGER) },
  { argument: 'x-queue-version', kinds: ['classic'], wrong: value => (value === 1 || value === 2 ? null : '1 or 2') },
  { argument: 'x-max-in-memory-length', kinds: ['quorum'], wrong: whole(0, Number.MAX_SAFE_INTEGER) },
  { argument: 'x-max-in-memory-bytes', kinds: ['quorum'], wrong: whole(0, Number.MAX_SAFE_INTEGER) },
  { argument: 'x-quorum-initial-group-size', kinds: ['quorum'], wrong: whole(1, Number.MAX_SAFE_INTEGER) },
  { argument: 'x-initial-cluster-size', kinds: ['stream'], wrong: whole(1, Number.MAX_SAFE_INTEGER) },
  { argument: 'x-queue-leader-locator', kinds: ['quorum', 'stream'], wrong: text },
  { argument: 'x-queue-master-locator', kinds: ['classic'], wrong: text },
]
const KIND = 'x-queue-type'

/** The most that a setting takes where that is less than the argument may be: what is more stays a raw argument. */
const FIELD_MAX: Readonly<Record<string, number>> = { maxLength: COUNT_MAX, maxLengthBytes: 1e15, maxSegmentBytes: 3e9, deliveryLimit: COUNT_MAX }
const FIELD_LENGTH_MAX: Readonly<Record<string, number>> = { deadLetterExchange: 255, deadLetterRoutingKey: 255, maxAge: 20 }
/** What RabbitMQ does when nothing is said. A setting that says so stands for "not set", so an argument that says it aloud stays an argument: it hides a policy. */
const UNSAID: readonly ConfigValue[] = ['', false, 'drop-head', 'at-most-once', 'default']

/** Arguments as settings where one stands for them; the rest as they came. */
export function settingsFrom(args: Config): Config {
  const settings: Record<string, ConfigValue> = {}
  const rest: Record<string, ConfigValue> = {}
  for (const [name, value] of Object.entries(args)) {
    if (name === KIND) continue
    const known = QUEUE_ARGUMENTS.find(one => one.argument === name)
    const field = known?.field
    if (field === 'deadLetterExchange' && value === '') settings[field] = DEFAULT_EXCHANGE
    else if (field !== undefined && fitsField(field, value) && known!.wrong(value) === null) settings[field] = value
    else rest[name] = value
  }
  return { ...settings, ...(Object.keys(rest).length > 0 ? { arguments: rest } : {}) }
}

function fitsField(field: string, value: ConfigValue): boolean {
  if (UNSAID.includes(value) || value === DEFAULT_EXCHANGE) return false
  if (typeof value === 'number') return value >= 0 && Number.isInteger(value) && value <= (FIELD_MAX[field] ?? Infinity)
  return field !== 'deliveryLimit' && (typeof value !== 'string' || value.length <= (FIELD_LENGTH_MAX[field] ?? Infinity))
}

/** The arguments that a drawn queue is declared with: its raw ones, with its settings over them. The kind is not among them. */
export function argumentsFrom(config: Config): Config {
  const raw = config['arguments']
  const result: Record<string, ConfigValue> = {}
  if (isConfig(raw)) for (const [name, value] of Object.entries(raw)) if (name !== KIND) result[name] = value
  for (const { field, argument } of QUEUE_ARGUMENTS) {
    const value = field === undefined ? undefined : config[field]
    if (value !== undefined && value !== null && !UNSAID.includes(value)) result[argument] = value
  }
  if (config['deadLetterExchange'] === DEFAULT_EXCHANGE) result['x-dead-letter-exchange'] = ''
  return result
}

/** The kind of a drawn queue: its setting, and where that is the default its raw argument. */
export function kindFrom(config: Config): QueueKind {
  const raw = config['arguments']
  const set = config['queueType'] ?? 'classic'
  const said = set === 'classic' && isConfig(raw) ? (raw[KIND] ?? set) : set
  return said === 'quorum' || said === 'stream' ? said : 'classic'
}

/** Why RabbitMQ would refuse to declare a queue so, as sentences with their way out; empty when it takes it. */
export function refusals(queue: { readonly kind: QueueKind; readonly durable: boolean; readonly autoDelete: boolean; readonly arguments: Config }): readonly string[] {
  const { kind, arguments: args } = queue
  const found: string[] = []
  for (const { argument, kinds, wrong } of QUEUE_ARGUMENTS) {
    const value = args[argument]
    if (value === undefined) continue
    const says = wrong(value)
    if (!kinds.includes(kind)) found.push(`${argument} is not for a ${kind} queue: take it away, or change the queue’s type`)
    else if (says !== null) found.push(`${argument} must be ${says}; it is ${JSON.stringify(value)}`)
  }
  if (args['x-dead-letter-routing-key'] !== undefined && args['x-dead-letter-exchange'] === undefined) found.push('it has a dead-letter routing key and no dead-letter exchange: set both, or neither')
  if (kind === 'classic') return found
  if (!queue.durable) found.push(`a ${kind} queue must be durable`)
  if (queue.autoDelete) found.push(`a ${kind} queue can’t be auto-delete`)
  return found
}

export function isConfig(value: ConfigValue | undefined): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
