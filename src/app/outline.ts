import type { NodeFigures } from './figures.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { Channel, NodeId, Topology, TopologyNode } from '../topology/document.ts'

/** One line of the outline: a node, or a channel below the node that it leaves. */
export type OutlineRow = { readonly key: string; readonly depth: number; /** False or true for what has lines below it. */ readonly open?: boolean } & ({ readonly part: 'node'; readonly node: TopologyNode; readonly kind: string } | { readonly part: 'channel'; readonly channel: Channel; readonly kind: string; readonly to: string; readonly label: string })

/**
 * Messages a second into a node and out of it. An application that works on what stays with its sender until it is settled never holds a copy: what it
 * counts itself says what the ledger can't.
 */
export function flowOf({ inRate, outRate, probes }: NodeFigures): { readonly in: number; readonly out: number } {
  const counted = (id: string): number => (probes[id]?.kind === 'counter' ? probes[id].rate : 0)
  return { in: Math.max(inRate, counted('received')), out: Math.max(outRate, counted('processed'), counted('sent')) }
}

/** The topology as a tree: containers with what lives in them, each node with the channels that leave it. Closed ones keep theirs to themselves. */
export function outlineTree(catalogue: Catalogue, topology: Topology, closed: ReadonlySet<NodeId>): readonly OutlineRow[] {
  const labels = new Map(topology.nodes.map(node => [node.id, node.label]))
  const below = new Map<NodeId | undefined, TopologyNode[]>()
  for (const node of topology.nodes) {
    const home = node.within !== undefined && labels.has(node.within) ? node.within : undefined
    below.set(home, [...(below.get(home) ?? []), node])
  }
  const leaving = new Map<NodeId, Channel[]>()
  for (const channel of topology.channels) leaving.set(channel.from, [...(leaving.get(channel.from) ?? []), channel])
  const rows: OutlineRow[] = []
  const visit = (node: TopologyNode, depth: number): void => {
    const inside = below.get(node.id) ?? []
    const channels = leaving.get(node.id) ?? []
    const has = inside.length + channels.length > 0
    rows.push({ key: node.id, depth, part: 'node', node, kind: catalogue.node(node.type)?.title ?? node.type, ...(has ? { open: !closed.has(node.id) } : {}) })
    if (closed.has(node.id)) return
    for (const one of inside) visit(one, depth + 1)
    for (const channel of channels) rows.push({ key: `channel ${channel.id}`, depth: depth + 1, part: 'channel', channel, kind: catalogue.channel(channel.type)?.title ?? channel.type, to: labels.get(channel.to) ?? channel.to, label: labelOf(catalogue, channel) })
  }
  for (const node of below.get(undefined) ?? []) visit(node, 0)
  return rows
}

/** Every node on a line of its own, in the order of the document: a table to be sorted. */
export function outlineTable(catalogue: Catalogue, topology: Topology): readonly (OutlineRow & { readonly part: 'node' })[] {
  return topology.nodes.map(node => ({ key: node.id, depth: 0, part: 'node', node, kind: catalogue.node(node.type)?.title ?? node.type }))
}

/** What stands on a channel: the key of a binding. */
function labelOf(catalogue: Catalogue, channel: Channel): string {
  const field = catalogue.channel(channel.type)?.label
  const value = field === undefined ? '' : channel.config[field]
  return typeof value === 'string' ? value : ''
}
