import type { Catalogue } from '../contract/manifest.ts'
import { GROUP, isNote } from '../contract/notes.ts'
import type { Topology, TopologyNode } from '../topology/document.ts'
import { frameAround, membersOf } from './groups.ts'
import { boxesOf, centreOf, type Box } from './node-sizes.ts'

/** The topology as a layout places it: notes are placed after what they are about. */
export function withoutNotes(topology: Topology): Topology {
  return { ...topology, nodes: topology.nodes.filter(node => !isNote(node.type)) }
}

/** What was laid out, with its notes again: groups around what was in them, comments as far from the nearest node as before. */
export function withNotes(catalogue: Catalogue, before: Topology, after: Topology): Topology {
  const old = boxesOf(catalogue, before)
  const now = boxesOf(catalogue, after)
  const placed = new Map(after.nodes.map(node => [node.id, node]))
  const nodes = before.nodes.map(node => placed.get(node.id) ?? noteAfter(before, node, old, now))
  return { ...before, nodes }
}

function noteAfter(before: Topology, note: TopologyNode, old: ReadonlyMap<string, Box>, now: ReadonlyMap<string, Box>): TopologyNode {
  if (note.type === GROUP) {
    const members = membersOf(before, old, note.id).flatMap(id => now.get(id) ?? [])
    return members.length === 0 ? note : { ...note, ...frameAround(members) }
  }
  const own = centreOf(old.get(note.id)!)
  const far = (box: Box): number => Math.hypot(centreOf(box).x - own.x, centreOf(box).y - own.y)
  const [nearest] = [...now.keys()].toSorted((a, b) => far(old.get(a)!) - far(old.get(b)!))
  if (nearest === undefined) return note
  const [from, to] = [old.get(nearest)!, now.get(nearest)!]
  return { ...note, at: { x: note.at.x + to.x - from.x, y: note.at.y + to.y - from.y } }
}
