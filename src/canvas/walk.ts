import type { ChannelId, NodeId, Point, Topology } from '../topology/document.ts'
import { centreOf, type Box } from '../app/node-sizes.ts'

/** The keyboard's way through a topology: along its channels where one leads that way, else to whatever is nearest there. */
export type Direction = 'left' | 'right' | 'up' | 'down'

const VECTOR: Readonly<Record<Direction, Point>> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, up: { x: 0, y: -1 }, down: { x: 0, y: 1 } }
/** Sideways distance counts this much more than distance ahead. */
const SIDEWAYS = 2

export function nextNode(topology: Topology, boxes: ReadonlyMap<NodeId, Box>, from: NodeId, direction: Direction): NodeId | undefined {
  const joined = new Set<NodeId>()
  for (const channel of topology.channels) {
    if (channel.from === from) joined.add(channel.to)
    if (channel.to === from) joined.add(channel.from)
  }
  const here = boxes.get(from)
  if (!here) return firstNode(topology, boxes)
  const others = topology.nodes.map(node => node.id).filter(id => id !== from)
  const along = nearest(boxes, here, others.filter(id => joined.has(id)), direction)
  return along ?? nearest(boxes, here, others, direction)
}

/** Where the walk begins: the top left of what is there. */
export function firstNode(topology: Topology, boxes: ReadonlyMap<NodeId, Box>): NodeId | undefined {
  let best: { id: NodeId; far: number } | undefined
  for (const node of topology.nodes) {
    const box = boxes.get(node.id)!
    const far = box.x + box.y
    if (!best || far < best.far) best = { id: node.id, far }
  }
  return best?.id
}

/** The channels of a node in reading order, to step through them one by one. */
export function channelsOf(topology: Topology, node: NodeId): readonly ChannelId[] {
  return topology.channels.filter(channel => channel.from === node || channel.to === node).map(channel => channel.id)
}

function nearest(boxes: ReadonlyMap<NodeId, Box>, here: Box, ids: readonly NodeId[], direction: Direction): NodeId | undefined {
  const origin = centreOf(here)
  const vector = VECTOR[direction]
  let best: { id: NodeId; cost: number } | undefined
  for (const id of ids) {
    const point = centreOf(boxes.get(id)!)
    const ahead = (point.x - origin.x) * vector.x + (point.y - origin.y) * vector.y
    const aside = Math.abs((point.x - origin.x) * vector.y) + Math.abs((point.y - origin.y) * vector.x)
    // Within the quarter of the plane that the arrow points at, with a little over for nodes that stand close.
    if (ahead <= 4 || aside > ahead * 1.6 + 30) continue
    const cost = ahead + aside * SIDEWAYS
    if (!best || cost < best.cost) best = { id, cost }
  }
  return best?.id
}
