import type { Catalogue, NodeForm } from '../contract/manifest.ts'
import type { NodeId, Point, Size, Topology, TopologyNode } from '../topology/document.ts'

/** How a node is drawn: as its manifest says, or as a placeholder for a kind that this version does not know. */
export type DrawnForm = NodeForm | 'unknown'

/** Every form but containers and notes has one size, so edges and layouts never wait for the browser to measure. */
export const NODE_SIZES: Readonly<Record<DrawnForm, Size>> = {
  card: { width: 160, height: 76 },
  hexagon: { width: 140, height: 76 },
  tube: { width: 220, height: 76 },
  container: { width: 420, height: 300 },
  comment: { width: 220, height: 90 },
  group: { width: 420, height: 300 },
  unknown: { width: 160, height: 76 },
}

/** Forms whose nodes have a size each. */
const OWN_SIZE: readonly DrawnForm[] = ['container', 'unknown', 'comment', 'group']

/** Nodes stand on this grid, in flow pixels. */
export const SNAP = 10
/** How far the tip of a hexagon reaches in from its left and right edge. */
export const HEXAGON_TIP = 22

/** A rectangle on the canvas, in flow coordinates. */
export interface Box extends Point, Size {}

export function formOf(catalogue: Catalogue, node: TopologyNode): DrawnForm {
  return catalogue.node(node.type)?.form ?? 'unknown'
}

export function sizeOf(catalogue: Catalogue, node: TopologyNode): Size {
  const form = formOf(catalogue, node)
  return OWN_SIZE.includes(form) ? (node.size ?? NODE_SIZES[form]) : NODE_SIZES[form]
}

/** Where every node stands on the canvas: containers' corners added up. */
export function boxesOf(catalogue: Catalogue, topology: Topology): ReadonlyMap<NodeId, Box> {
  const nodes = new Map(topology.nodes.map(node => [node.id, node]))
  const boxes = new Map<NodeId, Box>()
  for (const node of topology.nodes) {
    const corner = cornerOf(nodes, node)
    boxes.set(node.id, { ...corner, ...sizeOf(catalogue, node) })
  }
  return boxes
}

export function snapped(point: Point): Point {
  return { x: Math.round(point.x / SNAP) * SNAP, y: Math.round(point.y / SNAP) * SNAP }
}

export function centreOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function cornerOf(nodes: ReadonlyMap<NodeId, TopologyNode>, node: TopologyNode): Point {
  let { x, y } = node.at
  let parent = node.within === undefined ? undefined : nodes.get(node.within)
  // A document may be damaged: a ring of containers must not hang the page.
  for (let depth = 0; parent && depth < 16; depth++) {
    x += parent.at.x
    y += parent.at.y
    parent = parent.within === undefined ? undefined : nodes.get(parent.within)
  }
  return { x, y }
}
