import type { Catalogue } from '../contract/manifest.ts'
import type { Topology } from '../topology/document.ts'
import type { Finding } from './finding.ts'
import { overload } from './load.ts'
import { unbound, unconsumed, undeadLettered, unlimitedPrefetch } from './queues.ts'
import { namedTwice } from './names.ts'
import { cycles, unreachable } from './reach.ts'
import { routeless } from './routes.ts'
import { View } from './view.ts'

const RULES = [namedTwice, routeless, overload, unlimitedPrefetch, unbound, unconsumed, unreachable, undeadLettered, cycles]

/** What in a topology is probably not meant: warnings first, each rule's in the order of the document. Pure. */
export function lintTopology(catalogue: Catalogue, topology: Topology): readonly Finding[] {
  const view = new View(catalogue, topology)
  const found = RULES.flatMap(rule => rule(view))
  return [...found.filter(one => one.severity === 'warning'), ...found.filter(one => one.severity === 'info')]
}
