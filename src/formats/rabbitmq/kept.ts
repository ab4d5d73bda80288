import type { Config, ConfigValue } from '../../topology/document.ts'
import type { Problem } from '../../topology/problem.ts'
import { isObject, pairsOf, type ExportRows } from './export-rows.ts'

/** What policies can say that changes what a simulated queue or exchange does. */
const SIMULATED = ['message-ttl', 'expires', 'max-length', 'max-length-bytes', 'overflow', 'dead-letter-exchange', 'dead-letter-routing-key', 'dead-letter-strategy', 'delivery-limit', 'max-age', 'stream-max-segment-size-bytes', 'alternate-exchange']
const SIMULATED_ARGUMENTS = new Set([...SIMULATED.map(name => `x-${name}`), 'alternate-exchange', 'x-queue-type', 'x-max-priority', 'x-single-active-consumer', 'x-queue-mode'])

export interface Kept {
  readonly config: Config
  readonly problems: readonly Problem[]
}

/** What the broker knows besides exchanges, queues and bindings: carried on its node. Users and passwords are not. */
export function keptOnBroker(rows: ExportRows, broker: string): Kept {
  const secrets = new Secrets()
  const config: Record<string, ConfigValue> = {}
  const put = (field: string, list: readonly Config[]): void => {
    if (list.length > 0) config[field] = list.map(row => secrets.without(row) as Config)
  }
  put('permissions', keptPermissions(rows))
  put('topicPermissions', newest(rows.topicPermissions, ['user', 'vhost', 'exchange']))
  put('policies', rows.policies.map(row => withDefinition(row)))
  put('parameters', rows.parameters.map(row => (isObject(row['value']) ? { ...row, value: withDefinition(row['value']) } : row)))
  put('virtualHosts', rows.virtualHosts)
  put('globalParameters', rows.globalParameters)
  if (rows.version !== null) config['rabbitmqVersion'] = rows.version
  const warn = (code: string, says: string): Problem => ({ code, severity: 'warning', says, part: broker })
  const problems = [
    ...rows.policies.flatMap(row => policySays('policy', row).map(says => warn('rabbitmq.kept', says))),
    ...rows.parameters.flatMap(row => parameterSays(row).map(says => warn('rabbitmq.kept', says))),
  ]
  if (secrets.found > 0) problems.push(warn('rabbitmq.secrets', `${secrets.found === 1 ? 'A password in an address was' : `${secrets.found} passwords in addresses were`} left out on reading: files and links must not carry them. Put them in again after an export.`))
  if (rows.users > 0) problems.push(warn('rabbitmq.accounts', `${rows.users === 1 ? 'A user was' : `${rows.users} users were`} not read: accounts must not travel in files and links. What they may do is kept. An export leaves the users of the broker that reads it as they are.`))
  for (const row of [...rows.permissions, ...rows.topicPermissions]) for (const right of ['configure', 'write', 'read']) if (!isPattern(String(row[right] ?? ''))) problems.push(warn('rabbitmq.kept', `A permission of “${String(row['user'])}” in ${String(row['vhost'])} has the pattern ${String(row[right])}, which can’t be read here: it is kept, and allows nothing.`))
  for (const name of rows.unknown) problems.push({ ...warn('rabbitmq.unknown', `“${name}” is no part of an export that Relayground knows: it was left out.`), place: name })
  return { config, problems }
}

/** What users may do, but for what every fresh broker says of guest. */
export function keptPermissions(rows: ExportRows): readonly Config[] {
  return newest(rows.permissions, ['user', 'vhost']).filter(row => !isEverybodys(row))
}

/** Of rows about the same, RabbitMQ has the last. */
function newest(rows: readonly Config[], about: readonly string[]): readonly Config[] {
  const found = new Map<string, Config>()
  for (const row of rows) found.set(JSON.stringify(about.map(name => row[name] ?? null)), row)
  return [...found.values()]
}

function isEverybodys(row: Config): boolean {
  return row['user'] === 'guest' && row['vhost'] === '/' && ['configure', 'write', 'read'].every(right => row[right] === '.*')
}

/** Names of arguments that have no effect on what is simulated. */
export function unsimulated(args: Config): readonly string[] {
  return Object.keys(args).filter(name => !SIMULATED_ARGUMENTS.has(name))
}

function parameterSays(row: Config): readonly string[] {
  if (row['component'] === 'operator_policy') return isObject(row['value']) ? policySays('operator policy', { ...(row['value']), name: row['name']! }) : []
  return [`The parameter “${String(row['name'])}” of ${String(row['component'])} is kept, not simulated.`]
}

function policySays(what: string, row: Config): readonly string[] {
  const name = `The ${what} “${String(row['name'])}”`
  if (!isPattern(String(row['pattern']))) return [`${name} has the pattern ${String(row['pattern'])}, which can’t be read here: it is kept, and applies to nothing.`]
  const definition = withDefinition(row)['definition']
  const others = isObject(definition) ? Object.keys(definition).filter(one => !SIMULATED.includes(one)) : []
  return others.length === 0 ? [] : [`${name} sets ${others.join(', ')}: kept, without effect in the simulation.`]
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

/** RabbitMQ writes some definitions as lists of pairs and refuses to read them so: an object says the same. */
function withDefinition(row: Config): Config {
  const pairs = pairsOf(row['definition'])
  return pairs === null ? row : { ...row, definition: pairs }
}

/** `amqp://user:secret@host` */
const ADDRESS = /([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]*@/gi

/** Takes passwords out of values, and counts them. */
class Secrets {
  found = 0

  without(value: ConfigValue): ConfigValue {
    if (typeof value === 'string')
      return value.replace(ADDRESS, (_whole, before: string) => {
        this.found += 1
        return `${before}@`
      })
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return (value as readonly ConfigValue[]).map(one => this.without(one))
    const result: Record<string, ConfigValue> = {}
    for (const [name, one] of Object.entries(value as Config)) {
      if (/passw|secret/i.test(name)) this.found += 1
      else result[name] = this.without(one)
    }
    return result
  }
}
