import type { Catalogue } from '../contract/manifest.ts'
import type { LayoutRequest } from '../formats/layout/worker.ts'
import type { Topology } from '../topology/document.ts'
import { sizeOf } from './node-sizes.ts'

/** The topology with every node placed along its channels; worked out off the main thread. */
export function layOut(topology: Topology, catalogue: Catalogue): Promise<Topology> {
  const worker = new Worker(new URL('../formats/layout/worker.ts', import.meta.url), { type: 'module', name: 'layout' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<Topology>) => {
      worker.terminate()
      resolve(event.data)
    })
    worker.addEventListener('error', event => {
      worker.terminate()
      reject(new Error(`layout failed: ${event.message}`))
    })
    const request: LayoutRequest = { topology, sizes: Object.fromEntries(topology.nodes.map(node => [node.id, sizeOf(catalogue, node)])) }
    worker.postMessage(request)
  })
}
