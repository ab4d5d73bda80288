import type { Config, ConfigValue } from '../../topology/document.ts'
import type { Outcome, Problem } from '../../topology/problem.ts'

/** The rows of a definitions export that a topology is made of, with RabbitMQ's own defaults filled in. */
export interface ExchangeRow { readonly name: string; readonly vhost: string; readonly type: string; readonly durable: boolean; readonly auto_delete: boolean; readonly internal: boolean; readonly arguments: Config }
export interface QueueRow { readonly name: string; readonly vhost: string; readonly durable: boolean; readonly auto_delete: boolean; readonly arguments: Config }
export interface BindingRow { readonly source: string; readonly vhost: string; readonly destination: string; readonly destination_type: string; readonly routing_key: string; readonly arguments: Config }

export interface ExportRows {
  readonly exchanges: readonly ExchangeRow[]
  readonly queues: readonly QueueRow[]
  readonly bindings: readonly BindingRow[]
  readonly virtualHosts: readonly Config[]
  readonly policies: readonly Config[]
  readonly parameters: readonly Config[]
  readonly globalParameters: readonly Config[]
  /** Users are counted, never read: a password hash must not get into a file or a link. */
  readonly users: number
  readonly permissions: readonly Config[]
  readonly topicPermissions: readonly Config[]
  readonly version: string | null
  /** Sections that this reader does not know. */
  readonly unknown: readonly string[]
}

type Check = 'name' | 'text' | 'flag' | 'object' | 'definition'
interface Section {
  readonly needed: Readonly<Record<string, Check>>
  readonly allowed: Readonly<Record<string, Check>>
  /** Rows belong to a virtual host. */
  readonly hosted: boolean
}

const PATTERNS = { write: 'text', read: 'text' } as const
const FLAGS = { durable: 'flag', auto_delete: 'flag' } as const
const SECTIONS: Readonly<Record<string, Section>> = {
  vhosts: { needed: { name: 'name' }, allowed: { metadata: 'object' }, hosted: false },
  permissions: { needed: { user: 'name', ...PATTERNS, configure: 'text' }, allowed: {}, hosted: true },
  topic_permissions: { needed: { user: 'name', exchange: 'text', ...PATTERNS }, allowed: {}, hosted: true },
  exchanges: { needed: { name: 'text' }, allowed: { type: 'name', ...FLAGS, internal: 'flag', arguments: 'object' }, hosted: true },
  queues: { needed: { name: 'name' }, allowed: { ...FLAGS, arguments: 'object' }, hosted: true },
  bindings: { needed: { source: 'text', destination: 'name' }, allowed: { destination_type: 'name', routing_key: 'text', arguments: 'object' }, hosted: true },
  policies: { needed: { name: 'name', pattern: 'text', definition: 'definition' }, allowed: { 'apply-to': 'name' }, hosted: true },
  parameters: { needed: { name: 'name', component: 'name' }, allowed: {}, hosted: true },
  global_parameters: { needed: { name: 'name' }, allowed: {}, hosted: false },
}
/** Said about the export itself, or about its one virtual host. */
const ABOUT = ['rabbit_version', 'rabbitmq_version', 'product_name', 'product_version', 'rabbitmq_definition_format', 'original_vhost_name', 'original_cluster_name', 'explanation', 'metadata', 'description', 'tags', 'limits', 'default_queue_type', 'tracing_enabled']
const SAID: Readonly<Record<Check, string>> = { name: 'a name', text: 'a text', flag: 'true or false', object: 'an object', definition: 'an object' }

