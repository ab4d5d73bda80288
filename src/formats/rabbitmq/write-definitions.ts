import type { Channel, Config, ConfigValue, NodeId, Topology, TopologyNode } from '../../topology/document.ts'
import type { Outcome, Problem } from '../../topology/problem.ts'
import { pluginType, predeclared } from './predeclared.ts'
import { argumentsFrom, isConfig, kindFrom, refusals } from './queue-arguments.ts'

/** Version whose rules the written definitions keep, where the document names none. */
const VERSION = '3.10.8'
const NAME_BYTES_MAX = 255
const NAMED_MAX = 6
const X_MATCH = ['all', 'any', 'all-with-x', 'any-with-x']

export interface WrittenDefinitions {
  readonly text: string
  readonly counts: { readonly exchanges: number; readonly queues: number; readonly bindings: number }
}

/**
 * Definitions of one broker, as `rabbitmqctl import_definitions` and the management API take them. What RabbitMQ would refuse is refused here,
 * each with its place, since its import stops at the first; what has no counterpart is named in the warnings. Users are never
 * written: one without a hash would lose the password that it has.
 */
export function writeDefinitions(topology: Topology, broker: NodeId): Outcome<WrittenDefinitions> {
  const container = topology.nodes.find(node => node.id === broker)
  if (container?.type !== 'amqp.broker') throw new Error(`"${broker}" is no RabbitMQ broker of this topology`)
  const writing = new Writing(topology, container)
  writing.write()
  if (writing.errors.length > 0) return { ok: false, problems: writing.errors }
  const { exchanges, queues, bindings } = writing
  const kept = (field: string): ConfigValue => container.config[field] ?? []
  const permissions = writing.permissions()
  const version = container.config['rabbitmqVersion'] ?? VERSION
  const definitions = {
    rabbit_version: version,
    rabbitmq_version: version,
    ...permissions,
    vhosts: writing.virtualHosts(),
    parameters: kept('parameters'),
    global_parameters: kept('globalParameters'),
    policies: kept('policies'),
    queues,
    exchanges,
    bindings,
  }
  return { ok: true, value: { text: `${JSON.stringify(definitions, null, 2)}\n`, counts: { exchanges: exchanges.length, queues: queues.length, bindings: bindings.length } }, problems: writing.warnings }
}

interface Place {
  readonly what: 'exchange' | 'queue'
  readonly name: string
  readonly host: string
  readonly type: string
}

class Writing {
  readonly exchanges: Config[] = []
  readonly queues: Config[] = []
  readonly bindings: Config[] = []
  readonly warnings: Problem[] = []
  readonly errors: Problem[] = []
  readonly #topology: Topology
  readonly #broker: TopologyNode
  /** What bindings may name, by node. */
  readonly #places = new Map<NodeId, Place>()
  readonly #taken = new Map<string, TopologyNode>()
  readonly #hosts = new Set<string>()

  constructor(topology: Topology, broker: TopologyNode) {
    this.#topology = topology
    this.#broker = broker
  }

  write(): void {
    const members = this.#topology.nodes.filter(node => node.within === this.#broker.id)
    const others: TopologyNode[] = []
    for (const node of members) {
      if (node.type === 'amqp.queue') this.#queue(node)
      else if (node.type === 'amqp.exchange' || pluginType(node) !== undefined) this.#exchange(node)
      else others.push(node)
    }
    const left: Channel[] = []
    for (const channel of this.#topology.channels) {
      if (channel.type === 'amqp.binding' && this.#isMember(channel.from)) this.#binding(channel)
      else left.push(channel)
    }
    const outside = this.#topology.nodes.filter(node => node.within !== this.#broker.id && node.id !== this.#broker.id)
    this.#nameLeft([...others, ...outside], left)
    this.#namePlugins()
  }

  /** Those that are used, and those that came with an import, with what was said of them. */
  virtualHosts(): readonly Config[] {
    const kept = this.#broker.config['virtualHosts']
    const rows = Array.isArray(kept) ? (kept as readonly ConfigValue[]).filter(isConfig) : []
    const known = new Set(rows.map(row => row['name']))
    const used = this.#hosts.size === 0 && rows.length === 0 ? ['/'] : [...this.#hosts]
    return [...rows, ...used.filter(name => !known.has(name)).map(name => ({ name }))]
  }

  /** Who may do what. Users are not written: one without a hash would lose the password that it has. */
  permissions(): Readonly<Record<'permissions' | 'topic_permissions', readonly Config[]>> {
    const rows = (field: string): readonly Config[] => {
      const kept = this.#broker.config[field]
      return Array.isArray(kept) ? (kept as readonly ConfigValue[]).filter(isConfig) : []
    }
    const found = { permissions: rows('permissions'), topic_permissions: rows('topicPermissions') }
    const all = [...found.permissions, ...found.topic_permissions]
    for (const row of all) this.#hosts.add(String(row['vhost'] ?? '/'))
    const users = [...new Set(all.map(row => String(row['user'])))].filter(name => name !== 'guest')
    if (users.length > 0) this.#warn('rabbitmq.accounts', `${users.length === 1 ? 'The user' : 'The users'} ${named(users)} must be there already: users aren’t written, and RabbitMQ’s import stops at a permission of one that it doesn’t have.`, this.#broker.id)
    return found
  }

  #isMember(id: NodeId): boolean {
    return this.#topology.nodes.some(node => node.id === id && node.within === this.#broker.id)
  }

