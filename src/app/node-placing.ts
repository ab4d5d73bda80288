import type { Catalogue } from '../contract/manifest.ts'
import type { NodeId, Point, Size, Topology, TopologyNode } from '../topology/document.ts'
import { CONTAINER_PADDING } from './containers.ts'
import { NODE_SIZES, sizeOf } from './node-sizes.ts'

/** A short, readable id that is free: `queue-3`. */
export function freeId(topology: Topology, type: string, also: ReadonlySet<string> = new Set()): string {
  const stem = type.slice(type.indexOf('.') + 1)
  const taken = new Set([...topology.nodes, ...topology.channels].map(part => part.id))
  for (let n = 1; ; n += 1) {
    const id = `${stem}-${n}`
    if (!taken.has(id) && !also.has(id)) return id
  }
}

/** Size a container needs so that its members fit, never below what it has. */
export function grownSize(catalogue: Catalogue, container: TopologyNode, members: readonly TopologyNode[]): Size {
  const size = sizeOf(catalogue, container)
  let { width, height } = size
  for (const member of members) {
    const own = sizeOf(catalogue, member)
    width = Math.max(width, member.at.x + own.width + CONTAINER_PADDING)
    height = Math.max(height, member.at.y + own.height + CONTAINER_PADDING)
  }
  return { width, height }
}

/** A free spot near a point: moved down until nothing is under it. */
export function freeSpot(catalogue: Catalogue, topology: Topology, type: string, near: Point, within: NodeId | undefined): Point {
  const size = NODE_SIZES[catalogue.node(type)?.form ?? 'unknown']
  const others = topology.nodes.filter(node => node.within === within)
  let spot = { x: Math.round(near.x / 10) * 10, y: Math.round(near.y / 10) * 10 }
  for (let n = 0; n < 200; n += 1) {
    const hit = others.find(node => {
      const own = sizeOf(catalogue, node)
      return spot.x < node.at.x + own.width + 10 && node.at.x < spot.x + size.width + 10 && spot.y < node.at.y + own.height + 10 && node.at.y < spot.y + size.height + 10
    })
    if (!hit) break
    spot = { x: spot.x, y: Math.round((hit.at.y + sizeOf(catalogue, hit).height + 20) / 10) * 10 }
  }
  return spot
}
