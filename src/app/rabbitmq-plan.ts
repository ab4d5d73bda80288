import type { Catalogue } from '../contract/manifest.ts'
import { withApplications } from '../formats/rabbitmq/applications.ts'
import { readDefinitions } from '../formats/rabbitmq/definitions.ts'
import type { LayoutRequest } from '../formats/layout/worker.ts'
import type { Topology } from '../topology/document.ts'
import type { Outcome } from '../topology/problem.ts'
import type { ImportPlan } from './app.ts'
import { counted } from './file-commands.ts'
import { sizeOf } from './node-sizes.ts'

/** Reads and lays out an export; both topologies are ready to be opened. */
export async function importRabbitmq(text: string, name: string, catalogue: Catalogue): Promise<Outcome<ImportPlan>> {
  const read = readDefinitions(text, name)
  if (!read.ok) return read
  const bare = read.value.topology
  const [topology, runnable] = await Promise.all([layOut(bare, catalogue), layOut(withApplications(bare), catalogue)])
  return { ok: true, problems: read.problems, value: { kind: 'rabbitmq', title: bare.title, topology, runnable, counts: counted(topology), applied: read.value.applied, problems: read.problems } }
}

/** Off the main thread. */
function layOut(topology: Topology, catalogue: Catalogue): Promise<Topology> {
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
