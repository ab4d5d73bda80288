import { LOOK_DEAD, LOOK_REDELIVERED, LOOK_REPLY } from '../contract/hops.ts'
import type { Crossing, SequenceFact } from '../contract/sequence.ts'
import { duration } from '../ui/format.ts'
import { factText } from './fact-marks.ts'
import type { Lifeline } from './lifelines.ts'
import { momentText } from './time.ts'
import { arrowText } from './words.ts'

/** Mermaid draws no more than a page or two well; who wants more chooses a shorter stretch, or one message. */
export const MERMAID_ARROWS_MAX = 300
/** What is told beside arrows: what an arrow can't show. */
const TOLD: ReadonlySet<SequenceFact['verb']> = new Set<SequenceFact['verb']>(['settled', 'requeued', 'rejected', 'discarded', 'dead-lettered', 'crashed', 'restarted', 'cut', 'healed'])

export interface MermaidOptions {
  readonly title: string
  readonly lifelines: readonly Lifeline[]
  readonly crossings: readonly Crossing[]
  readonly facts: readonly SequenceFact[]
}

/**
 * The same as a `sequenceDiagram` of Mermaid, which knows no time: its arrows are level, one below the other, in the order in which they ended; so each
 * lifeline shows what it saw in its order. A latency stands behind each.
 */
export function mermaidOf({ title, lifelines, crossings, facts }: MermaidOptions): string {
  const names = new Map(lifelines.map((one, index) => [one.id, `n${index + 1}`]))
  // What happens to a broker is told at its first part.
  for (const { id, within } of lifelines) if (within !== null && !names.has(within)) names.set(within, names.get(id)!)
  const drawn = crossings.filter(one => names.has(one.from) && names.has(one.to)).toSorted((a, b) => a.endNs - b.endNs || a.departNs - b.departNs)
  const shown = drawn.slice(0, MERMAID_ARROWS_MAX)
  const untilNs = shown.length < drawn.length ? shown.at(-1)!.endNs : Infinity
  const events = [
    ...shown.map(crossing => ({ atNs: crossing.endNs, line: arrow(names, crossing) })),
    ...facts.filter(fact => TOLD.has(fact.verb) && names.has(fact.node) && fact.atNs <= untilNs).map(fact => ({ atNs: fact.atNs, line: note(names.get(fact.node)!, fact) })),
  ].toSorted((a, b) => a.atNs - b.atNs)
  const lines = [
    'sequenceDiagram',
    `  title ${safe(title)}`,
    ...lifelines.map(one => `  participant ${names.get(one.id)} as ${safe(one.label)}`),
    ...events.map(event => `  ${event.line}`),
    ...(shown.length < drawn.length && lifelines[0] ? [`  Note over ${names.get(lifelines[0].id)}: ${safe(`… and ${drawn.length - shown.length} more messages`)}`] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** Commands and documents by a filled head, events by an open one; replies dashed; what doesn't arrive ends in a cross. */
function arrow(names: ReadonlyMap<string, string>, crossing: Crossing): string {
  const dashed = (crossing.look & LOOK_REPLY) !== 0 ? '--' : '-'
  const end = crossing.end === 'lost' || crossing.end === 'held' ? 'x' : crossing.type === 'event' ? ')' : '>>'
  const marks = [(crossing.look & LOOK_DEAD) !== 0 ? 'dead letter' : '', (crossing.look & LOOK_REDELIVERED) !== 0 ? 'redelivered' : '', reasonText(crossing)].filter(text => text !== '')
  const text = `${arrowText(crossing)} (${[crossing.end === 'flying' ? 'on its way' : duration(crossing.endNs - crossing.departNs), ...marks].join(', ')})`
  return `${names.get(crossing.from)}${dashed}${end}${names.get(crossing.to)}: ${safe(text)}`
}

function reasonText({ end, reason }: Crossing): string {
  if (end === 'held') return 'held by a cut'
  return reason === null ? '' : end === 'lost' ? `lost: ${reason}` : `discarded: ${reason}`
}

function note(name: string, { verb, identity, reason, atNs }: SequenceFact): string {
  const text = [identity, factText(verb), momentText(atNs, 1e6)].filter(part => part !== null).join(' ')
  return `Note over ${name}: ${safe(reason === null ? text : `${text}, ${reason}`)}`
}

/** Signs that Mermaid would read as its own are written by their numbers, which it turns back when it draws. */
function safe(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain === '' ? '#8203;' : plain.replace(/[#;:<>%&"\\{}]/g, sign => `#${sign.codePointAt(0)};`)
}
