import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { CHANNELS_MAX, NODES_MAX } from '../../topology/parse.ts'
import type { Outcome, Problem } from '../../topology/problem.ts'
import { exportRows, isObject, type BindingRow, type ExchangeRow, type ExportRows, type QueueRow } from './export-rows.ts'
import { keptOnBroker, keptPermissions, unsimulated } from './kept.ts'
import { pluginKind, predeclared, SIMULATED_TYPES } from './predeclared.ts'
import { settingsFrom, type QueueKind } from './queue-arguments.ts'
import { parseTolerant } from './tolerant-json.ts'

export interface RabbitImport {
  readonly topology: Topology
  readonly virtualHosts: readonly string[]
  /** What holds for the exchanges and queues besides what they say themselves, as a sentence each. */
  readonly applied: readonly string[]
}

/** A pace that eyes can follow; a LAN would be a thousand times faster. */
const BINDING_LATENCY: Config = { law: 'constant', value: 200 }
const NOWHERE = { x: 0, y: 0 }

/**
 * Reads a definitions export (`rabbitmqctl export_definitions`) into one broker with its exchanges, queues and bindings, not yet laid out.
 * All of it is read, or nothing. Virtual hosts stay apart by name: they share the broker, and die with it.
 */
export function readDefinitions(text: string, name: string): Outcome<RabbitImport> {
  const json = parseTolerant(text)
  if (!json.ok) return json
  const rows = exportRows(json.value)
  if (!rows.ok) return rows
  const reading = new Reading(rows.value)
  reading.read()
  const { nodes, channels, hosts } = reading
  const much = tooMuch(nodes.length, channels.length)
  if (much) return { ok: false, problems: [much] }
  const title = name.replace(/^.*[\\/]/, '').replace(/\.json$/i, '')
  return { ok: true, value: { topology: { format: 1, title, seed: 42, nodes, channels }, virtualHosts: hosts, applied: applied(rows.value) }, problems: [...json.problems, ...reading.problems] }
}

