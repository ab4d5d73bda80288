import type { Config, ConfigValue } from '../../topology/document.ts'
import { DURATION_MS_MAX } from './fields.ts'
import { preconditionFailed } from './refused.ts'

/** What a check says of a value: null when it may stand, else RabbitMQ's word for what is wrong. */
type Check = (value: ConfigValue, all: Config) => string | null
type Kind = 'classic' | 'quorum' | 'stream'
const MODULES: Readonly<Record<Kind, string>> = { classic: 'rabbit_classic_queue', quorum: 'rabbit_quorum_queue', stream: 'rabbit_stream_queue' }

const whole: Check = value => (Number.isInteger(value) ? null : `"expected integer, got ${typeOf(value)}"`)
const from = (least: 0 | 1, most = Infinity): Check => value => {
  const says = whole(value, {})
  const number = Number(value)
  if (says !== null) return says
  if (number < 0) return `{value_negative,${number}}`
  if (number < least) return `{value_zero,${number}}`
  return number > most ? `{value_too_large,${number}}` : null
}
const text = (check: (value: string) => string | null): Check => value => (typeof value === 'string' ? check(value) : `{unacceptable_type,${typeOf(value)}}`)
const oneOf = (choices: readonly string[], says: (value: string) => string): Check => text(value => (choices.includes(value) ? null : says(value)))
const priority: Check = value => from(0)(value, {}) ?? (Number(value) > 255 ? '{max_value_exceeded,255}' : null)
const age = text(value => (ageMs(value) === null ? 'invalid_max_age' : null))
const anything: Check = () => null
const ALL: readonly Kind[] = ['classic', 'quorum', 'stream']
const QUEUES: readonly Kind[] = ['classic', 'quorum']