  #exchange(node: TopologyNode): void {
    const { config } = node
    const type = String(config['exchangeType'] ?? 'direct')
    const place = this.#place(node, 'exchange', type)
    if (!place) return
    const own = predeclared(place.name)
    if (own !== undefined) {
      if (own !== type) this.#refuse(node, `“${place.name}” is RabbitMQ’s own ${own} exchange: rename yours, or make it ${own}.`)
      return
    }
    if (place.name.startsWith('amq.')) return this.#reserved(node)
    const alternate = config['alternateExchange']
    const args = { ...recordOf(config['arguments']), ...(typeof alternate === 'string' && alternate !== '' ? { 'alternate-exchange': alternate } : {}) }
    if (args['alternate-exchange'] !== undefined && typeof args['alternate-exchange'] !== 'string') this.#refuse(node, `RabbitMQ would refuse exchange “${place.name}”: alternate-exchange must be the name of an exchange.`, 'arguments')
    this.#checkArguments(node, args)
    this.exchanges.push({ name: place.name, vhost: place.host, type, durable: config['durable'] !== false, auto_delete: config['autoDelete'] === true, internal: config['internal'] === true, arguments: args })
  }

  #queue(node: TopologyNode): void {
    const { config } = node
    const kind = kindFrom(config)
    const place = this.#place(node, 'queue', kind)
    if (!place) return
    if (place.name.startsWith('amq.')) return this.#reserved(node)
    if (config['exclusive'] === true) {
      this.#places.delete(node.id)
      return this.#warn('rabbitmq.exclusive', `Queue “${place.name}” is exclusive: it exists while the client that declared it is connected, and has no place in definitions.`, node.id)
    }
    const durable = config['durable'] !== false
    const autoDelete = config['autoDelete'] === true
    const args = argumentsFrom(config)
    for (const says of refusals({ kind, durable, autoDelete, arguments: args })) this.#refuse(node, `RabbitMQ would refuse queue “${place.name}”: ${says}.`)
    this.#checkArguments(node, args)
    const said = recordOf(config['arguments'])['x-queue-type']
    const aloud = kind !== 'classic' ? kind : (said ?? (this.#defaultKind(place.host) === 'classic' ? undefined : 'classic'))
    this.queues.push({ name: place.name, vhost: place.host, type: kind, durable, auto_delete: autoDelete, arguments: { ...args, ...(aloud === undefined ? {} : { 'x-queue-type': aloud }) } })
  }

  #binding(channel: Channel): void {
    const from = this.#places.get(channel.from)
    const to = this.#places.get(channel.to)
    // An end that has no place in definitions was named; its bindings go with it.
    if (!from || !to || from.what !== 'exchange') return
    if (from.host !== to.host) return this.#warn('rabbitmq.hosts', `The binding from “${from.name}” to “${to.name}” joins two virtual hosts, ${from.host} and ${to.host}: RabbitMQ has no such thing, and it was left out.`, channel.id)
    const args = recordOf(channel.config['arguments'])
    const match = args['x-match']
    if (from.type === 'headers' && match !== undefined && !X_MATCH.includes(String(match))) this.#refuse(channel, `RabbitMQ would refuse the binding from “${from.name}” to “${to.name}”: x-match must be one of ${X_MATCH.join(', ')}.`, 'arguments')
    this.#checkArguments(channel, args)
    this.bindings.push({ source: from.name, vhost: from.host, destination: to.name, destination_type: to.what, routing_key: String(channel.config['routingKey'] ?? ''), arguments: args })
  }

  #place(node: TopologyNode, what: Place['what'], type: string): Place | null {
    const said = node.config['name']
    const name = typeof said === 'string' && said !== '' ? said : node.label
    const host = String(node.config['virtualHost'] ?? '/')
    if (name === '' || new TextEncoder().encode(name).length > NAME_BYTES_MAX) {
      this.#refuse(node, `The name of a ${what} has 1 to ${NAME_BYTES_MAX} bytes; “${name.slice(0, 40)}” has ${new TextEncoder().encode(name).length}: rename it.`, 'name')
      return null
    }
    const key = `${what} ${host} ${name}`
    const other = this.#taken.get(key)
    if (other) {
      this.#refuse(node, `Two ${what}s are called “${name}” in the virtual host ${host}: rename one of them, or remove it.`, 'name')
      return null
    }
    this.#taken.set(key, node)
    this.#hosts.add(host)
    const place: Place = { what, name, host, type }
    this.#places.set(node.id, place)
    return place
  }

  /** Import passes over such names: they are made by the broker itself. */
  #reserved(node: TopologyNode): void {
    this.#warn('rabbitmq.reserved', `“${this.#places.get(node.id)!.name}” was left out: names that begin with “amq.” are RabbitMQ’s own.`, node.id)
    this.#places.delete(node.id)
  }

  /** RabbitMQ's import fails on a value that is nothing, however deep it stands. */
  #checkArguments(part: TopologyNode | Channel, args: Config): void {
    const place = nothingIn(args, 'arguments')
    if (place !== null) this.#refuse(part, `RabbitMQ’s import can’t read ${place} of “${'label' in part ? part.label : part.id}”, which is nothing: give it a value, or take it away.`, 'arguments')
  }

  #defaultKind(host: string): string {
    const row = this.virtualHosts().find(one => one['name'] === host)
    const metadata = row?.['metadata']
    const said = row?.['default_queue_type'] ?? (isConfig(metadata) ? metadata['default_queue_type'] : undefined)
    return said === undefined || said === 'undefined' ? 'classic' : String(said)
  }

  #nameLeft(nodes: readonly TopologyNode[], channels: readonly Channel[]): void {
    if (nodes.length > 0) this.#warn('rabbitmq.left', `Definitions hold no applications and no other systems. Left out: ${named(nodes.map(node => node.label))}.`)
    const joins = channels.filter(channel => channel.type !== 'amqp.binding')
    if (joins.length > 0) this.#warn('rabbitmq.left', `Left out with them: ${joins.length} ${joins.length === 1 ? 'channel' : 'channels'} of applications. Latencies and faults of wires have no place in definitions either.`)
  }

  #namePlugins(): void {
    const kept = this.#broker.config['parameters']
    const components = (Array.isArray(kept) ? (kept as readonly ConfigValue[]) : []).filter(isConfig).map(row => String(row['component']))
    const needs = [...new Set([...this.exchanges.map(one => String(one['type'])).filter(type => type.startsWith('x-')), ...components.filter(one => one === 'shovel' || one.startsWith('federation'))])]
    if (needs.length > 0) this.#warn('rabbitmq.plugin', `${named(needs)} ${needs.length === 1 ? 'comes' : 'come'} from a plug-in: where it isn’t enabled, RabbitMQ’s import stops there.`)
  }

  #warn(code: string, says: string, part?: string): void {
    this.warnings.push({ code, severity: 'warning', says, ...(part === undefined ? {} : { part }) })
  }

  #refuse(part: { readonly id: string }, says: string, field?: string): void {
    this.errors.push({ code: 'rabbitmq.refused', severity: 'error', says, part: part.id, ...(field === undefined ? {} : { field }) })
  }
}

function nothingIn(value: ConfigValue, place: string): string | null {
  if (value === null) return place
  if (typeof value !== 'object') return null
  const entries = Array.isArray(value) ? (value as readonly ConfigValue[]).map((one, index) => [`${place}[${index}]`, one] as const) : Object.entries(value as Config).map(([name, one]) => [`${place}.${name}`, one] as const)
  for (const [inner, one] of entries) {
    const found = nothingIn(one, inner)
    if (found !== null) return found
  }
  return null
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_MAX)
  return names.length > NAMED_MAX ? `${shown.join(', ')} and ${names.length - NAMED_MAX} more` : shown.join(', ')
}

function recordOf(value: ConfigValue | undefined): Config {
  return isConfig(value) ? value : {}
}
