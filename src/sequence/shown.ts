import type { Sequence } from '../contract/sequence.ts'
import type { NodeId } from '../topology/document.ts'
import { filtered, type Shown } from './filter.ts'
import { lifelinesOf, type Lifeline } from './lifelines.ts'
import { peersOf, seenOrders, type SeenOrder } from './order.ts'
import type { SequenceState } from './sequence-store.ts'

/** What is drawn of what is told. */
export interface Drawn extends Shown {
  readonly sequence: Sequence
  /** Every node that took part, also those that are hidden. */
  readonly all: readonly Lifeline[]
  readonly lifelines: readonly Lifeline[]
}

export function drawnOf(sequence: Sequence, { filter, hidden }: Pick<SequenceState, 'filter' | 'hidden'>): Drawn {
  const shown = filtered(sequence, filter)
  const all = lifelinesOf(sequence, shown)
  return { sequence, ...shown, all, lifelines: all.filter(one => !hidden.has(one.id)) }
}

/** Orders are compared of so many nodes at first: more columns nobody reads. */
const PEERS_MOST = 6

export function ordersOf({ sequence, facts }: Drawn, { compared, view }: Pick<SequenceState, 'compared' | 'view'>): readonly SeenOrder[] {
  const seen = facts.filter(fact => fact.atNs >= view.fromNs && fact.atNs <= view.toNs)
  const nodes: readonly NodeId[] = compared ?? peersOf({ facts: seen, nodes: sequence.nodes }, PEERS_MOST)
  return seenOrders({ facts: seen }, nodes.filter(id => sequence.nodes[id] !== undefined))
}
