import type { Sequence } from '../contract/sequence.ts'
import type { NodeId } from '../topology/document.ts'
import type { Shown } from './filter.ts'

export interface Lifeline {
  readonly id: NodeId
  readonly label: string
  readonly type: string
  /** The broker it is part of: its crash is this node's too. */
  readonly within: NodeId | null
}

/** Nodes that something crossed to or from, as they stand on the canvas from left to right, then from top to bottom. */
export function lifelinesOf({ nodes }: Pick<Sequence, 'nodes'>, { crossings }: Pick<Shown, 'crossings'>): readonly Lifeline[] {
  const ids = new Set(crossings.flatMap(({ from, to }) => [from, to]))
  const found = [...ids].flatMap(id => (nodes[id] ? [{ id, ...nodes[id] }] : []))
  found.sort((a, b) => a.at.x - b.at.x || a.at.y - b.at.y || (a.id < b.id ? -1 : 1))
  return found.map(({ id, label, type, within }) => ({ id, label, type, within }))
}

export interface Span {
  readonly node: NodeId
  readonly fromNs: number
  readonly toNs: number
}

/** When lifelines were down, by their own crash or that of their broker. */
export function downSpans({ down, facts, fromNs, toNs }: Pick<Sequence, 'down' | 'facts' | 'fromNs' | 'toNs'>, lifelines: readonly Lifeline[]): readonly Span[] {
  const falls = facts.filter(fact => fact.verb === 'crashed' || fact.verb === 'restarted')
  return lifelines.flatMap(({ id, within }) => {
    const spans: Span[] = []
    let since = down.includes(id) || (within !== null && down.includes(within)) ? fromNs : null
    for (const { node, verb, atNs } of falls) {
      if (node !== id && node !== within) continue
      if (verb === 'crashed') since ??= atNs
      else if (since !== null) {
        spans.push({ node: id, fromNs: since, toNs: atNs })
        since = null
      }
    }
    return since === null ? spans : [...spans, { node: id, fromNs: since, toNs }]
  })
}

/** When a node worked on a message: from `started` to `finished` or `failed`; what is not over goes on to the end. */
export function workSpans({ facts, toNs }: Pick<Sequence, 'facts' | 'toNs'>): readonly Span[] {
  const begun = new Map<string, Span>()
  const spans: Span[] = []
  for (const { node, verb, identity, atNs } of facts) {
    const key = `${node} ${identity}`
    if (verb === 'started') begun.set(key, { node, fromNs: atNs, toNs })
    if (verb !== 'finished' && verb !== 'failed') continue
    const span = begun.get(key)
    if (span) spans.push({ ...span, toNs: atNs })
    begun.delete(key)
  }
  return [...spans, ...begun.values()]
}
