import type { Node } from '@xyflow/react'
import type { FamilyManifest, NodeManifest } from '../contract/manifest.ts'
import type { TopologyNode } from '../topology/document.ts'

/** What React Flow carries of a node of ours. */
export interface PartData extends Record<string, unknown> {
  readonly node: TopologyNode
  readonly manifest: NodeManifest | undefined
  readonly family: FamilyManifest | undefined
  /** Channels that this node keeps connected: it warns when one of them is not. */
  readonly keeps: readonly string[]
}
export type PartFlowNode = Node<PartData, 'part' | 'note'>

export const nodeDomId = (id: string) => `cv-node-${id}`
