import { createStore } from 'zustand/vanilla'
import type { Crossing, Sequence } from '../contract/sequence.ts'
import type { NodeId } from '../topology/document.ts'
import type { View } from './time.ts'

/** What the sequence view looks at, and what it knows. */
export interface SequenceState {
  /** Messages in time, or the orders in which nodes saw them. */
  readonly mode: 'time' | 'order'
  readonly table: boolean
  readonly tall: boolean
  readonly view: View
  /** The view goes along with the run. */
  readonly follow: boolean
  /** How much of it is seen then. */
  readonly spanNs: number
  readonly filter: string
  readonly hidden: ReadonlySet<NodeId>
  /** Whose orders are compared; null: those that are worth it. */
  readonly compared: readonly NodeId[] | null
  /** The crossing that the keyboard is at, or that was clicked. */
  readonly active: Crossing | null
  readonly sequence: Sequence | null
  /** While a stretch is on its way: how much of the way is done, from 0 to 1. */
  readonly progress: number | null
  readonly failed: boolean
}

const FIRST_SPAN_NS = 1e9

const FRESH: SequenceState = {
  mode: 'time',
  table: false,
  tall: false,
  view: { fromNs: 0, toNs: FIRST_SPAN_NS },
  follow: true,
  spanNs: FIRST_SPAN_NS,
  filter: '',
  hidden: new Set(),
  compared: null,
  active: null,
  sequence: null,
  progress: null,
  failed: false,
}

export const sequenceStore = createStore<SequenceState>(() => FRESH)

/** What is to be seen first, by whoever opens the view: it begins anew each time. */
let wished: Partial<SequenceState> = {}
let isOpen = false

/** Shows this in the view: now, or when it is there. */
export function wish(patch: Partial<SequenceState>): void {
  if (isOpen) sequenceStore.setState(patch)
  else wished = patch
}

/** The view is there, and begins with this unless something else was wished for; what was typed stays. */
export function begin(first: Partial<SequenceState>): void {
  isOpen = true
  sequenceStore.setState(({ filter }) => ({ ...FRESH, filter, ...first, ...wished }))
  wished = {}
}

export function finish(): void {
  isOpen = false
  sequenceStore.setState(({ filter }) => ({ ...FRESH, filter }))
}

/** Looks at a part of the run; it stays there. */
export function look(view: View): void {
  sequenceStore.setState({ view, spanNs: view.toNs - view.fromNs, follow: false })
}

export function isSame(one: Crossing, other: Crossing | null): boolean {
  return other !== null && one.departNs === other.departNs && one.identity === other.identity && one.channel === other.channel && one.from === other.from
}
