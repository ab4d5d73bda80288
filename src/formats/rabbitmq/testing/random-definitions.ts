import fc from 'fast-check'
import type { Config, ConfigValue } from '../../../topology/document.ts'

/** Definitions as a broker may have them, for properties and for a live broker. */
export interface Definitions {
  readonly vhosts: readonly Config[]
  readonly exchanges: readonly Config[]
  readonly queues: readonly Config[]
  readonly bindings: readonly Config[]
  readonly policies: readonly Config[]
  readonly parameters: readonly Config[]
  readonly permissions: readonly Config[]
  readonly topic_permissions: readonly Config[]
}

const NAMES = ['orders', 'orders.eu', 'a b', 'Ünïcode ☂', 'x'.repeat(120), 'in/out', '(default)', 'dead', 'log', '{n}', '-', 'constructor']
const KEYS = ['', 'order.created', 'order.*', '#', '*.#.eu', 'ü']
const exchangeName = fc.constantFrom(...NAMES)
const queueName = fc.constantFrom(...NAMES)
const scalar = fc.oneof(fc.integer({ min: -1000, max: 5_000_000_000 }), fc.boolean(), fc.constantFrom('', 'eu', 'ü'))
const headers = fc.dictionary(fc.constantFrom('format', 'kind', 'x-note', 'n'), scalar, { maxKeys: 3 })

/** Some of the arguments, each perhaps. */
function some(of: Readonly<Record<string, fc.Arbitrary<ConfigValue>>>): fc.Arbitrary<Config> {
  return fc.record(of, { requiredKeys: [] }) as fc.Arbitrary<Config>
}

const count = fc.constantFrom(0, 1, 1000, 4_294_967_295)
const ms = fc.constantFrom(1, 1000, 60_000, 86_400_000)
/** Long enough that a live broker still has the queue when it is asked for it. */
const expires = fc.constantFrom(3_600_000, 86_400_000)
const anyQueue = { 'x-message-ttl': ms, 'x-expires': expires, 'x-max-length': count, 'x-max-length-bytes': count, 'x-overflow': fc.constantFrom('drop-head', 'reject-publish', 'reject-publish-dlx'), 'x-dead-letter-exchange': fc.oneof(fc.constant(''), exchangeName), 'x-single-active-consumer': fc.boolean(), 'x-note': fc.constantFrom('mine', 'ours') }
const classic = some({ ...anyQueue, 'x-max-priority': fc.constantFrom(1, 10, 255), 'x-queue-mode': fc.constantFrom('default', 'lazy'), 'x-queue-type': fc.constant('classic'), 'x-queue-version': fc.constantFrom(1, 2) })
const quorum = some({ ...anyQueue, 'x-delivery-limit': fc.constantFrom(0, 5), 'x-dead-letter-strategy': fc.constantFrom('at-most-once', 'at-least-once') })
const stream = some({ 'x-max-length-bytes': count, 'x-max-age': fc.constantFrom('7D', '30m'), 'x-stream-max-segment-size-bytes': fc.constantFrom(1_000_000, 500_000_000) })

const queue = fc
  .oneof(
    fc.record({ arguments: classic, durable: fc.boolean(), auto_delete: fc.boolean(), type: fc.constant('classic') }),
    fc.record({ arguments: quorum.map(args => ({ ...args, 'x-queue-type': 'quorum' })), durable: fc.constant(true), auto_delete: fc.constant(false), type: fc.constant('quorum') }),
    fc.record({ arguments: stream.map(args => ({ ...args, 'x-queue-type': 'stream' })), durable: fc.constant(true), auto_delete: fc.constant(false), type: fc.constant('stream') }),
  )
  .chain(row => fc.boolean().map(key => ({ ...row, arguments: key && 'x-dead-letter-exchange' in row.arguments ? { ...row.arguments, 'x-dead-letter-routing-key': 'dead' } : row.arguments })))
const exchange = fc.record({ type: fc.constantFrom('direct', 'fanout', 'topic', 'headers'), durable: fc.boolean(), auto_delete: fc.boolean(), internal: fc.boolean(), arguments: some({ 'alternate-exchange': exchangeName, 'x-note': fc.constant(7) }) })
const policy = fc.record({
  pattern: fc.constantFrom('^orders', '.*', 'eu$'),
  'apply-to': fc.constantFrom('queues', 'all'),
  priority: fc.integer({ min: 0, max: 9 }),
  definition: some({ 'message-ttl': ms, 'max-length': fc.constantFrom(5, 100), 'dead-letter-exchange': exchangeName }).filter(one => Object.keys(one).length > 0),
})

const pattern = fc.constantFrom('', '.*', '^orders', '^(order|amq\\.default)$')
/** What guest may do, whom every broker has. */
const rights = fc.record({ user: fc.constant('guest'), configure: pattern, write: pattern, read: pattern })