function applied(rows: ExportRows): readonly string[] {
  const policies = rows.policies.length
  const operator = rows.parameters.filter(row => row['component'] === 'operator_policy').length
  const parts = [policies > 0 ? counted(policies, 'policy', 'policies') : '', operator > 0 ? counted(operator, 'operator policy', 'operator policies') : ''].filter(part => part !== '')
  const policed = parts.length === 0 ? [] : [`${parts.join(' and ')}, applied by pattern as RabbitMQ does`]
  const [permissions, topics] = [keptPermissions(rows).length, rows.topicPermissions.length]
  const rights = [permissions > 0 ? counted(permissions, 'permission', 'permissions') : '', topics > 0 ? counted(topics, 'topic permission', 'topic permissions') : ''].filter(part => part !== '')
  return rights.length === 0 ? policed : [...policed, `${rights.join(' and ')}, enforced for the user that a channel connects as`]
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

function tooMuch(nodes: number, channels: number): Problem | null {
  if (nodes <= NODES_MAX && channels <= CHANNELS_MAX) return null
  return { code: 'rabbitmq.large', severity: 'error', says: `This export makes ${nodes} nodes and ${channels} channels; at most ${NODES_MAX} and ${CHANNELS_MAX} can be opened. Export fewer virtual hosts.`, place: 'the file' }
}

class Reading {
  readonly nodes: TopologyNode[] = []
  readonly channels: Channel[] = []
  readonly problems: Problem[] = []
  readonly hosts: readonly string[]
  readonly #rows: ExportRows
  readonly #names = new Names()
  /** Node ids by what, virtual host and name. */
  readonly #ids = new Map<string, string>()
  readonly #broker: string

  constructor(rows: ExportRows) {
    this.#rows = rows
    const used = new Set([...rows.exchanges, ...rows.queues].map(one => one.vhost))
    this.hosts = used.size === 0 ? ['/'] : [...used]
    this.#broker = this.#names.free('broker')
  }

  read(): void {
    const kept = keptOnBroker(this.#rows, this.#broker)
    this.problems.push(...kept.problems)
    this.nodes.push({ id: this.#broker, type: 'amqp.broker', label: 'RabbitMQ', at: NOWHERE, size: { width: 300, height: 200 }, config: kept.config })
    const defaults = new Map(this.#rows.virtualHosts.map(one => [String(one['name']), defaultKind(one)]))
    // Virtual host by virtual host, so that what belongs together is drawn together.
    for (const host of this.hosts) {
      this.#rows.exchanges.forEach((row, index) => row.vhost === host && row.name !== '' && this.#exchange(row, `exchanges[${index}]`))
      this.#rows.queues.forEach((row, index) => row.vhost === host && this.#queue(row, defaults.get(host) ?? 'classic', `queues[${index}]`))
    }
    const bound = new Set<string>()
    this.#rows.bindings.forEach((row, index) => this.#binding(row, `bindings[${index}]`, bound))
    this.#lostLetters()
  }

  #exchange(row: ExchangeRow, place: string): void {
    const id = this.#declare('exchange', row, place)
    if (id === null) return
    const simulated = SIMULATED_TYPES.includes(row.type)
    const alternate = row.arguments['alternate-exchange']
    const lifted = typeof alternate === 'string' && alternate !== ''
    const args = lifted ? without(row.arguments, 'alternate-exchange') : row.arguments
    const config: Config = {
      exchangeType: row.type,
      ...(row.durable ? {} : { durable: false }),
      ...(row.auto_delete ? { autoDelete: true } : {}),
      ...(row.internal ? { internal: true } : {}),
      ...this.#host(row),
      ...(lifted ? { alternateExchange: alternate } : {}),
      ...(Object.keys(args).length > 0 ? { arguments: args } : {}),
    }
    // A kind of its own, which no model animates: drawn as kept, and nothing is routed by rules that aren't known.
    this.#add(simulated ? 'amqp.exchange' : pluginKind(row.type), id, row, config)
    if (!simulated) this.#warn('rabbitmq.type', `Exchange “${row.name}” is of the type ${row.type}, which comes from a plug-in: it is kept and drawn, not simulated.`, id)
    else this.#tellArguments('Exchange', row, id)
  }

  #queue(row: QueueRow, byDefault: QueueKind, place: string): void {
    const id = this.#declare('queue', row, place)
    if (id === null) return
    const said = row.arguments['x-queue-type']
    const kind = said === undefined ? this.#kindByDefault(row, byDefault) : kindNamed(said)
    if (kind === null) this.#warn('rabbitmq.queue-type', `Queue “${row.name}” is of the type ${String(said)}, which RabbitMQ 3.10 doesn’t know: it is kept, not simulated.`, id)
    const settings = settingsFrom(row.arguments)
    const config: Config = {
      ...(row.durable ? {} : { durable: false }),
      ...(row.auto_delete ? { autoDelete: true } : {}),
      ...(kind === null || kind === 'classic' ? {} : { queueType: kind }),
      ...this.#host(row),
      ...settings,
      // Said aloud although it is the default: it hides the default of the virtual host.
      ...(said !== undefined && (kind === null || kind === 'classic') ? { arguments: { 'x-queue-type': said, ...(isObject(settings['arguments']) ? (settings['arguments']) : {}) } } : {}),
    }
    this.#add('amqp.queue', id, row, config)
    this.#tellArguments('Queue', row, id)
  }

  /** RabbitMQ passes over a default that the queue can't have: replicated queues are durable and nobody's own. */
  #kindByDefault(row: QueueRow, byDefault: QueueKind): QueueKind {
    return row.durable && !row.auto_delete ? byDefault : 'classic'
  }

  #binding(row: BindingRow, place: string, bound: Set<string>): void {
    // Every queue is bound to the default exchange; exports of some versions list that.
    if (row.source === '') return
    const from = this.#find('exchange', row.vhost, row.source)
    const to = this.#find(row.destination_type, row.vhost, row.destination)
    if (from === null || to === null) {
      const missing = from === null ? `there is no exchange “${row.source}”` : `there is no ${row.destination_type} “${row.destination}”`
      this.problems.push({ code: 'rabbitmq.dangling', severity: 'warning', says: `A binding from “${row.source}” to ${row.destination_type} “${row.destination}” was dropped: ${missing} in the export${this.hosts.length > 1 ? ` in the virtual host ${row.vhost}` : ''}.`, place })
      return
    }
    const args = Object.keys(row.arguments).length > 0 ? { arguments: row.arguments } : {}
    const like = JSON.stringify([from, to, row.routing_key, Object.entries(row.arguments).sort(([a], [b]) => (a < b ? -1 : 1))])
    if (bound.has(like)) {
      this.problems.push({ code: 'rabbitmq.twice', severity: 'warning', says: `A binding from “${row.source}” to “${row.destination}” is there twice: RabbitMQ has it once, and so it was read.`, place })
      return
    }
    bound.add(like)
    this.channels.push({ id: this.#names.free(`${from}-${to}`), type: 'amqp.binding', from, to, config: { ...(row.routing_key === '' ? {} : { routingKey: row.routing_key }), ...args, latency: BINDING_LATENCY } })
  }

  /** The node of an exchange or queue; an exchange that every virtual host has comes to be when it is named. */
  #find(what: string, host: string, name: string): string | null {
    const known = this.#ids.get(`${what} ${host} ${name}`)
    if (known !== undefined) return known
    const type = what === 'exchange' ? predeclared(name) : undefined
    if (type === undefined) return null
    this.#exchange({ name, vhost: host, type, durable: true, auto_delete: false, internal: false, arguments: {} }, '')
    return this.#ids.get(`${what} ${host} ${name}`)!
  }

  /** Takes an id for an object; the second of a name is told and left out, as RabbitMQ does. */
  #declare(what: 'exchange' | 'queue', row: { readonly name: string; readonly vhost: string }, place: string): string | null {
    const key = `${what} ${row.vhost} ${row.name}`
    if (this.#ids.has(key)) {
      this.problems.push({ code: 'rabbitmq.twice', severity: 'warning', says: `There are two ${what}s “${row.name}”: the second was left out.`, place })
      return null
    }
    const id = this.#names.free(row.name)
    this.#ids.set(key, id)
    return id
  }

  #add(type: string, id: string, row: { readonly name: string; readonly vhost: string }, config: Config): void {
    const several = this.hosts.length > 1
    // Names of different virtual hosts never meet in the broker, but they do on the canvas.
    const label = several ? `${row.name} (${row.vhost})` : row.name
    this.nodes.push({ id, type, label, at: NOWHERE, within: this.#broker, config: several ? { name: row.name, ...config } : config })
  }

  #host(row: { readonly vhost: string }): Config {
    return row.vhost === '/' ? {} : { virtualHost: row.vhost }
  }

  #tellArguments(what: string, row: { readonly name: string; readonly arguments: Config }, id: string): void {
    const names = unsimulated(row.arguments)
    if (names.length > 0) this.#warn('rabbitmq.arguments', `${what} “${row.name}”: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} kept, without effect in the simulation.`, id)
  }

  /** Dead letters and leftovers to an exchange that isn't there are lost in the broker without a word; here with one. */
  #lostLetters(): void {
    for (const node of this.nodes) {
      const host = String(node.config['virtualHost'] ?? '/')
      for (const [field, what] of [['deadLetterExchange', 'dead letters'], ['alternateExchange', 'what it can’t route']] as const) {
        const name = node.config[field]
        if (typeof name !== 'string' || name === '(default)' || this.#ids.has(`exchange ${host} ${name}`) || predeclared(name) !== undefined) continue
        this.#warn('rabbitmq.lost', `“${node.label}” sends ${what} to the exchange “${name}”, which is not in the export: they are lost, as in the broker.`, node.id)
      }
    }
  }

  #warn(code: string, says: string, part: string): void {
    this.problems.push({ code, severity: 'warning', says, part })
  }
}

/** Newer versions write the default of a virtual host beside its name, or among its metadata; "undefined" is none. */
function defaultKind(host: Config): QueueKind {
  const metadata = host['metadata']
  const said = host['default_queue_type'] ?? (isObject(metadata) ? metadata['default_queue_type'] : undefined)
  return kindNamed(said) ?? 'classic'
}

/** A kind by its name, or by the name of the module that makes it. */
function kindNamed(said: unknown): QueueKind | null {
  const name = String(said).replace(/^rabbit_(\w+)_queue$/, '$1')
  return name === 'classic' || name === 'quorum' || name === 'stream' ? name : null
}

function without(args: Config, name: string): Config {
  return Object.fromEntries(Object.entries(args).filter(([one]) => one !== name))
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
