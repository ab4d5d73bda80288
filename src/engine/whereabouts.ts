import type { Whereabouts } from '../contract/fact-log.ts'
import { RETAINED, UNACKNOWLEDGED } from '../contract/ledger.ts'
import type { Handle } from '../contract/message.ts'
import { flightTo } from './answers.ts'
import { identityOf, parseIdentity, type Identity } from './inspect.ts'
import type { Run } from './run.ts'
import { endingOf } from './story.ts'
import type { Fact } from './trace.ts'

/** Facts of one message that are looked through for where it is. */
const FACTS_MAX = 100

/**
 * Where a message is: its copy `picked` as long as that is there, then the one that moved last. Null when nothing is known of it. A delivery that its
 * queue still holds is where the sight of it is: on the wire, or with whoever got it.
 */
export function whereaboutsOf(run: Run, identity: string, picked: Handle): Whereabouts | null {
  const who = parseIdentity(run, identity)
  if (!who) return null
  const facts = run.core.trace.newest(FACTS_MAX, fact => fact.origin === who.origin && fact.serial === who.serial)
  const copy = copyOf(run, who, picked)
  const name = identityOf(run, who.origin, who.serial)
  if (copy === 0) {
    const last = facts.at(-1)
    if (!last) return null
    const node = run.parts.nodeList[last.node]?.id
    return { identity: name, handle: 0, at: node === undefined ? null : { on: 'node', node }, says: `${name}: ${endingOf(run, facts)}`, over: true }
  }
  return { identity: name, handle: copy, over: false, ...placeOf(run, copy, { name, facts }) }
}

function placeOf(run: Run, copy: Handle, { name, facts }: { readonly name: string; readonly facts: readonly Fact[] }): Pick<Whereabouts, 'at' | 'says'> {
  const { core, parts } = run
  const flight = flightTo(run, copy)
  if (flight) {
    const { channel, way, arriveNs, flightNs } = flight
    const [from, to] = [channel.ends[way].node.label(), channel.ends[1 - way]!.node.label()]
    const share = flightNs > 0 ? Math.min(1, Math.max(0, 1 - (arriveNs - core.nowNs) / flightNs)) : 1
    return { at: { on: 'wire', channel: channel.id, way, share }, says: channel.cut ? `${name} is held on the cut wire from ${from} to ${to}.` : `${name} is on its way from ${from} to ${to}.` }
  }
  const holder = core.nodeOfLedger(core.messages.holder(copy))
  // While its queue waits for the acknowledgement, whoever got it has it in hand.
  const out = core.messages.stateNumber(copy) === UNACKNOWLEDGED ? facts.findLast(fact => fact.node !== holder && fact.atNs >= core.messages.sinceNs(copy)) : undefined
  const node = parts.nodeList[out?.node ?? holder]
  if (!node) return { at: null, says: `${name} is at a node that was removed.` }
  const state = core.messages.stateNumber(copy)
  const says = out ? `${name} is with ${node.label()}.` : state === RETAINED ? `${name} is kept in ${node.label()}.` : `${name} waits in ${node.label()}.`
  return { at: { on: 'node', node: node.id }, says }
}

/** A copy that is there; 0 for none. What is only kept comes last: it goes nowhere. */
function copyOf(run: Run, { origin, serial }: Identity, picked: Handle): Handle {
  const { messages } = run.core
  const isIt = (message: Handle): boolean => messages.serial(message) === serial && messages.origin(message) === origin
  let [best, rank] = [0, -1]
  messages.forEachLive((message, _, state) => {
    if (!isIt(message)) return
    const own = message === picked && state !== RETAINED ? Infinity : state === RETAINED ? 0 : 1 + messages.sinceNs(message)
    if (own > rank) [best, rank] = [message, own]
  })
  return best
}
