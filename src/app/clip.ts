import type { Catalogue } from '../contract/manifest.ts'
import type { Channel, NodeId, Point, Topology, TopologyNode } from '../topology/document.ts'
import type { Edit, Place } from '../topology/edit.ts'
import type { Selection } from './app.ts'
import { CONTAINER_HEAD, CONTAINER_PADDING, NEW_CONTAINER } from './containers.ts'
import { freeId, grownSize } from './node-placing.ts'
import { boxesOf, overlaps, sizeOf, snapped, type Box } from './node-sizes.ts'

/** A part of a topology on its way to another place, tab or window. Nodes whose container is not part of it stand where they did on the canvas. */
export interface Clip {
  readonly nodes: readonly TopologyNode[]
  /** Those between two of the nodes. */
  readonly channels: readonly Channel[]
}

export interface PastePlan {
  readonly edits: readonly Edit[]
  /** The new nodes that were chosen when they were copied: what is selected afterwards. */
  readonly tops: readonly NodeId[]
}

/** The selected nodes, everything in selected containers, and the channels among them. */
export function clipOf(catalogue: Catalogue, topology: Topology, selection: Selection): Clip {
  const chosen = new Set(selection.nodes)
  for (let size = -1; size !== chosen.size; ) {
    size = chosen.size
    for (const node of topology.nodes) if (node.within !== undefined && chosen.has(node.within)) chosen.add(node.id)
  }
  const boxes = boxesOf(catalogue, topology)
  const nodes = topology.nodes
    .filter(node => chosen.has(node.id))
    .map(node => {
      if (node.within === undefined || chosen.has(node.within)) return node
      const { x, y } = boxes.get(node.id)!
      return { ...node, at: { x, y } }
    })
  return { nodes, channels: topology.channels.filter(channel => chosen.has(channel.from) && chosen.has(channel.to)) }
}

/** What a clip covers on the canvas, in the coordinates it was copied at. */
export function extentOf(catalogue: Catalogue, clip: Clip): Box {
  const corners = topsOf(clip).map(node => ({ ...node.at, ...sizeOf(catalogue, node) }))
  const x = Math.min(...corners.map(box => box.x))
  const y = Math.min(...corners.map(box => box.y))
  return { x, y, width: Math.max(...corners.map(box => box.x + box.width)) - x, height: Math.max(...corners.map(box => box.y + box.height)) - y }
}

/**
 * Puts a clip into a topology, moved by `by`, with ids and names of its own. What lives in a container goes into the one it came from, `home`, or any of
 * the kind that it needs; where there is none, one is made.
 */
export function planPaste(catalogue: Catalogue, topology: Topology, clip: Clip, options: { readonly by: Point; readonly home?: NodeId | undefined }): PastePlan {
  const names = new FreshNames(topology)
  const ids = new Map(clip.nodes.map(node => [node.id, names.id(node.type)]))
  const boxes = boxesOf(catalogue, topology)
  const made = new Map<string, TopologyNode>()
  /** Containers that get something, each with the way from where that would stand to a place inside. */
  const homes = new Map<NodeId, Point>()
  const extent = extentOf(catalogue, clip)
  const moved = (node: TopologyNode): TopologyNode => {
    const { within, ...rest } = node
    const inside = within === undefined ? undefined : ids.get(within)
    const fresh = { ...rest, id: ids.get(node.id)!, label: names.label(node.label) }
    if (inside !== undefined) return { ...fresh, within: inside }
    const at = snapped({ x: node.at.x + options.by.x, y: node.at.y + options.by.y })
    const kind = catalogue.node(node.type)?.within
    if (kind === undefined) return { ...fresh, at }
    const home = homeOf(topology, kind, [options.home, within])
    if (!home) {
      const container = made.get(kind) ?? newContainer(catalogue, kind, names, at)
      made.set(kind, container)
      return { ...fresh, at: inFrame(at, container.at), within: container.id }
    }
    if (!homes.has(home.id)) homes.set(home.id, wayInto(catalogue, topology, boxes.get(home.id)!, { ...extent, x: extent.x + options.by.x, y: extent.y + options.by.y }, home.id))
    const way = homes.get(home.id)!
    return { ...fresh, at: inFrame({ x: at.x + way.x, y: at.y + way.y }, boxes.get(home.id)!), within: home.id }
  }
  const pasted = named(topology, clip.nodes.map(moved))
  const containers = [...made.values()].map(container => ({ ...container, size: grownSize(catalogue, container, pasted.filter(node => node.within === container.id)) }))
  const channels = clip.channels.map(channel => {
    const [from, to] = [ids.get(channel.from)!, ids.get(channel.to)!]
    return { ...channel, id: names.channel(from, to), from, to }
  })
  const growth = [...homes.keys()].map((id): Place => {
    const home = topology.nodes.find(node => node.id === id)!
    const members = [...topology.nodes, ...pasted].filter(node => node.within === id)
    return { id, at: home.at, within: home.within, size: grownSize(catalogue, home, members) }
  })
  const edits: Edit[] = [{ edit: 'add-nodes', nodes: [...containers, ...pasted] }]
  if (channels.length > 0) edits.push({ edit: 'add-channels', channels })
  if (growth.length > 0) edits.push({ edit: 'place', places: growth })
  return { edits, tops: topsOf(clip).map(node => ids.get(node.id)!) }
}

