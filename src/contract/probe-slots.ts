import type { NodeContext } from './context.ts'

/** Slots of probes, by their ids. */
export type ProbeSlots<Id extends string> = Readonly<Record<Id, number>>

export function probeSlots<Id extends string>(context: NodeContext, ids: readonly Id[]): ProbeSlots<Id> {
  return Object.fromEntries(ids.map(id => [id, context.probe(id)])) as ProbeSlots<Id> // all of its keys
}
