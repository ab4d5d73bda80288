import type { Catalogue } from '../contract/manifest.ts'
import { findNode, type NodeId, type Topology } from '../topology/document.ts'

/** How an orderly stop of a node, or of what it lives in, differs from a crash; null where it doesn't. */
export function stopOf(catalogue: Catalogue, topology: Topology, id: NodeId): string | null {
  const node = findNode(topology, id)
  const whole = node?.within === undefined ? node : (findNode(topology, node.within) ?? node)
  return whole === undefined ? null : (catalogue.node(whole.type)?.stop ?? null)
}
