import { parseConfig } from '../contract/fields.ts'
import type { Catalogue, NodeManifest } from '../contract/manifest.ts'
import type { Channel, ChannelId, Config, ConfigValue, NodeId, Topology, TopologyNode } from '../topology/document.ts'

/** A topology as the rules look at it: parts by id, channels by their ends, settings with their defaults filled in. */
export class View {
  readonly topology: Topology
  readonly catalogue: Catalogue
  readonly #nodes: ReadonlyMap<NodeId, TopologyNode>
  readonly #leaving = new Map<NodeId, Channel[]>()
  readonly #entering = new Map<NodeId, Channel[]>()
  readonly #configs = new Map<string, Config>()

  constructor(catalogue: Catalogue, topology: Topology) {
    this.catalogue = catalogue
    this.topology = topology
    this.#nodes = new Map(topology.nodes.map(node => [node.id, node]))
    for (const channel of topology.channels) {
      push(this.#leaving, channel.from, channel)
      push(this.#entering, channel.to, channel)
    }
  }

  node(id: NodeId): TopologyNode | undefined {
    return this.#nodes.get(id)
  }
  label(id: NodeId): string {
    return `“${this.#nodes.get(id)?.label ?? id}”`
  }
  kind(id: NodeId): NodeManifest | undefined {
    return this.catalogue.node(this.#nodes.get(id)?.type ?? '')
  }
  of(type: string): readonly TopologyNode[] {
    return this.topology.nodes.filter(node => node.type === type)
  }
  /** Channels from a node, of one kind or of any. */
  leaving(id: NodeId, type?: string): readonly Channel[] {
    return (this.#leaving.get(id) ?? []).filter(channel => type === undefined || channel.type === type)
  }
  entering(id: NodeId, type?: string): readonly Channel[] {
    return (this.#entering.get(id) ?? []).filter(channel => type === undefined || channel.type === type)
  }

  /** A setting of a node or channel; its default when the document has none, or one that isn't valid. */
  value(part: TopologyNode | Channel, field: string): ConfigValue | undefined {
    const known = this.#configs.get(part.id)
    if (known) return known[field]
    const fields = (this.catalogue.node(part.type) ?? this.catalogue.channel(part.type))?.fields ?? []
    const { config } = parseConfig(fields, part.config, part.id)
    this.#configs.set(part.id, config)
    return config[field]
  }
  number(part: TopologyNode | Channel, field: string): number {
    const value = this.value(part, field)
    return typeof value === 'number' ? value : 0
  }
  text(part: TopologyNode | Channel, field: string): string {
    const value = this.value(part, field)
    return typeof value === 'string' ? value : ''
  }
  /** What clients call an exchange or a queue. */
  name(node: TopologyNode): string {
    return this.text(node, 'name') || node.label
  }

  /** Nodes and channels with ids that nothing has yet. */
  freeId(stem: string): string {
    const taken = (id: string): boolean => this.#nodes.has(id) || this.topology.channels.some(channel => channel.id === id)
    let id = stem
    for (let n = 2; taken(id); n += 1) id = `${stem}-${n}`
    return id
  }
}

function push(map: Map<NodeId, Channel[]>, key: ChannelId, channel: Channel): void {
  const list = map.get(key)
  if (list) list.push(channel)
  else map.set(key, [channel])
}
