import type { Topology } from '../topology/document.ts'

/** Another document rather than an edit of this one: none of its nodes is an object of before, and not just because all were moved. */
export function isAnother(before: Topology, after: Topology): boolean {
  if (before === after || after.nodes.length === 0) return false
  const same = new Set(before.nodes)
  if (after.nodes.some(node => same.has(node))) return false
  const ids = before.nodes.map(node => node.id).join('\n')
  // From nothing to one node is a first drop on an empty canvas.
  return after.nodes.map(node => node.id).join('\n') !== ids && !(before.nodes.length === 0 && after.nodes.length <= 2)
}
