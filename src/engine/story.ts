import type { Handle } from '../contract/message.ts'
import type { CopyStory, MessageStory } from '../contract/story.ts'
import { answersFor } from './answers.ts'
import { describeCopy, identityOf, parseIdentity, type Identity } from './inspect.ts'
import type { Run } from './run.ts'
import { stepsOf } from './steps.ts'
import type { Fact } from './trace.ts'

/** A message that goes round for ever fills no more than this. */
const FACTS_MAX = 400
/** A fan-out to a thousand queues is told by its first copies. */
const COPIES_TOLD = 24

/** Everything known of a message, worked out now from the copies that are there, those that died lately, and the trace. */
export function storyOf(run: Run, identity: string, picked: Handle): MessageStory | null {
  const who = parseIdentity(run, identity)
  if (!who) return null
  const facts = run.core.trace.newest(FACTS_MAX, fact => fact.origin === who.origin && fact.serial === who.serial)
  const handles = copiesOf(run, who, picked)
  if (facts.length === 0 && handles.length === 0) return null
  const copies = handles.slice(0, COPIES_TOLD).map(handle => copyStory(run, handle, facts)).filter(copy => copy !== null)
  return {
    identity: identityOf(run, who.origin, who.serial),
    copies,
    moreCopies: handles.length - copies.length,
    steps: stepsOf(run, facts),
    whole: facts[0]?.verb === 'published',
    ending: copies.length > 0 ? null : endingOf(run, facts),
  }
}

function copyStory(run: Run, handle: Handle, facts: readonly Fact[]): CopyStory | null {
  const row = describeCopy(run, handle)
  return row && { ...row, answers: answersFor(run, handle, row.reason, facts) }
}

/** The picked one is always among those told; else by node, then by record, and what died last comes last. */
function copiesOf(run: Run, { origin, serial }: Identity, picked: Handle): readonly Handle[] {
  const { messages } = run.core
  const isIt = (message: Handle): boolean => messages.serial(message) === serial && messages.origin(message) === origin
  const live: Handle[] = []
  messages.forEachLive(message => {
    if (isIt(message)) live.push(message)
  })
  live.sort((a, b) => run.core.nodeOfLedger(messages.holder(a)) - run.core.nodeOfLedger(messages.holder(b)) || a - b)
  const dead = messages.dead.newest(COPIES_TOLD, copy => isIt(copy.message)).map(copy => copy.message)
  const all = [...live, ...dead.reverse()]
  const place = all.indexOf(picked)
  return place < COPIES_TOLD ? all : [picked, ...all.filter(handle => handle !== picked)]
}

export function endingOf(run: Run, facts: readonly Fact[]): string {
  const last = facts.at(-1)
  if (!last) return 'It is over, and the trace has forgotten how.'
  const label = run.parts.nodeList[last.node]?.label() ?? 'a node that was removed'
  switch (last.verb) {
    case 'settled':
      return `It is done: its consumer acknowledged it, and ${label} let it go.`
    case 'discarded':
      return `It died at ${label}: ${last.reason ?? 'for no known reason'}.`
    default:
      return `It is done; the last that is known of it happened at ${label}.`
  }
}