/** Checks every row before any of it is used: an export is read whole, or refused with the place. */
export function exportRows(json: unknown): Outcome<ExportRows> {
  const problem = shapeProblem(json)
  if (problem) return { ok: false, problems: [problem] }
  const top = json as Record<string, unknown> // an object of lists of objects: checked just above
  // An export of one virtual host leaves its name out of the rows.
  const only = typeof top['original_vhost_name'] === 'string' ? top['original_vhost_name'] : null
  const host = only ?? '/'
  const rows = (section: string, defaults: Config = {}): readonly Config[] => rowsOf(top[section], SECTIONS[section]?.hosted === true ? { vhost: host, ...defaults } : defaults)
  const withArguments = { arguments: {} }
  const ownHost = only === null ? [] : [{ name: only, ...pick(top, ['metadata', 'description', 'tags', 'limits', 'default_queue_type']) }]
  const version = top['rabbitmq_version'] ?? top['rabbit_version']
  // The types of the fields were checked by shapeProblem, row by row.
  const typed = { exchanges: rows('exchanges', { type: 'direct', durable: true, auto_delete: false, internal: false, ...withArguments }), queues: rows('queues', { durable: true, auto_delete: false, ...withArguments }), bindings: rows('bindings', { routing_key: '', destination_type: 'queue', ...withArguments }) } as unknown as Pick<ExportRows, 'exchanges' | 'queues' | 'bindings'>
  return {
    ok: true,
    problems: [],
    value: {
      ...typed,
      virtualHosts: [...rows('vhosts'), ...ownHost],
      policies: rows('policies'),
      parameters: rows('parameters'),
      globalParameters: rows('global_parameters'),
      users: Array.isArray(top['users']) ? top['users'].length : 0,
      permissions: rows('permissions'),
      topicPermissions: rows('topic_permissions'),
      version: typeof version === 'string' ? version : null,
      unknown: Object.keys(top).filter(name => !(name in SECTIONS) && name !== 'users' && !ABOUT.includes(name)),
    },
  }
}

function shapeProblem(json: unknown): Problem | null {
  const refuse = (place: string, says: string): Problem => ({ code: 'rabbitmq.foreign', severity: 'error', says, place })
  if (!isObject(json)) return refuse('the file', 'This is not a RabbitMQ export: it should be an object with “exchanges”, “queues” and “bindings”. Make one with rabbitmqctl export_definitions.')
  if (!['exchanges', 'queues', 'bindings'].some(list => list in json)) return refuse('the file', 'This is not a RabbitMQ export: it has no “exchanges”, “queues” or “bindings”. Make one with rabbitmqctl export_definitions.')
  for (const [name, section] of Object.entries(SECTIONS)) {
    const rows = json[name]
    if (rows === undefined) continue
    if (!Array.isArray(rows)) return refuse(name, `This export is damaged: “${name}” should be a list. Export it again.`)
    for (const [index, row] of (rows as readonly unknown[]).entries()) {
      const wrong = rowProblem(row, section)
      if (wrong) return refuse(`${name}[${index}]${wrong.field === '' ? '' : `.${wrong.field}`}`, `This export is damaged: ${name}[${index}] ${wrong.says}. Export it again, or mend that place.`)
    }
  }
  return null
}

function rowProblem(row: unknown, section: Section): { readonly field: string; readonly says: string } | null {
  if (!isObject(row)) return { field: '', says: 'should be an object' }
  for (const field of Object.keys(section.needed)) if (row[field] === undefined) return { field: '', says: `has no “${field}”` }
  const checks = { ...section.needed, ...section.allowed, ...(section.hosted ? { vhost: 'name' as const } : {}) }
  for (const [field, check] of Object.entries(checks)) {
    const value = row[field]
    if (value !== undefined && !fits(value, check)) return { field, says: `should have ${SAID[check]} as “${field}”; it has ${JSON.stringify(value)?.slice(0, 60)}` }
  }
  return null
}

function fits(value: unknown, check: Check): boolean {
  switch (check) {
    case 'name':
      return typeof value === 'string' && value !== ''
    case 'text':
      return typeof value === 'string'
    case 'flag':
      return typeof value === 'boolean'
    case 'object':
      // Erlang writes an empty table as an empty list.
      return isObject(value) || (Array.isArray(value) && value.length === 0)
    case 'definition':
      return isObject(value) || pairsOf(value) !== null
  }
}

function rowsOf(list: unknown, defaults: Config): readonly Config[] {
  if (!Array.isArray(list)) return []
  return (list as readonly Config[]).map(row => {
    const args = row['arguments']
    return { ...defaults, ...row, ...(Array.isArray(args) ? { arguments: {} } : {}) }
  })
}

/** `[["max-length", 5]]` as an object; null when it isn't that. RabbitMQ writes definitions of operator policies so, and refuses to read them. */
export function pairsOf(value: unknown): Config | null {
  if (!Array.isArray(value)) return null
  const pairs = value as readonly unknown[]
  const fine = pairs.every(pair => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string')
  return fine ? Object.fromEntries<ConfigValue>(pairs as readonly (readonly [string, ConfigValue])[]) : null
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pick(from: Record<string, unknown>, names: readonly string[]): Config {
  return Object.fromEntries(names.filter(name => from[name] !== undefined).map(name => [name, from[name] as ConfigValue])) // parsed JSON
}
