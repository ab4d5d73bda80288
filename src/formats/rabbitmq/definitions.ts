import type { Channel, Config, ConfigValue, Topology, TopologyNode } from '../../topology/document.ts'
import type { Outcome, Problem } from '../../topology/problem.ts'
import { parseTolerant } from './tolerant-json.ts'

/** What RabbitMQ's export holds that a topology is made of. Users, password hashes and permissions are never read. */
interface RawExchange { name: string; vhost: string; type: string; durable: boolean; auto_delete: boolean; internal: boolean; arguments: Config }
interface RawQueue { name: string; vhost: string; durable: boolean; auto_delete: boolean; arguments: Config }
interface RawBinding { source: string; vhost: string; destination: string; destination_type: string; routing_key: string; arguments: Config }

export interface RabbitImport {
  readonly topology: Topology
  readonly virtualHosts: readonly string[]
}

const SIMULATED_TYPES = ['direct', 'fanout', 'topic', 'headers']
/** A pace that eyes can follow; a LAN would be a thousand times faster. */
const BINDING_LATENCY: Config = { law: 'constant', value: 200 }

/** Reads a definitions export (`rabbitmqctl definitionsdefinitions`) into nodes and bindings, not yet laid out. Nothing of it is half read. */
export function readDefinitions(text: string, name: string): Outcome<RabbitImport> {
  const json = parseTolerant(text)
  if (!json.ok) return json
  const problems: Problem[] = [...json.problems]
  const top = json.value
  const shape = shapeProblem(top)
  if (shape) return { ok: false, problems: [shape] }
  const definitions = top as Record<string, unknown>
  const exchanges = rows<RawExchange>(definitions['exchanges'], { type: 'direct', durable: true, auto_delete: false, internal: false })
  const queues = rows<RawQueue>(definitions['queues'], { durable: true, auto_delete: false })
  const bindings = rows<RawBinding>(definitions['bindings'], { routing_key: '', destination_type: 'queue' })
  const declared = rows<{ name: string; default_queue_type?: string }>(definitions['vhosts'], {})
  const defaults = new Map(declared.map(one => [one.name, one.default_queue_type]))
  const hosts = [...new Set([...exchanges, ...queues].map(one => one.vhost))]
  const names = new Names()
  const nodes: TopologyNode[] = []
  const channels: Channel[] = []
  const ids = new Map<string, string>()
  const at = { x: 0, y: 0 }
  for (const host of hosts.length === 0 ? ['/'] : hosts) {
    const broker = names.free(`broker ${hosts.length > 1 ? host : ''}`)
    const kept = keptOnBroker(definitions, host)
    problems.push(...kept.problems.map(says => problem('rabbitmq.kept', says, broker)))
    nodes.push({ id: broker, type: 'amqp.broker', label: hosts.length > 1 ? `RabbitMQ ${host}` : 'RabbitMQ', at, size: { width: 300, height: 200 }, config: kept.config })
    for (const exchange of exchanges.filter(one => one.vhost === host)) {
      const id = names.free(exchange.name)
      ids.set(`exchange ${host} ${exchange.name}`, id)
      nodes.push({ id, type: 'amqp.exchange', label: exchange.name, at, within: broker, config: exchangeConfig(exchange) })
      if (!SIMULATED_TYPES.includes(exchange.type)) problems.push(problem('rabbitmq.type', `Exchange “${exchange.name}” is of the type ${exchange.type}: kept, not simulated; it routes like a direct one.`, id))
      problems.push(...argumentProblems('Exchange', exchange, id))
    }
    for (const queue of queues.filter(one => one.vhost === host)) {
      const id = names.free(queue.name)
      ids.set(`queue ${host} ${queue.name}`, id)
      const queueType = String(queue.arguments['x-queue-type'] ?? defaults.get(host) ?? 'classic')
      nodes.push({ id, type: 'amqp.queue', label: queue.name, at, within: broker, config: queueConfig(queue, queueType) })
      if (queueType !== 'classic') problems.push(problem('rabbitmq.queue-type', `Queue “${queue.name}” is a ${queueType} queue: it is kept as one and behaves as a classic queue for now.`, id))
      problems.push(...argumentProblems('Queue', queue, id))
    }
  }
  bindings.forEach((binding, index) => {
    const from = ids.get(`exchange ${binding.vhost} ${binding.source}`)
    const to = ids.get(`${binding.destination_type} ${binding.vhost} ${binding.destination}`)
    // Every queue is bound to the default exchange; exports of some versions list that.
    if (binding.source === '') return
    if (from === undefined || to === undefined) {
      problems.push({ ...problem('rabbitmq.dangling', `A binding from “${binding.source}” to ${binding.destination_type} “${binding.destination}” was dropped: ${from === undefined ? `there is no exchange “${binding.source}”` : `there is no ${binding.destination_type} “${binding.destination}”`} in the export.`), place: `bindings[${index}]` })
      return
    }
    channels.push({ id: names.free(`${from}-${to}`), type: 'amqp.binding', from, to, config: { ...(binding.routing_key === '' ? {} : { routingKey: binding.routing_key }), ...(Object.keys(binding.arguments).length === 0 ? {} : { arguments: binding.arguments }), latency: BINDING_LATENCY } })
  })
  const title = name.replace(/^.*[\\/]/, '').replace(/\.json$/i, '')
  return { ok: true, value: { topology: { format: 1, title, seed: 42, nodes, channels }, virtualHosts: hosts }, problems }
}

