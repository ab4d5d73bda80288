import type { FactVerb } from '../contract/fact.ts'
import type { StoryStep } from '../contract/story.ts'
import type { Run } from './run.ts'
import type { Fact } from './trace.ts'

const SAYS: Readonly<Record<FactVerb, string>> = {
  published: 'Published',
  routed: 'Routed',
  enqueued: 'Joined the queue',
  'handed-out': 'Handed out',
  delivered: 'Delivered',
  settled: 'Acknowledged',
  requeued: 'Put back',
  rejected: 'Rejected by its consumer',
  discarded: 'Died',
  started: 'Work on it began',
  finished: 'Work on it was done',
  failed: 'Work on it failed',
  crashed: 'Crashed',
  restarted: 'Came back',
  cut: 'A connection was cut',
  healed: 'A connection was healed',
  opened: 'Opened',
  closed: 'Closed',
  declared: 'Declared',
  deleted: 'Deleted',
  stored: 'Stored',
  broadcast: 'Passed on to everybody connected',
  'dead-lettered': 'Became a dead letter',
  edited: 'Edited',
  sent: 'Sent',
}
/** What happens to a node on the way that explains what happens to a message. */
const TELLING: ReadonlySet<FactVerb> = new Set<FactVerb>(['crashed', 'restarted', 'cut', 'healed', 'deleted'])
const NODE_FACTS_MAX = 40

/** The facts of a message as a story, with what happened to the nodes on its way meanwhile. */
export function stepsOf(run: Run, facts: readonly Fact[]): readonly StoryStep[] {
  const about = nodeFacts(run, facts)
  const all = [...facts.map((fact, order) => ({ fact, order, own: true })), ...about.map((fact, order) => ({ fact, order: order - about.length, own: false }))]
  // At one instant the cause comes before what it did to the message.
  all.sort((a, b) => a.fact.atNs - b.fact.atNs || a.order - b.order)
  return all.map(({ fact, own }): StoryStep => {
    const node = run.parts.nodeList[fact.node]
    const says = `${SAYS[fact.verb]}${fact.verb === 'requeued' ? whyRequeued(run, facts, about, fact) : moreOf(fact)}`
    return { atNs: fact.atNs, node: node?.id ?? '', label: node?.label() ?? 'a removed node', verb: fact.verb, says, about: own ? 'message' : 'node' }
  })
}

function moreOf({ verb, reason, detail }: Fact): string {
  if (verb === 'routed') return `: ${detail === 1 ? 'one copy goes' : `${detail} copies go`} on`
  if (verb === 'broadcast') return `: ${detail}`
  return reason === null ? '' : `: ${reason}`
}

/** Crashes, cuts and the like at the nodes it visited, from its beginning on. */
function nodeFacts(run: Run, facts: readonly Fact[]): readonly Fact[] {
  const first = facts[0]?.atNs ?? Infinity
  const nodes = new Set<number>()
  for (const { node } of facts) {
    nodes.add(node)
    const id = run.parts.nodeList[node]?.id
    const container = id === undefined ? undefined : run.parts.systemOf.get(id)?.container
    if (container) nodes.add(container.index)
  }
  return run.core.trace.newest(NODE_FACTS_MAX, fact => fact.origin < 0 && fact.atNs >= first && TELLING.has(fact.verb) && nodes.has(fact.node))
}

/** Whoever had it failed, crashed, or lost its connection. */
function whyRequeued(run: Run, facts: readonly Fact[], about: readonly Fact[], requeued: Fact): string {
  const label = (node: number): string => run.parts.nodeList[node]?.label() ?? 'a removed node'
  const before = facts.slice(0, facts.indexOf(requeued))
  const had = before.findLast(fact => fact.verb === 'delivered')
  const out = before.findLast(fact => fact.verb === 'handed-out')
  if (!out) return ''
  if (had && had.atNs >= out.atNs) {
    if (before.some(fact => fact.verb === 'failed' && fact.node === had.node && fact.atNs >= had.atNs)) return `: ${label(had.node)} failed on it and gave it back`
    if (about.some(fact => fact.verb === 'crashed' && fact.node === had.node && fact.atNs >= had.atNs && fact.atNs <= requeued.atNs)) return `: ${label(had.node)} had crashed`
  }
  const broker = about.find(fact => fact.verb === 'crashed' && fact.atNs >= out.atNs && fact.atNs <= requeued.atNs && fact.node !== had?.node)
  return broker ? `: ${label(broker.node)} crashed while it was out` : ': it was given back, or its connection was lost'
}
