import type { NodeId, Point, Topology } from '../topology/document.ts'
import type { Box } from '../app/node-sizes.ts'

/** A line that what is dragged stands on, together with what it reaches to. */
export interface Guide {
  /** 'x': upright, at this x. */
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface Snapped {
  /** How far the dragged nodes have to go to stand on the guides. */
  readonly by: Point
  readonly guides: readonly Guide[]
}

/** Pixels on the screen within which something is pulled onto a line. */
export const GUIDE_REACH = 6

const NONE: Snapped = { by: { x: 0, y: 0 }, guides: [] }

/**
 * Edges and middles of other nodes that the dragged box nearly stands on: the nearest of each direction, within `reach` (flow pixels). Nodes that are
 * dragged, what lives in them and what they live in are no neighbours.
 */
export function guidesFor(topology: Topology, boxes: ReadonlyMap<NodeId, Box>, dragged: ReadonlySet<NodeId>, reach: number): Snapped {
  const moving = [...dragged].map(id => boxes.get(id)).filter(box => box !== undefined)
  if (moving.length === 0) return NONE
  const homes = new Set(topology.nodes.filter(node => dragged.has(node.id)).map(node => node.within))
  const others = topology.nodes.filter(node => !dragged.has(node.id) && !dragged.has(node.within ?? '') && !homes.has(node.id)).map(node => boxes.get(node.id)!)
  const box = around(moving)
  const x = nearest(lines(box, 'x'), others, 'x', reach)
  const y = nearest(lines(box, 'y'), others, 'y', reach)
  const by = { x: x?.by ?? 0, y: y?.by ?? 0 }
  const there = { ...box, x: box.x + by.x, y: box.y + by.y }
  return { by, guides: [...(x ? [guide('x', x.at, [there, ...x.on])] : []), ...(y ? [guide('y', y.at, [there, ...y.on])] : [])] }
}

type Axis = Guide['axis']

/** Start, middle and end of a box along an axis. */
function lines(box: Box, axis: Axis): readonly number[] {
  const [start, length] = axis === 'x' ? [box.x, box.width] : [box.y, box.height]
  return [start, start + length / 2, start + length]
}

function nearest(own: readonly number[], others: readonly Box[], axis: Axis, reach: number): { readonly by: number; readonly at: number; readonly on: readonly Box[] } | undefined {
  let best: { by: number; at: number; on: Box[] } | undefined
  for (const other of others) {
    for (const at of lines(other, axis)) {
      for (const line of own) {
        const by = at - line
        if (Math.abs(by) > reach) continue
        if (!best || Math.abs(by) < Math.abs(best.by)) best = { by, at, on: [other] }
        else if (best.at === at && best.by === by) best.on.push(other)
      }
    }
  }
  return best
}

function guide(axis: Axis, at: number, boxes: readonly Box[]): Guide {
  const across: Axis = axis === 'x' ? 'y' : 'x'
  const ends = boxes.flatMap(box => [lines(box, across)[0]!, lines(box, across)[2]!])
  return { axis, at, from: Math.min(...ends), to: Math.max(...ends) }
}

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map(box => box.x))
  const y = Math.min(...boxes.map(box => box.y))
  return { x, y, width: Math.max(...boxes.map(box => box.x + box.width)) - x, height: Math.max(...boxes.map(box => box.y + box.height)) - y }
}
