import type { ConnectionPlan } from './commands.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { NodeId, Topology } from '../topology/document.ts'

/** One way to connect, as the list shows it. */
export interface ConnectChoice {
  readonly id: string
  readonly to: NodeId
  /** Kind of the channel. */
  readonly type: string
  readonly label: string
  readonly icon: string
  /** "binding · queue"; where one node can be reached in several ways, the system too: "ZeroMQ · PUB → SUB". */
  readonly detail: string
}

/** Every way to every node; `only` leaves the ways to one node. */
export function connectChoices(catalogue: Catalogue, topology: Topology, plan: (to: NodeId) => ConnectionPlan, only: NodeId | null = null): readonly ConnectChoice[] {
  return topology.nodes.flatMap(node => {
    if (only !== null && node.id !== only) return []
    const found = plan(node.id)
    const manifest = catalogue.node(node.type)
    if (!found.ok || !manifest) return []
    const several = found.ways.length > 1
    return found.ways.map(way => ({
      id: `${node.id} ${way.type}`,
      to: node.id,
      type: way.type,
      label: only === null ? node.label : way.title,
      icon: manifest.icon,
      detail: only !== null ? way.family : several ? `${way.title} · ${way.family}` : `${way.title} · ${manifest.title.toLowerCase()}`,
    }))
  })
}
