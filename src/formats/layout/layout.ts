import { Graph, layout } from '@dagrejs/dagre'
import type { NodeId, Point, Size, Topology, TopologyNode } from '../../topology/document.ts'
import { bothSides, type Places } from './both-sides.ts'

const PADDING = 28
const HEAD = 56
const GAP_ACROSS = 110
const GAP_DOWN = 28

/** What a topology is fitted into: the canvas of an ordinary screen beside its panels. */
const SCREEN: Size = { width: 900, height: 560 }
/** Below this, names are hard to read, and another shape may be larger. */
const LEGIBLE = 0.45
/** Layers take seconds for more nodes than this, and would not be legible. */
const LAYERED_MAX = 200

/**
 * Places every node from left to right along its channels; where that becomes so tall or wide that nobody could read it when fitted to the screen, to
 * both sides of the exchanges, if that is larger. Nothing overlaps. Positions of members are relative to their container.
 */
export function layoutTopology(topology: Topology, sizeOf: (node: TopologyNode) => Size): Topology {
  const many = topology.nodes.length > LAYERED_MAX ? bothSides(topology, sizeOf) : null
  if (many) return placed(topology, many)
  const along = placed(topology, leftToRight(topology, sizeOf))
  const zoom = fitted(along, sizeOf)
  if (zoom >= LEGIBLE) return along
  const sides = bothSides(topology, sizeOf)
  if (!sides) return along
  const other = placed(topology, sides)
  return fitted(other, sizeOf) > zoom ? other : along
}

function placed(topology: Topology, { points, sizes }: Places): Topology {
  const { viewport: _viewport, ...rest } = topology
  return {
    ...rest,
    nodes: topology.nodes.map(node => {
      const size = sizes.get(node.id)
      return { ...node, at: points.get(node.id) ?? node.at, ...(size ? { size } : {}) }
    }),
  }
}

/** How large it appears when all of it is shown; 1 is life size. */
function fitted(topology: Topology, sizeOf: (node: TopologyNode) => Size): number {
  const top = topology.nodes.filter(node => node.within === undefined)
  const extent = (low: (node: TopologyNode) => number, high: (node: TopologyNode) => number): number => Math.max(...top.map(high)) - Math.min(...top.map(low))
  const containers = new Set(topology.nodes.map(node => node.within))
  const size = (node: TopologyNode): Size => (containers.has(node.id) ? node.size! : sizeOf(node))
  const width = extent(node => node.at.x, node => node.at.x + size(node).width)
  const height = extent(node => node.at.y, node => node.at.y + size(node).height)
  return Math.min(SCREEN.width / width, SCREEN.height / height)
}

/** First the members of each container, then containers and the rest around them, and each column in the order of what it is joined to. */
function leftToRight(topology: Topology, sizeOf: (node: TopologyNode) => Size): Places {
  const containers = new Set(topology.nodes.map(node => node.within).filter(id => id !== undefined))
  const inner = new Map<NodeId, Point>()
  const sizes = new Map<NodeId, Size>()
  for (const container of containers) {
    const members = topology.nodes.filter(node => node.within === container)
    const own = new Set(members.map(member => member.id))
    const arranged = arrange(members, pairs(topology, id => (own.has(id) ? id : undefined)), sizeOf)
    for (const [id, point] of arranged.points) inner.set(id, { x: point.x + PADDING, y: point.y + HEAD })
    sizes.set(container, { width: Math.max(300, arranged.size.width + 2 * PADDING), height: arranged.size.height + HEAD + PADDING })
  }
  const parentOf = new Map(topology.nodes.map(node => [node.id, node.within]))
  const top = topology.nodes.filter(node => node.within === undefined)
  const outerSize = (node: TopologyNode): Size => sizes.get(node.id) ?? sizeOf(node)
  const outer = arrange(top, pairs(topology, id => parentOf.get(id) ?? id), outerSize)
  const points = new Map([...inner, ...outer.points])
  settleColumns(topology, points, containers, outerSize)
  return { points, sizes }
}

/** Channels between two different things, each thing named by `nameOf`. */
function pairs(topology: Topology, nameOf: (id: NodeId) => NodeId | undefined): readonly (readonly [NodeId, NodeId])[] {
  return topology.channels.flatMap(channel => {
    const from = nameOf(channel.from)
    const to = nameOf(channel.to)
    return from === undefined || to === undefined || from === to ? [] : [[from, to] as const]
  })
}

function arrange(nodes: readonly TopologyNode[], edges: readonly (readonly [NodeId, NodeId])[], sizeOf: (node: TopologyNode) => Size): { points: Map<NodeId, Point>; size: Size } {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: GAP_ACROSS, nodesep: GAP_DOWN, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of nodes) graph.setNode(node.id, { ...sizeOf(node) })
  for (const [from, to] of edges) graph.setEdge(from, to)
  layout(graph)
  const points = new Map<NodeId, Point>()
  let width = 0
  let height = 0
  let left = Infinity
  let up = Infinity
  for (const node of nodes) {
    const size = sizeOf(node)
    const middle = graph.node(node.id) as { x: number; y: number }
    points.set(node.id, { x: middle.x - size.width / 2, y: middle.y - size.height / 2 })
    left = Math.min(left, middle.x - size.width / 2)
    up = Math.min(up, middle.y - size.height / 2)
  }
  for (const node of nodes) {
    const size = sizeOf(node)
    const point = points.get(node.id)!
    const snapped = { x: Math.round((point.x - left) / 10) * 10, y: Math.round(point.y - up) }
    points.set(node.id, snapped)
    width = Math.max(width, snapped.x + size.width)
    height = Math.max(height, snapped.y + size.height)
  }
  return { points, size: { width, height } }
}

/** Each column of single nodes follows what its nodes are joined to: a consumer stands beside its queue, where there is room. */
function settleColumns(topology: Topology, points: Map<NodeId, Point>, containers: ReadonlySet<NodeId>, sizeOf: (node: TopologyNode) => Size): void {
  const byId = new Map(topology.nodes.map(node => [node.id, node]))
  const absoluteMiddle = (id: NodeId): number => {
    const node = byId.get(id)!
    const own = points.get(id)!.y + sizeOf(node).height / 2
    return node.within === undefined ? own : own + points.get(node.within)!.y
  }
  const columns = new Map<number, TopologyNode[]>()
  for (const node of topology.nodes) {
    if (node.within !== undefined || containers.has(node.id)) continue
    const { x } = points.get(node.id)!
    columns.set(x, [...(columns.get(x) ?? []), node])
  }
  for (const column of columns.values()) {
    const wish = new Map(
      column.map(node => {
        const others = topology.channels.flatMap(channel => (channel.from === node.id ? [channel.to] : channel.to === node.id ? [channel.from] : []))
        const middle = others.length === 0 ? absoluteMiddle(node.id) : others.reduce((sum, other) => sum + absoluteMiddle(other), 0) / others.length
        return [node.id, middle - sizeOf(node).height / 2] as const
      }),
    )
    column.sort((a, b) => wish.get(a.id)! - wish.get(b.id)! || (a.id < b.id ? -1 : 1))
    let free = -Infinity
    for (const node of column) {
      const y = Math.max(free, wish.get(node.id)!)
      points.set(node.id, { x: points.get(node.id)!.x, y: Math.round(y) })
      free = y + sizeOf(node).height + GAP_DOWN
    }
  }
}
