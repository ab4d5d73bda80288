import type { Crossing, Sequence, SequenceFact, SequenceNode } from '../../contract/sequence.ts'

/** A stretch of a run made by hand: times in milliseconds. */
export const MS = 1e6

export function crossing(from: string, to: string, departMs: number, endMs: number, more: Partial<Crossing> = {}): Crossing {
  return { channel: `${from}>${to}`, from, to, departNs: departMs * MS, endNs: endMs * MS, dueNs: endMs * MS, end: 'arrived', reason: null, identity: 'shop#1', key: '', type: 'command', look: 0, correlation: '', ...more }
}

export function fact(node: string, verb: SequenceFact['verb'], atMs: number, identity: string | null = 'shop#1', reason: SequenceFact['reason'] = null): SequenceFact {
  return { atNs: atMs * MS, node, verb, identity, reason }
}

export function node(label: string, x: number, within: string | null = null, type = 'app.consumer'): SequenceNode {
  return { label, type, at: { x, y: 0 }, within }
}

export function sequence(more: Partial<Sequence>): Sequence {
  return { fromNs: 0, toNs: 1000 * MS, cut: false, crossings: [], facts: [], nodes: {}, down: [], ...more }
}