function exchangeConfig(exchange: RawExchange): Config {
  return {
    exchangeType: exchange.type,
    ...(exchange.durable ? {} : { durable: false }),
    ...(exchange.auto_delete ? { autoDelete: true } : {}),
    ...(exchange.internal ? { internal: true } : {}),
    ...(exchange.vhost === '/' ? {} : { virtualHost: exchange.vhost }),
    ...(Object.keys(exchange.arguments).length > 0 ? { arguments: exchange.arguments } : {}),
  }
}

function queueConfig(queue: RawQueue, queueType: string): Config {
  return {
    ...(queue.durable ? {} : { durable: false }),
    ...(queue.auto_delete ? { autoDelete: true } : {}),
    ...(queueType === 'classic' ? {} : { queueType }),
    ...(queue.vhost === '/' ? {} : { virtualHost: queue.vhost }),
    ...(Object.keys(queue.arguments).length > 0 ? { arguments: queue.arguments } : {}),
  }
}

/** What the broker knows besides exchanges and queues: carried on the container, and told. */
function keptOnBroker(top: Record<string, unknown>, host: string): { config: Config; problems: string[] } {
  const config: Record<string, ConfigValue> = {}
  const problems: string[] = []
  for (const [field, title] of [['policies', 'policy'], ['parameters', 'parameter']] as const) {
    const all = Array.isArray(top[field]) ? (top[field] as Record<string, ConfigValue>[]) : []
    const own = all.filter(one => (one['vhost'] ?? '/') === host)
    if (own.length === 0) continue
    config[field] = own
    for (const one of own) {
      const what = one['component'] === 'operator_policy' ? 'operator policy' : title
      const pattern = typeof one['pattern'] === 'string' ? ` on ${one['pattern']}` : ''
      problems.push(`The ${what} “${String(one['name'])}”${pattern} is kept, not simulated yet.`)
    }
  }
  return { config, problems }
}

function argumentProblems(what: string, one: { readonly name: string; readonly arguments: Config }, part: string): Problem[] {
  const names = Object.keys(one.arguments).filter(name => name !== 'x-queue-type')
  if (names.length === 0) return []
  return [problem('rabbitmq.arguments', `${what} “${one.name}”: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} kept, not simulated yet.`, part)]
}

function problem(code: string, says: string, part?: string): Problem {
  return { code, severity: 'warning', says, ...(part === undefined ? {} : { part }) }
}

function shapeProblem(top: unknown): Problem | null {
  const refuse = (place: string, says: string): Problem => ({ code: 'rabbitmq.foreign', severity: 'error', says, place })
  if (typeof top !== 'object' || top === null || Array.isArray(top)) return refuse('the file', 'This is not a RabbitMQ export: it should be an object with “exchanges”, “queues” and “bindings”.')
  const fields = top as Record<string, unknown>
  const lists = ['exchanges', 'queues', 'bindings']
  if (!lists.some(list => list in fields)) return refuse('the file', 'This is not a RabbitMQ export: it has no “exchanges”, “queues” or “bindings”.')
  for (const list of [...lists, 'vhosts']) {
    const value = fields[list]
    if (value === undefined) continue
    if (!Array.isArray(value)) return refuse(list, `This export is damaged: “${list}” should be a list.`)
    const needed = list === 'bindings' ? ['source', 'destination'] : ['name']
    for (const [index, row] of (value as unknown[]).entries()) {
      for (const name of needed) if (typeof (row as Record<string, unknown> | null)?.[name] !== 'string') return refuse(`${list}[${index}]`, `This export is damaged: ${list}[${index}] has no “${name}”.`)
    }
  }
  return null
}

/** Rows of a list with defaults; a missing virtual host is "/" (exports of a single one leave it out). */
function rows<T>(list: unknown, defaults: Partial<T>): T[] {
  if (!Array.isArray(list)) return []
  return (list as Record<string, unknown>[]).map(row => ({ vhost: '/', ...defaults, ...row, arguments: isObject(row['arguments']) ? row['arguments'] : {} }) as T) // names were checked by shapeProblem
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Readable ids that are unique in the topology. */
class Names {
  readonly #taken = new Set<string>()
  free(wish: string): string {
    const stem = wish.trim().slice(0, 200) || 'part'
    let id = stem
    for (let n = 2; this.#taken.has(id); n += 1) id = `${stem}-${n}`
    this.#taken.add(id)
    return id
  }
}
