import type { DiscardReason } from '../contract/ledger.ts'
import type { Handle } from '../contract/message.ts'
import type { Answer, AnswerGround } from '../contract/story.ts'
import type { Asked, Ground, Why } from '../contract/why.ts'
import type { ChannelRuntime } from './channel-runtime.ts'
import { DEATHS } from './deaths.ts'
import { addressOf } from './inspect.ts'
import type { NodeRuntime } from './node-runtime.ts'
import type { Run } from './run.ts'
import type { Fact } from './trace.ts'

/** Why a copy is here, waits, or died: whoever holds it is asked, and who has sight of it; what nobody explains is told in general words. */
export function answersFor(run: Run, handle: Handle, ended: DiscardReason | null, facts: readonly Fact[]): readonly Answer[] {
  const { messages } = run.core
  const node = run.parts.nodeList[run.core.nodeOfLedger(messages.holder(handle))]
  if (!node) return ended === null ? [] : [{ asks: 'died', says: DEATHS[ended]('Its node'), grounds: [] }]
  const label = (id: string): string => run.parts.nodes.get(id)?.label() ?? id
  const last: Asked['last'] = (...verbs) => {
    const fact = facts.findLast(one => verbs.includes(one.verb))
    const at = fact && run.parts.nodeList[fact.node]
    return at ? { node: at.id, atNs: fact.atNs } : null
  }
  if (messages.isOnWire(handle)) return inFlight(run, handle)
  const asked: Asked = { node, message: handle, ended, label, last }
  const whys = ask(run, node, asked)
  const answers = whys.map(why => answer(run, why, [...why.grounds, ...sight(run, asked, why)]))
  if (ended !== null && !whys.some(why => why.asks === 'died')) return [{ asks: 'died', says: DEATHS[ended](node.label()), grounds: [] }, ...answers]
  if (ended === null && answers.length === 0) return [{ asks: 'here', says: `${node.label()} holds it.`, grounds: [] }]
  return answers
}

function ask(run: Run, node: NodeRuntime, asked: Asked): readonly Why[] {
  const system = run.parts.systemOf.get(node.id)?.model
  if (system) return system.why?.(asked) ?? []
  const own = run.parts.applications.get(node.id)?.behaviour.why?.(asked) ?? []
  if (own.length > 0) return own
  // Each endpoint knows of its own; of several that might have lost it the first speaks.
  for (const endpoint of run.parts.endpointsOf(node.id)) {
    const found = endpoint.why?.(asked) ?? []
    if (found.length > 0) return found
  }
  return []
}

/** What an application does with the copy that its queue still holds, and whether it has reached it yet. */
function sight(run: Run, asked: Asked, why: Why): readonly Ground[] {
  const { seenBy } = why
  const node = seenBy === undefined ? undefined : run.parts.nodes.get(seenBy)
  if (!node) return []
  const flight = flightTo(run, asked.message)
  if (flight) return [flightGround(flight.channel, flight.arriveNs, `Its delivery to ${node.label()} is still on the wire`)]
  const seen = run.parts.applications.get(node.id)?.behaviour.why?.({ ...asked, node }) ?? []
  if (seen.length > 0) return seen.flatMap(one => [{ says: one.says }, ...one.grounds])
  const done = asked.last('finished', 'failed', 'stored')
  return done?.node === node.id ? [{ says: `${node.label()} is done with it; its answer is still on the wire`, sinceNs: done.atNs }] : []
}

function inFlight(run: Run, handle: Handle): readonly Answer[] {
  const flight = flightTo(run, handle)
  if (!flight) return []
  const { channel, way, arriveNs } = flight
  const [from, to] = way === 0 ? channel.ends : [channel.ends[1], channel.ends[0]]
  const says = channel.cut ? `It is held on the wire from ${from.node.label()} to ${to.node.label()}.` : `It is on its way from ${from.node.label()} to ${to.node.label()}.`
  return [{ asks: channel.cut ? 'waits' : 'here', says, grounds: [flightGround(channel, arriveNs, 'It arrives')] }]
}

function flightGround(channel: ChannelRuntime, arriveNs: number, says: string): Omit<Ground, 'message'> {
  return channel.cut ? { says: 'The connection is cut: what flies waits until it is healed', sinceNs: channel.sinceNs } : { says, untilNs: arriveNs }
}

/** The wire that a copy, or the sight of one, is on. */
export function flightTo(run: Run, handle: Handle): { readonly channel: ChannelRuntime; readonly way: 0 | 1; readonly arriveNs: number; readonly flightNs: number } | null {
  for (const channel of run.parts.channels.values()) {
    const flight = channel.flightOf(handle)
    if (flight) return { channel, ...flight }
  }
  return null
}

function answer(run: Run, why: Why, grounds: readonly Ground[]): Answer {
  return { asks: why.asks, says: why.says, grounds: grounds.map(({ message, ...ground }): AnswerGround => ({ ...ground, ...(message === undefined ? {} : { message: addressOf(run, message) }) })) }
}
