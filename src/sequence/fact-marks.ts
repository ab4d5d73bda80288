import type { FactVerb } from '../contract/fact.ts'
import type { SequenceFact } from '../contract/sequence.ts'
import { yOf, type Frame } from './frame.ts'
import { box, cross, disc, line, n, type Shape } from './shape.ts'

/** What stands on a lifeline, and in which words. What an arrow says already (published, delivered, routed …) is not said again. */
const MARKS: Partial<Record<FactVerb, { readonly says: string; readonly draw: (x: number, y: number) => readonly Shape[] }>> = {
  enqueued: { says: 'joined the queue', draw: (x, y) => [{ d: line(x - 5, y, x + 5, y), stroke: 'text-muted', width: 1.6 }] },
  stored: { says: 'stored', draw: (x, y) => [{ d: box(x - 3.5, y - 3.5, 7, 7, 1), fill: 'surface', stroke: 'text-muted', width: 1.6 }] },
  settled: { says: 'acknowledged', draw: (x, y) => [{ d: disc(x, y, 5), fill: 'surface' }, { d: `M${n(x - 4)} ${n(y)}l3 3.2l5.2 -6.4`, stroke: 'ok', width: 1.8 }] },
  requeued: { says: 'put back', draw: (x, y) => [{ d: disc(x, y, 3.6), fill: 'surface', stroke: 'warn', width: 1.8 }] },
  rejected: { says: 'rejected', draw: (x, y) => [{ d: line(x - 4, y + 4, x + 4, y - 4), stroke: 'danger', width: 2 }] },
  failed: { says: 'work failed', draw: (x, y) => [{ d: line(x - 4, y + 4, x + 4, y - 4), stroke: 'danger', width: 2 }] },
  discarded: { says: 'died', draw: (x, y) => [{ d: cross(x, y, 4), stroke: 'danger', width: 2 }] },
  'dead-lettered': { says: 'became a dead letter', draw: (x, y) => [{ d: `M${n(x)} ${n(y - 5)}l5 5l-5 5l-5 -5Z`, fill: 'surface', stroke: 'dead', width: 1.8 }] },
}
/** What happens to a node is written beside its lifeline. */
const NODE_MARKS: Partial<Record<FactVerb, string>> = { crashed: 'crashed', restarted: 'came back', cut: 'cut', healed: 'healed', deleted: 'deleted' }
/** Marks closer than this on one lifeline are one. */
const APART = 2
const FAINT = 0.25

export interface FactOptions {
  /** Only what happens to nodes, where everything else is too much. */
  readonly which: 'all' | 'nodes'
  /** The message that is chosen: what happens to others is faint. */
  readonly identity: string | null
}

export function factMarks(frame: Frame, facts: readonly SequenceFact[], { which, identity }: FactOptions): readonly Shape[] {
  const last = new Map<string, number>()
  const containers = new Map(frame.lifelines.flatMap(one => (one.within === null ? [] : [[one.within, one.id] as const])).toReversed())
  return facts.flatMap((fact): readonly Shape[] => {
    // A broker that is no lifeline itself: what happens to it is written at its first part.
    const x = frame.columns.get(fact.node) ?? frame.columns.get(containers.get(fact.node) ?? '')
    const y = yOf(frame, fact.atNs)
    if (x === undefined || y < frame.top - 6 || y > frame.height + 6) return []
    const nodeSays = fact.identity === null ? NODE_MARKS[fact.verb] : undefined
    const mark = which === 'all' && fact.identity !== null ? MARKS[fact.verb] : undefined
    if (nodeSays === undefined && !mark) return []
    const key = `${fact.node} ${fact.verb}`
    if (Math.abs(y - (last.get(key) ?? -Infinity)) < APART) return []
    last.set(key, y)
    if (mark) return identity === null || identity === fact.identity ? mark.draw(x, y) : mark.draw(x, y).map(shape => ({ ...shape, opacity: FAINT }))
    const tone = fact.verb === 'restarted' || fact.verb === 'healed' ? 'ok' : 'danger'
    return [{ d: disc(x, y, 3.5), fill: tone }, { text: nodeSays!, x: x + 8, y: y + 3.5, tone, size: 10, anchor: 'start', bold: true, halo: 'surface' }]
  })
}

/** What a fact is called where there is no picture. */
export function factText(verb: FactVerb): string | null {
  return MARKS[verb]?.says ?? NODE_MARKS[verb] ?? null
}