/** What one virtual host may have. */
function hosted(vhost: string): fc.Arbitrary<Definitions> {
  const named = (rows: fc.Arbitrary<Config>, name: fc.Arbitrary<string>, most: number): fc.Arbitrary<readonly Config[]> => fc.uniqueArray(fc.tuple(name, rows), { selector: ([one]) => one, maxLength: most }).map(all => all.map(([one, row]) => ({ name: one, vhost, ...row })))
  return fc.tuple(named(exchange, exchangeName, 5), named(queue, queueName, 7), named(policy, fc.constantFrom('p1', 'p2', 'p3'), 2), fc.boolean(), fc.option(rights)).chain(([exchanges, queues, policies, capped, granted]) =>
    bindingsBetween(vhost, exchanges, queues).map(bindings => ({
      vhosts: [{ name: vhost }],
      exchanges,
      queues,
      bindings,
      policies,
      permissions: granted === null ? [] : [{ ...granted, vhost }],
      topic_permissions: granted === null ? [] : exchanges.slice(0, 1).map(one => ({ user: 'guest', vhost, exchange: one['name']!, write: granted.write, read: granted.read })),
      parameters: capped ? [{ component: 'operator_policy', name: 'cap', vhost, value: { pattern: '.*', 'apply-to': 'queues', priority: 0, definition: { 'max-length': 50_000 } } }] : [],
    })),
  )
}

function bindingsBetween(vhost: string, exchanges: readonly Config[], queues: readonly Config[]): fc.Arbitrary<readonly Config[]> {
  const sources = [...exchanges.map(one => [String(one['name']), one['type'] === 'headers'] as const), ['amq.topic', false] as const]
  const targets = [...queues.map(one => ['queue', one['name']!] as const), ...exchanges.map(one => ['exchange', one['name']!] as const)]
  if (targets.length === 0) return fc.constant([])
  const one = fc.tuple(fc.constantFrom(...sources), fc.constantFrom(...targets), fc.constantFrom(...KEYS), headers, fc.constantFrom('all', 'any', undefined)).map(([[source, byHeaders], [what, destination], key, args, match]) => ({ source, vhost, destination, destination_type: what, routing_key: key, arguments: byHeaders ? { ...args, ...(match === undefined ? {} : { 'x-match': match }) } : {} }))
  return fc.uniqueArray(one, { selector: row => JSON.stringify([row.source, row.destination_type, row.destination, row.routing_key, sorted(row.arguments as Config)]), maxLength: 9 })
}

export function randomDefinitions(vhosts: readonly string[]): fc.Arbitrary<Definitions> {
  return fc.tuple(...vhosts.map(hosted)).map(all => ({
    vhosts: all.flatMap(one => one.vhosts),
    exchanges: all.flatMap(one => one.exchanges),
    queues: all.flatMap(one => one.queues),
    bindings: all.flatMap(one => one.bindings),
    policies: all.flatMap(one => one.policies),
    parameters: all.flatMap(one => one.parameters),
    permissions: all.flatMap(one => one.permissions),
    topic_permissions: all.flatMap(one => one.topic_permissions),
  }))
}

/** What definitions mean, in an order of its own: two that mean the same are equal. Only what is in the named virtual hosts. */
export function meaningOf(text: string, vhosts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const top = JSON.parse(text) as Readonly<Record<string, readonly Config[] | undefined>>
  const rows = (list: string, names: readonly string[]): readonly string[] =>
    (top[list] ?? [])
      .filter(row => vhosts.includes(String(row['vhost'])))
      .map(row => JSON.stringify(names.map(name => sorted(row[name] ?? (name === 'internal' ? false : null)))))
      .sort()
  return {
    exchanges: rows('exchanges', ['vhost', 'name', 'type', 'durable', 'auto_delete', 'internal', 'arguments']),
    queues: rows('queues', ['vhost', 'name', 'durable', 'auto_delete', 'arguments']),
    bindings: rows('bindings', ['vhost', 'source', 'destination_type', 'destination', 'routing_key', 'arguments']),
    policies: rows('policies', ['vhost', 'name', 'pattern', 'apply-to', 'priority', 'definition']),
    parameters: rows('parameters', ['vhost', 'component', 'name', 'value']),
    permissions: rows('permissions', ['vhost', 'user', 'configure', 'write', 'read']).filter(row => row !== JSON.stringify(['/', 'guest', '.*', '.*', '.*'])),
    topic_permissions: rows('topic_permissions', ['vhost', 'user', 'exchange', 'write', 'read']),
    vhosts: (top['vhosts'] ?? []).map(row => String(row['name'])).filter(name => vhosts.includes(name)).sort(),
  }
}

function sorted(value: ConfigValue): ConfigValue {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly ConfigValue[]).map(sorted)
  const entries = Object.entries(value as Config).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one)]))
}
