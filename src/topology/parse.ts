import { FORMAT, SEED_MAX, type Channel, type Config, type ConfigValue, type Topology, type TopologyNode, type Viewport } from './document.ts'
import type { Outcome, Problem } from './problem.ts'

/** Limits of what a document may hold, so that a bad file can't stop the page. */
export const NODES_MAX = 5000
export const CHANNELS_MAX = 10_000
const TEXT_MAX = 65_536
const DEPTH_MAX = 12

type Json = unknown

class Refusal extends Error {
  readonly place: string
  constructor(place: string, says: string) {
    super(says)
    this.place = place
  }
}

/** Reads a topology from parsed JSON. Unknown kinds and unknown config fields pass through untouched; a broken shape is refused with its place. */
export function parseTopology(json: Json): Outcome<Topology> {
  try {
    return { ok: true, value: readTopology(json), problems: [] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const problem: Problem = { code: 'topology.invalid', severity: 'error', says: error.message, place: error.place }
    return { ok: false, problems: [problem] }
  }
}

function readTopology(json: Json): Topology {
  const top = record(json, 'the file')
  const format = top['format']
  if (typeof format === 'number' && format > FORMAT) throw new Refusal('format', `This topology was made by a newer version (format ${format}): open it there, or update this one.`)
  if (format !== FORMAT) throw new Refusal('format', 'This is not a Relayground topology: it has no "format": 1.')
  const nodes = list(top['nodes'], 'nodes', NODES_MAX).map((node, index) => readNode(node, `nodes[${index}]`))
  const channels = list(top['channels'], 'channels', CHANNELS_MAX).map((channel, index) => readChannel(channel, `channels[${index}]`))
  unique(nodes, 'nodes')
  unique(channels, 'channels')
  const ids = new Set(nodes.map(node => node.id))
  nodes.forEach((node, index) => {
    if (node.within !== undefined && (!ids.has(node.within) || node.within === node.id)) throw new Refusal(`nodes[${index}].within`, `"${node.label}" stands in "${node.within}", which is not among the nodes.`)
  })
  channels.forEach((channel, index) => {
    for (const end of ['from', 'to'] as const) if (!ids.has(channel[end])) throw new Refusal(`channels[${index}].${end}`, `The channel "${channel.id}" ends at "${channel[end]}", which is not among the nodes.`)
  })
  const viewport = top['viewport'] === undefined ? undefined : readViewport(top['viewport'])
  return { format: FORMAT, title: text(top['title'] ?? 'Untitled topology', 'title'), seed: seedOf(top['seed'] ?? 42), nodes, channels, ...(viewport ? { viewport } : {}) }
}

function readNode(json: Json, place: string): TopologyNode {
  const node = record(json, place)
  const size = node['size'] === undefined ? undefined : record(node['size'], `${place}.size`)
  const at = record(node['at'], `${place}.at`)
  return {
    id: id(node['id'], `${place}.id`),
    type: id(node['type'], `${place}.type`),
    label: text(node['label'] ?? node['id'], `${place}.label`),
    at: { x: number(at['x'], `${place}.at.x`), y: number(at['y'], `${place}.at.y`) },
    ...(size ? { size: { width: number(size['width'], `${place}.size.width`), height: number(size['height'], `${place}.size.height`) } } : {}),
    ...(node['within'] === undefined ? {} : { within: id(node['within'], `${place}.within`) }),
    config: config(node['config'] ?? {}, `${place}.config`),
  }
}

function readChannel(json: Json, place: string): Channel {
  const channel = record(json, place)
  return {
    id: id(channel['id'], `${place}.id`),
    type: id(channel['type'], `${place}.type`),
    from: id(channel['from'], `${place}.from`),
    to: id(channel['to'], `${place}.to`),
    config: config(channel['config'] ?? {}, `${place}.config`),
  }
}

function readViewport(json: Json): Viewport {
  const view = record(json, 'viewport')
  const zoom = number(view['zoom'], 'viewport.zoom')
  if (!(zoom > 0)) throw new Refusal('viewport.zoom', 'The zoom must be above 0.')
  return { x: number(view['x'], 'viewport.x'), y: number(view['y'], 'viewport.y'), zoom }
}

function record(json: Json, place: string): Record<string, Json> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Refusal(place, `Expected an object at ${place}; got ${kind(json)}.`)
  return json as Record<string, Json> // an object that is no array: checked just above
}

function list(json: Json, place: string, most: number): readonly Json[] {
  if (!Array.isArray(json)) throw new Refusal(place, `Expected a list at ${place}; got ${kind(json)}.`)
  if (json.length > most) throw new Refusal(place, `There are ${json.length} ${place}; at most ${most} are allowed.`)
  return json
}

function text(json: Json, place: string): string {
  if (typeof json !== 'string') throw new Refusal(place, `Expected a text at ${place}; got ${kind(json)}.`)
  if (json.length > TEXT_MAX) throw new Refusal(place, `The text at ${place} is longer than ${TEXT_MAX} characters.`)
  return json
}

function id(json: Json, place: string): string {
  const value = text(json, place)
  if (value === '' || value.length > 256) throw new Refusal(place, `The name at ${place} must have 1 to 256 characters.`)
  return value
}

function number(json: Json, place: string): number {
  if (typeof json !== 'number' || !Number.isFinite(json)) throw new Refusal(place, `Expected a number at ${place}; got ${kind(json)}.`)
  return json
}

function seedOf(json: Json): number {
  const seed = number(json, 'seed')
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) throw new Refusal('seed', `The seed must be a whole number from 0 to ${SEED_MAX}; got ${seed}.`)
  return seed
}

function config(json: Json, place: string): Config {
  const value = configValue(record(json, place), place, 0)
  return value as Config // the value of an object is an object
}

function configValue(json: Json, place: string, depth: number): ConfigValue {
  if (depth > DEPTH_MAX) throw new Refusal(place, `The config at ${place} is nested deeper than ${DEPTH_MAX} levels.`)
  if (json === null || typeof json === 'boolean') return json
  if (typeof json === 'number') return number(json, place)
  if (typeof json === 'string') return text(json, place)
  if (Array.isArray(json)) return json.map((item, index) => configValue(item, `${place}[${index}]`, depth + 1))
  const fields = record(json, place)
  const result: Record<string, ConfigValue> = {}
  // A field named like this would reach the prototype of every object.
  for (const [name, value] of Object.entries(fields)) if (name !== '__proto__') result[name] = configValue(value, `${place}.${name}`, depth + 1)
  return result
}

function unique(items: readonly { readonly id: string }[], place: string): void {
  const seen = new Set<string>()
  items.forEach((item, index) => {
    if (seen.has(item.id)) throw new Refusal(`${place}[${index}].id`, `Two ${place} are called "${item.id}"; names must be unique.`)
    seen.add(item.id)
  })
}

function kind(json: Json): string {
  if (json === undefined) return 'nothing'
  if (json === null) return 'null'
  return Array.isArray(json) ? 'a list' : `a ${typeof json}`
}
