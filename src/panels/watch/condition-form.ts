import { FACT_KINDS } from '../../app/breakpoint-text.ts'
import type { FactVerb } from '../../contract/fact.ts'
import type { Catalogue } from '../../contract/manifest.ts'
import type { Topology } from '../../topology/document.ts'
import type { Condition, PacketVerb } from '../../worker/api.ts'

type FactCondition = Extract<Condition, { watch: 'fact' }>
type PacketCondition = Extract<Condition, { watch: 'packet' }>

/** What a depth is to come to, before anybody says. */
export const LEVEL_FIRST = 10

export type Levels = readonly { readonly node: string; readonly probe: string; readonly title: string }[]

/** Every level of every node, depths of queues first. */
export function levelsOf(catalogue: Catalogue, topology: Topology): Levels {
  const levels = topology.nodes.flatMap(node => (catalogue.node(node.type)?.probes ?? []).filter(probe => probe.kind === 'level').map(probe => ({ node: node.id, probe: probe.id, title: `${node.label}: ${probe.title.toLowerCase()}` })))
  return levels.toSorted((a, b) => Number(b.probe === 'ready') - Number(a.probe === 'ready'))
}

export function without(when: Condition, field: 'node' | 'verb' | 'reason' | 'key' | 'type' | 'does'): Condition {
  return Object.fromEntries(Object.entries(when).filter(([name]) => name !== field)) as unknown as Condition // only optional fields are left out
}

/** What happens to a node is about no message. */
export function factWith(when: FactCondition, verb: FactVerb | undefined): Condition {
  if (verb === undefined) return without(when, 'verb')
  const aboutNode = FACT_KINDS.find(kind => kind.verb === verb)?.about === 'node'
  return aboutNode ? { watch: 'fact', verb, ...(when.node === undefined ? {} : { node: when.node }) } : { ...when, verb }
}

export function packetWith(when: PacketCondition, does: string): Condition {
  return does === '' ? without(when, 'does') : { ...when, does: does as PacketVerb }
}
