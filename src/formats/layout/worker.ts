import type { Size, Topology } from '../../topology/document.ts'
import { layoutTopology } from './layout.ts'

export interface LayoutRequest {
  readonly topology: Topology
  /** Sizes of nodes by id. */
  readonly sizes: Readonly<Record<string, Size>>
}

/** A module worker of one request: off the main thread, however big the topology. */
addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const { topology, sizes } = event.data
  postMessage(layoutTopology(topology, node => sizes[node.id] ?? { width: 160, height: 76 }))
})
