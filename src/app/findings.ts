import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Catalogue } from '../contract/manifest.ts'
import type { Finding, Fix } from '../lint/finding.ts'
import { findChannel, type NodeId, type Topology } from '../topology/document.ts'
import type { Action } from './action.ts'
import type { App, DocumentState } from './app.ts'

export type { Finding, Fix } from '../lint/finding.ts'

/** What in the topology is probably not meant; worked out a moment after it was changed. */
export interface FindingsState {
  /** Null before the first look. */
  readonly all: readonly Finding[] | null
  /** Those about a node, or about a channel that leaves it. A node whose findings are the same keeps its list. */
  readonly byNode: ReadonlyMap<NodeId, readonly Finding[]>
}

/** Who types or drags is not followed with every key. */
const PAUSE_MS = 150

/** Looks at the document after each change, when the page has nothing better to do; the rules come when they are first needed. */
export function createFindings(catalogue: Catalogue, document: StoreApi<DocumentState>): StoreApi<FindingsState> {
  const store = createStore<FindingsState>(() => ({ all: null, byNode: new Map() }))
  let timer: ReturnType<typeof setTimeout> | null = null
  const look = async (): Promise<void> => {
    const { lintTopology } = await import('../lint/lint.ts')
    const { topology } = document.getState()
    const all = lintTopology(catalogue, topology)
    store.setState(before => ({ all, byNode: grouped(topology, all, before.byNode) }))
  }
  const soon = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void look(), PAUSE_MS)
  }
  document.subscribe((state, before) => state.topology !== before.topology && soon())
  soon()
  return store
}

function grouped(topology: Topology, all: readonly Finding[], before: FindingsState['byNode']): FindingsState['byNode'] {
  const byNode = new Map<NodeId, Finding[]>()
  for (const finding of all) {
    const node = findChannel(topology, finding.part)?.from ?? finding.part
    const list = byNode.get(node)
    if (list) list.push(finding)
    else byNode.set(node, [finding])
  }
  return new Map([...byNode].map(([node, list]) => [node, same(before.get(node), list) ?? list]))
}

function same(before: readonly Finding[] | undefined, now: readonly Finding[]): readonly Finding[] | undefined {
  return before?.length === now.length && JSON.stringify(before) === JSON.stringify(now) ? before : undefined
}

/** Takes a way out, as one step. */
export function takeFix({ commands }: App, fix: Fix): void {
  commands.edit(fix.title, fix.edits)
  commands.announce(`Done: ${fix.label}`)
}

/** Every way out as a line of the command palette. */
export function fixEntries(app: App): readonly Action[] {
  return (app.findings.getState().all ?? []).flatMap((finding, index) =>
    finding.fixes.map((fix): Action => ({ id: `fix ${index} ${fix.label}`, title: fix.label, detail: finding.says, group: 'Edit', keys: [], words: ['fix', 'check', 'lint', 'warning'], run: () => takeFix(app, fix) })),
  )
}