/** Names that a product would take for the same part again are counted on, as labels are: a pasted queue is a queue of its own. */
function named(topology: Topology, pasted: readonly TopologyNode[]): readonly TopologyNode[] {
  const nameOf = (node: TopologyNode): string => (typeof node.config['name'] === 'string' && node.config['name'] !== '' ? node.config['name'] : node.label)
  const key = (node: TopologyNode, name: string): string => JSON.stringify([node.type, node.within, node.config['virtualHost'] ?? '/', name])
  const taken = new Set(topology.nodes.map(node => key(node, nameOf(node))))
  return pasted.map(node => {
    if (typeof node.config['name'] !== 'string' || node.config['name'] === '') return node
    const name = counted(node.config['name'], '-', one => taken.has(key(node, one)))
    taken.add(key(node, name))
    return name === node.config['name'] ? node : { ...node, config: { ...node.config, name } }
  })
}

/** A wish, or what follows it: "worker 2" is followed by "worker 3". */
function counted(wish: string, between: string, taken: (name: string) => boolean): string {
  const [, stem, number] = new RegExp(`^(.*?)(?:${between}(\\d{1,6}))?$`, 's').exec(wish)!
  let name = wish
  for (let n = Number(number ?? 1) + 1; taken(name); n += 1) name = `${stem}${between}${n}`
  return name
}

function topsOf(clip: Clip): readonly TopologyNode[] {
  const there = new Set(clip.nodes.map(node => node.id))
  return clip.nodes.filter(node => node.within === undefined || !there.has(node.within))
}

/** The first of the wished containers that is there and of the right kind, itself or around what is wished; else any of that kind. */
function homeOf(topology: Topology, kind: string, wishes: readonly (NodeId | undefined)[]): TopologyNode | undefined {
  for (const wish of wishes) {
    const node = topology.nodes.find(one => one.id === wish)
    const home = node?.type === kind ? node : topology.nodes.find(one => one.id === node?.within && one.type === kind)
    if (home) return home
  }
  return topology.nodes.find(node => node.type === kind)
}

function newContainer(catalogue: Catalogue, kind: string, names: FreshNames, first: Point): TopologyNode {
  return { id: names.id(kind), type: kind, label: names.label(catalogue.node(kind)?.title ?? kind), at: { x: first.x - CONTAINER_PADDING, y: first.y - CONTAINER_HEAD }, size: NEW_CONTAINER, config: {} }
}

/** What would stand away from its container goes below what is in there. */
function wayInto(catalogue: Catalogue, topology: Topology, frame: Box, extent: Box, home: NodeId): Point {
  if (overlaps(frame, extent)) return { x: 0, y: 0 }
  const bottoms = topology.nodes.filter(node => node.within === home).map(node => node.at.y + sizeOf(catalogue, node).height + 20)
  return { x: frame.x + CONTAINER_PADDING - extent.x, y: frame.y + Math.max(CONTAINER_HEAD, ...bottoms) - extent.y }
}

/** A point of the canvas as a place in a container, inside its padding. */
function inFrame(at: Point, frame: Point): Point {
  return snapped({ x: Math.max(CONTAINER_PADDING, at.x - frame.x), y: Math.max(CONTAINER_HEAD, at.y - frame.y) })
}

/** Ids and labels that neither the topology nor what was named before has. */
class FreshNames {
  readonly #topology: Topology
  readonly #ids = new Set<string>()
  readonly #labels: Set<string>

  constructor(topology: Topology) {
    this.#topology = topology
    this.#labels = new Set(topology.nodes.map(node => node.label))
  }

  id(type: string): NodeId {
    const id = freeId(this.#topology, type, this.#ids)
    this.#ids.add(id)
    return id
  }

  channel(from: NodeId, to: NodeId): string {
    const stem = `${from}-${to}`
    let id = stem
    for (let n = 2; this.#ids.has(id) || this.#topology.channels.some(channel => channel.id === id); n += 1) id = `${stem}-${n}`
    this.#ids.add(id)
    return id
  }

  label(wish: string): string {
    const label = counted(wish, ' ', one => this.#labels.has(one))
    this.#labels.add(label)
    return label
  }
}