/** Every argument of a queue that RabbitMQ 3.10 knows: which kinds take it, and what it may be (claim amqp.declare.invalid-args). */
const QUEUE_ARGUMENTS: readonly (readonly [name: string, kinds: readonly Kind[], check: Check])[] = [
  ['x-queue-type', ALL, oneOf(ALL, value => `"unsupported queue type '${value}'"`)],
  ['x-expires', QUEUES, from(1, DURATION_MS_MAX)],
  ['x-message-ttl', QUEUES, from(0, DURATION_MS_MAX)],
  ['x-dead-letter-exchange', QUEUES, text(() => null)],
  ['x-dead-letter-routing-key', QUEUES, text(() => null)],
  ['x-dead-letter-strategy', ['quorum'], oneOf(['at-most-once', 'at-least-once'], () => 'invalid_dlx_strategy')],
  ['x-max-length', QUEUES, from(0)],
  ['x-max-length-bytes', ALL, from(0)],
  ['x-max-in-memory-length', ['quorum'], from(0)],
  ['x-max-in-memory-bytes', ['quorum'], from(0)],
  ['x-max-priority', ['classic'], priority],
  ['x-overflow', QUEUES, oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'], () => 'invalid_overflow')],
  ['x-queue-mode', ['classic'], oneOf(['default', 'lazy'], value => `"unsupported queue mode '${value}'"`)],
  ['x-queue-version', ['classic'], value => whole(value, {}) ?? (value === 1 || value === 2 ? null : `"unsupported queue version '${String(value)}'"`)],
  ['x-single-active-consumer', QUEUES, value => (typeof value === 'boolean' ? null : `{unacceptable_type,${typeOf(value)}}`)],
  ['x-delivery-limit', ['quorum'], anything],
  ['x-quorum-initial-group-size', ['quorum'], from(1)],
  ['x-max-age', ['stream'], age],
  ['x-stream-max-segment-size-bytes', ['stream'], from(0)],
  ['x-initial-cluster-size', ['stream'], from(1)],
  ['x-queue-leader-locator', ['quorum', 'stream'], text(() => null)],
  ['x-queue-master-locator', ['classic'], text(() => null)],
]

export interface Declared {
  readonly name: string
  readonly virtualHost: string
  readonly durable: boolean
  readonly exclusive: boolean
  readonly autoDelete: boolean
  readonly arguments: Config
}

/** Kind of the queue that arguments ask for. */
export function kindOf(args: Config): Kind {
  const kind = args['x-queue-type']
  return kind === 'quorum' || kind === 'stream' ? kind : 'classic'
}

/** Throws what RabbitMQ says to a queue that can't be. */
export function checkQueue(queue: Declared): void {
  const { arguments: args } = queue
  const where = `queue '${queue.name}' in vhost '${queue.virtualHost}'`
  const kind = kindOf(args)
  for (const [name, kinds, check] of QUEUE_ARGUMENTS) {
    const value = args[name]
    if (value === undefined) continue
    if (!kinds.includes(kind)) throw preconditionFailed(`invalid arg '${name}' for ${where} of queue type ${MODULES[kind]}`)
    const says = check(value, args)
    if (says !== null) throw preconditionFailed(name === 'x-dead-letter-exchange' ? `invalid type '${typeOf(value)}' for arg '${name}' in ${where}` : `invalid arg '${name}' for ${where}: ${says}`)
  }
  if (args['x-dead-letter-routing-key'] !== undefined && args['x-dead-letter-exchange'] === undefined) throw preconditionFailed(`invalid arg 'x-dead-letter-routing-key' for ${where}: routing_key_but_no_dlx_defined`)
  if (kind === 'classic') return
  // Claims amqp.quorum.declare and amqp.stream.declare.
  if (queue.autoDelete) throw preconditionFailed(`invalid property 'auto-delete' for ${where}`)
  if (queue.exclusive) throw preconditionFailed(`invalid property 'exclusive-owner' for ${where}`)
  if (!queue.durable) throw preconditionFailed(`invalid property 'non-durable' for ${where}`)
}

/** Throws when a queue that is there was declared otherwise; unknown arguments are not compared (claim amqp.declare.inequivalent). */
export function checkSameQueue(there: Declared, asked: Declared): void {
  const where = `queue '${there.name}' in vhost '${there.virtualHost}'`
  compare('durable', there.durable, asked.durable, where)
  compare('auto_delete', there.autoDelete, asked.autoDelete, where)
  for (const [name] of QUEUE_ARGUMENTS) {
    if (name === 'x-queue-type' && kindOf(there.arguments) === kindOf(asked.arguments)) continue
    compareArgument(name, there.arguments, asked.arguments, where)
  }
}

export function compare(field: string, current: string | boolean, asked: string | boolean, where: string): void {
  if (current !== asked) throw preconditionFailed(`inequivalent arg '${field}' for ${where}: received '${asked}' but current is '${current}'`)
}

export function compareArgument(name: string, current: Config, asked: Config, where: string): void {
  const before = current[name]
  const after = asked[name]
  if (before === after) return
  const told = (value: ConfigValue | undefined): string => (value === undefined ? 'none' : `the value '${String(value)}' of type '${typeOf(value)}'`)
  const both = before !== undefined && after !== undefined
  throw preconditionFailed(`inequivalent arg '${name}' for ${where}: received ${both ? `'${String(after)}'` : told(after)} but current is ${both ? `'${String(before)}'` : told(before)}`)
}

type QueueKind = 'classic' | 'quorum' | 'stream'
/** Arguments of consumers that not every kind of queue takes. */
const CONSUMER_ARGUMENTS: Readonly<Record<string, readonly QueueKind[]>> = { 'x-stream-offset': ['stream'], 'x-priority': ['classic', 'quorum'], 'x-cancel-on-ha-failover': ['classic'] }

/** Throws what RabbitMQ says to the arguments of a consumer that can't be. */
export function checkConsumer(args: Config, kind: QueueKind, where: string): void {
  // Claim amqp.consume.arguments: what a queue of this kind doesn't know is refused where one of another kind would know it.
  for (const [name, kinds] of Object.entries(CONSUMER_ARGUMENTS)) if (args[name] !== undefined && !kinds.includes(kind)) throw preconditionFailed(`invalid arg '${name}' for ${where} of queue type rabbit_${kind}_queue`)
  const priorityGiven = args['x-priority']
  if (priorityGiven !== undefined && !Number.isInteger(priorityGiven)) throw preconditionFailed(`invalid arg 'x-priority' for ${where}: {unacceptable_type,${typeOf(priorityGiven)}}`)
}

const AGE = /^(\d+)(Y|M|D|h|m|s)$/
const AGE_MS: Readonly<Record<string, number>> = { Y: 31_536_000_000, M: 2_592_000_000, D: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }

/** A span such as 7D or 30m, in milliseconds; null when it isn't one. */
export function ageMs(value: string): number | null {
  const parts = AGE.exec(value)
  return parts === null ? null : Number(parts[1]) * AGE_MS[parts[2]!]!
}

/** The name of a value's type on the wire: numbers travel as the smallest integer that holds them. */
export function typeOf(value: ConfigValue): string {
  if (typeof value === 'string') return 'longstr'
  if (typeof value === 'boolean') return 'bool'
  if (value === null) return 'void'
  if (typeof value === 'object') return Array.isArray(value) ? 'array' : 'table'
  if (!Number.isInteger(value)) return 'double'
  if (value >= -128 && value < 128) return 'byte'
  if (value >= -32_768 && value < 32_768) return 'short'
  return value >= -2_147_483_648 && value < 2_147_483_648 ? 'signedint' : 'long'
}
