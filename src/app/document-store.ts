import { createStore, type StoreApi } from 'zustand/vanilla'
import { applyEdits, type Edit } from '../topology/edit.ts'
import type { DocumentState, Step } from './app.ts'

/** Steps that can be undone; older ones are forgotten. */
const STEPS_MAX = 500

export function createDocumentStore(first: Pick<DocumentState, 'id' | 'edited' | 'topology' | 'past' | 'future'>): StoreApi<DocumentState> {
  return createStore<DocumentState>(() => ({ ...first, saved: 'saved' }))
}

let mergeKey = ''

/** Applies edits as one step; steps with the same merge key in a row become one (typing, dragging). */
export function pushStep(store: StoreApi<DocumentState>, title: string, edits: readonly Edit[], merge?: string): void {
  const { topology, past } = store.getState()
  const result = applyEdits(topology, edits)
  const last = past.at(-1)
  const merged = merge !== undefined && merge === mergeKey && last !== undefined
  const step: Step = merged ? { title, edits: newestOf([...last.edits, ...edits]), inverse: newestOf([...result.inverse, ...last.inverse]) } : { title, edits, inverse: result.inverse }
  mergeKey = merge ?? ''
  store.setState({ edited: true, topology: result.topology, past: [...(merged ? past.slice(0, -1) : past), step].slice(-STEPS_MAX), future: [] })
}

/** What is done next is a step of its own, whatever its merge key. */
export function endMerge(): void {
  mergeKey = ''
}

/** A slider that is dragged configures one part hundreds of times: the last is all that is left of them. Such steps consist of nothing else. */
function newestOf(edits: readonly Edit[]): readonly Edit[] {
  if (!edits.every(edit => edit.edit === 'configure')) return edits
  return [...new Map(edits.map(edit => [`${edit.of} ${edit.id}`, edit])).values()]
}

/** Puts another topology in the place of this one, as one step, under an id of its own. */
export function pushOpening(store: StoreApi<DocumentState>, title: string, edits: readonly Edit[], id: string): void {
  const { topology, past, id: before, edited } = store.getState()
  const result = applyEdits(topology, edits)
  mergeKey = ''
  const step: Step = { title, edits, inverse: result.inverse, opens: { from: { id: before, edited }, to: id } }
  store.setState({ id, edited: false, topology: result.topology, past: [...past, step].slice(-STEPS_MAX), future: [] })
}

/** Undoes or redoes one step; returns the edits that were applied, or null when there is nothing to do. */
export function stepBack(store: StoreApi<DocumentState>): { readonly step: Step; readonly edits: readonly Edit[] } | null {
  const { topology, past, future } = store.getState()
  const step = past.at(-1)
  if (!step) return null
  mergeKey = ''
  store.setState({ ...(step.opens?.from ?? { edited: true }), topology: applyEdits(topology, step.inverse).topology, past: past.slice(0, -1), future: [...future, step] })
  return { step, edits: step.inverse }
}

export function stepForward(store: StoreApi<DocumentState>): { readonly step: Step; readonly edits: readonly Edit[] } | null {
  const { topology, past, future } = store.getState()
  const step = future.at(-1)
  if (!step) return null
  mergeKey = ''
  store.setState({ ...(step.opens ? { id: step.opens.to, edited: false } : { edited: true }), topology: applyEdits(topology, step.edits).topology, past: [...past, step], future: future.slice(0, -1) })
  return { step, edits: step.edits }
}
