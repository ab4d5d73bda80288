import type { Box } from '../app/node-sizes.ts'
import type { ChannelId, NodeId, Point } from '../topology/document.ts'
import { pointOn, type Curve } from './edge-paths.ts'
import type { Scene } from './scene.ts'

/** Points of a curve that are tried. */
const TRIED = 24
/** How near to a line a pointer must be, in CSS pixels. */
export const REACH_PX = 9

export type Part = { readonly part: 'node'; readonly id: NodeId } | { readonly part: 'channel'; readonly id: ChannelId }

/** The node at a place of the flow where nodes are painted: the innermost, containers last. */
export function nodeAt(scene: Scene, at: Point): NodeId | null {
  let best: NodeId | null = null
  let least = Infinity
  for (const [id, box] of scene.boxes) {
    const size = box.width * box.height
    if (size >= least || !holds(box, at)) continue
    best = id
    least = size
  }
  return best
}

/** The node or channel at a place; `reach` is how near a line must pass, in flow units. */
export function partAt(scene: Scene, at: Point, reach: number): Part | null {
  const node = nodeAt(scene, at)
  if (node !== null && !scene.containers.has(node)) return { part: 'node', id: node }
  let best: ChannelId | null = null
  let nearest = reach * reach
  for (const [id, curve] of scene.curves) {
    const distance = squaredDistance(curve, at)
    if (distance >= nearest) continue
    best = id
    nearest = distance
  }
  if (best !== null) return { part: 'channel', id: best }
  return node === null ? null : { part: 'node', id: node }
}

function holds(box: Box, { x, y }: Point): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height
}

function squaredDistance(curve: Curve, at: Point): number {
  let nearest = Infinity
  let before = curve.from
  for (let n = 1; n <= TRIED; n += 1) {
    const point = pointOn(curve, n / TRIED)
    nearest = Math.min(nearest, toStretch(at, before, point))
    before = point
  }
  return nearest
}

function toStretch(at: Point, a: Point, b: Point): number {
  const along = { x: b.x - a.x, y: b.y - a.y }
  const length = along.x ** 2 + along.y ** 2
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - a.x) * along.x + (at.y - a.y) * along.y) / length))
  return (a.x + along.x * share - at.x) ** 2 + (a.y + along.y * share - at.y) ** 2
}
