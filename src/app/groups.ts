import type { Catalogue } from '../contract/manifest.ts'
import { GROUP } from '../contract/notes.ts'
import type { NodeId, Size, Topology, TopologyNode } from '../topology/document.ts'
import type { Place } from '../topology/edit.ts'
import { boxesOf, type Box } from './node-sizes.ts'

/** Room between a group's frame and what it was put around; its name stands above. */
const PADDING = 24
const HEAD = 40

/** What stands wholly inside a group: other groups and their like too, members of a container with it. */
export function membersOf(topology: Topology, boxes: ReadonlyMap<NodeId, Box>, group: NodeId): readonly NodeId[] {
  const frame = boxes.get(group)
  if (!frame) return []
  return topology.nodes.filter(node => node.id !== group && node.within === undefined && inside(boxes.get(node.id)!, frame)).map(node => node.id)
}

/** Places of what is moved, and of what stands in moved groups: that comes along. */
export function withMembers(catalogue: Catalogue, topology: Topology, places: readonly Place[]): readonly Place[] {
  const nodes = new Map(topology.nodes.map(node => [node.id, node]))
  const groups = places.filter(place => nodes.get(place.id)?.type === GROUP)
  if (groups.length === 0) return places
  const boxes = boxesOf(catalogue, topology)
  const all = new Map(places.map(place => [place.id, place]))
  for (const place of groups) {
    const group = nodes.get(place.id)!
    // Pulling at a corner changes the frame, not what is in it.
    if (resized(group, place)) continue
    const by = { x: place.at.x - group.at.x, y: place.at.y - group.at.y }
    for (const id of membersOf(topology, boxes, place.id)) {
      const node = nodes.get(id)!
      if (!all.has(id)) all.set(id, { id, at: { x: node.at.x + by.x, y: node.at.y + by.y }, size: node.size, within: node.within })
    }
  }
  return [...all.values()]
}

/** A frame around some nodes, as the place and size of a group. */
export function frameAround(boxes: readonly Box[]): { readonly at: { readonly x: number; readonly y: number }; readonly size: Size } {
  const x = Math.min(...boxes.map(box => box.x)) - PADDING
  const y = Math.min(...boxes.map(box => box.y)) - HEAD
  return { at: { x, y }, size: { width: Math.max(...boxes.map(box => box.x + box.width)) + PADDING - x, height: Math.max(...boxes.map(box => box.y + box.height)) + PADDING - y } }
}

function inside(box: Box, frame: Box): boolean {
  return box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height
}

function resized(group: TopologyNode, place: Place): boolean {
  return place.size !== undefined && (place.size.width !== group.size?.width || place.size.height !== group.size.height)
}
