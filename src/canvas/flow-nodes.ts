import type { Catalogue } from '../contract/manifest.ts'
import { isNote } from '../contract/notes.ts'
import type { NodeId, Topology, TopologyNode } from '../topology/document.ts'
import { formOf, sizeOf, type DrawnForm } from '../app/node-sizes.ts'
import type { PartFlowNode } from './part-flow-node.ts'

/** Groups lie under containers, these under the channels, channels under the messages, messages under the nodes. */
const DEPTH: Partial<Record<DrawnForm, number>> = { group: -4, container: -3 }

interface Entry {
  readonly node: TopologyNode
  readonly keeps: string
  readonly selected: boolean
  readonly flow: PartFlowNode
}

/**
 * The document's nodes as React Flow takes them: with sizes, so that it never measures; containers before what lives in them.
 * A node that did not change keeps its object, so that only what changed is drawn again.
 */
export class FlowNodes {
  readonly #catalogue: Catalogue
  #cache = new Map<NodeId, Entry>()
  #last: { readonly topology: Topology; readonly selection: readonly NodeId[]; readonly flows: PartFlowNode[] } | null = null

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  of(topology: Topology, selection: readonly NodeId[]): PartFlowNode[] {
    if (this.#last?.topology === topology && this.#last.selection === selection) return this.#last.flows
    const chosen = new Set(selection)
    const keeps = keptChannels(this.#catalogue, topology)
    const known = new Set(topology.nodes.map(node => node.id))
    const cache = new Map<NodeId, Entry>()
    const flows = inOrder(topology.nodes).map(node => {
      const own = keeps.get(node.id) ?? NONE
      const key = own.join(' ')
      const selected = chosen.has(node.id)
      const before = this.#cache.get(node.id)
      const entry = before && before.node === node && before.keeps === key && before.selected === selected ? before : { node, keeps: key, selected, flow: this.#flow(node, own, selected, known) }
      cache.set(node.id, entry)
      return entry.flow
    })
    this.#cache = cache
    this.#last = { topology, selection, flows }
    return flows
  }

  #flow(node: TopologyNode, keeps: readonly string[], selected: boolean, known: ReadonlySet<NodeId>): PartFlowNode {
    const size = sizeOf(this.#catalogue, node)
    return {
      id: node.id,
      type: isNote(node.type) ? 'note' : 'part',
      position: node.at,
      ...size,
      measured: size,
      selected,
      zIndex: DEPTH[formOf(this.#catalogue, node)] ?? 0,
      ...(node.within !== undefined && known.has(node.within) ? { parentId: node.within } : {}),
      data: { node, manifest: this.#catalogue.node(node.type), family: this.#catalogue.familyOf(node.type), keeps },
      // The name and role stand on the face inside, where the figures are.
      domAttributes: { 'aria-roledescription': undefined },
    }
  }
}

/** Parents first, whatever the order of the document. */
function inOrder(nodes: readonly TopologyNode[]): readonly TopologyNode[] {
  const parents = new Map(nodes.map(node => [node.id, node.within]))
  const depth = (id: NodeId): number => {
    let deep = 0
    for (let at = parents.get(id); at !== undefined && deep < 16; at = parents.get(at)) deep++
    return deep
  }
  return nodes.map(node => ({ node, deep: depth(node.id) })).sort((a, b) => a.deep - b.deep).map(one => one.node)
}

/** Which channels an application keeps connected: all of its own, but among applications only those it started. */
function keptChannels(catalogue: Catalogue, topology: Topology): ReadonlyMap<NodeId, readonly string[]> {
  const cards = new Set(topology.nodes.filter(node => formOf(catalogue, node) === 'card').map(node => node.id))
  const keeps = new Map<NodeId, string[]>()
  const keep = (node: NodeId, channel: string) => keeps.set(node, [...(keeps.get(node) ?? []), channel])
  for (const channel of topology.channels) {
    if (cards.has(channel.from)) keep(channel.from, channel.id)
    if (cards.has(channel.to) && !cards.has(channel.from)) keep(channel.to, channel.id)
  }
  return keeps
}

const NONE: readonly string[] = []
