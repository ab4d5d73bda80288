import type { Catalogue } from '../contract/manifest.ts'
import type { NodeId, Point, Topology } from '../topology/document.ts'
import type { Place } from '../topology/edit.ts'
import { boxesOf, type Box } from './node-sizes.ts'

/** How selected nodes can be put in order: along an edge or a middle, or with equal gaps. */
export type Arrangement = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom' | 'across' | 'down'

/** Places of the nodes after arranging them; those that stand right already are left out. */
export function arranged(catalogue: Catalogue, topology: Topology, ids: readonly NodeId[], how: Arrangement): readonly Place[] {
  const chosen = new Set(ids)
  const boxes = boxesOf(catalogue, topology)
  // What lives in a chosen container moves with it.
  const nodes = topology.nodes.filter(node => chosen.has(node.id) && !chosen.has(node.within ?? ''))
  const shifts = shiftsOf(nodes.map(node => boxes.get(node.id)!), how)
  return nodes.flatMap((node, index) => {
    const { x, y } = shifts[index]!
    return x === 0 && y === 0 ? [] : [{ id: node.id, at: { x: node.at.x + x, y: node.at.y + y }, size: node.size, within: node.within }]
  })
}

function shiftsOf(boxes: readonly Box[], how: Arrangement): readonly Point[] {
  const left = Math.min(...boxes.map(box => box.x))
  const right = Math.max(...boxes.map(box => box.x + box.width))
  const top = Math.min(...boxes.map(box => box.y))
  const bottom = Math.max(...boxes.map(box => box.y + box.height))
  switch (how) {
    case 'left':
      return boxes.map(box => ({ x: left - box.x, y: 0 }))
    case 'right':
      return boxes.map(box => ({ x: right - box.x - box.width, y: 0 }))
    case 'centre':
      return boxes.map(box => ({ x: Math.round((left + right - box.width) / 2 - box.x), y: 0 }))
    case 'top':
      return boxes.map(box => ({ x: 0, y: top - box.y }))
    case 'bottom':
      return boxes.map(box => ({ x: 0, y: bottom - box.y - box.height }))
    case 'middle':
      return boxes.map(box => ({ x: 0, y: Math.round((top + bottom - box.height) / 2 - box.y) }))
    case 'across':
      return spread(boxes.map(box => ({ start: box.x, length: box.width }))).map(x => ({ x, y: 0 }))
    case 'down':
      return spread(boxes.map(box => ({ start: box.y, length: box.height }))).map(y => ({ x: 0, y }))
  }
}

/** Shifts that make all gaps equal between the first and the last, which stay. */
function spread(spans: readonly { readonly start: number; readonly length: number }[]): readonly number[] {
  const order = spans.map((_, index) => index).sort((a, b) => spans[a]!.start - spans[b]!.start || a - b)
  const first = spans[order[0]!]!
  const last = spans[order.at(-1)!]!
  const inside = spans.reduce((sum, span) => sum + span.length, 0)
  const gap = (last.start + last.length - first.start - inside) / Math.max(1, spans.length - 1)
  const shifts = spans.map(() => 0)
  let at = first.start
  for (const index of order) {
    shifts[index] = Math.round(at - spans[index]!.start)
    at += spans[index]!.length + gap
  }
  return shifts
}
