import type { ConnectionPlan } from '../app/app.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { NodeId, Topology } from '../topology/document.ts'

/** One node that a channel could be drawn to, as the list shows it. */
export interface ConnectChoice {
  readonly id: NodeId
  readonly label: string
  readonly icon: string
  /** "binding · queue". */
  readonly detail: string
}

export function connectChoices(catalogue: Catalogue, topology: Topology, plan: (to: NodeId) => ConnectionPlan): readonly ConnectChoice[] {
  return topology.nodes.flatMap(node => {
    const found = plan(node.id)
    const manifest = catalogue.node(node.type)
    if (!found.ok || !manifest) return []
    return [{ id: node.id, label: node.label, icon: manifest.icon, detail: `${found.title} · ${manifest.title.toLowerCase()}` }]
  })
}
