import type { FactVerb } from '../contract/fact.ts'
import type { Catalogue } from '../contract/manifest.ts'
import { findChannel, findNode, type Topology } from '../topology/document.ts'
import type { Condition, PacketVerb } from '../worker/api.ts'

/** What happens to a message, as it follows its name. */
const TO_MESSAGE: Readonly<Partial<Record<FactVerb, string>>> = {
  published: 'is published',
  routed: 'is routed',
  enqueued: 'joins the queue',
  'handed-out': 'is handed out',
  delivered: 'is delivered',
  settled: 'is acknowledged',
  requeued: 'is put back',
  rejected: 'is rejected',
  discarded: 'is lost',
  started: 'begins to be worked on',
  finished: 'is finished',
  failed: 'makes its work fail',
  stored: 'is stored',
  broadcast: 'is passed on to everybody connected',
  'dead-lettered': 'becomes a dead letter',
  sent: 'is sent',
}
/** What happens to a node. */
const TO_NODE: Readonly<Partial<Record<FactVerb, string>>> = {
  crashed: 'crashes',
  restarted: 'comes back',
  cut: 'has a connection cut',
  healed: 'has a connection healed',
  opened: 'opens a connection',
  closed: 'has a connection closed',
  declared: 'is declared',
  deleted: 'is deleted',
  edited: 'is edited',
}
const PACKET: Readonly<Record<PacketVerb, string>> = { departs: 'leaves', arrives: 'arrives', lost: 'is lost' }

/** Kinds of facts about messages, then those about nodes alone, with what people call them. */
export const FACT_KINDS: readonly { readonly verb: FactVerb; readonly about: 'message' | 'node'; readonly says: string }[] = [
  ...Object.entries(TO_MESSAGE).map(([verb, says]) => ({ verb: verb as FactVerb, about: 'message' as const, says })),
  ...Object.entries(TO_NODE).map(([verb, says]) => ({ verb: verb as FactVerb, about: 'node' as const, says })),
]

export interface Names {
  readonly topology: Topology
  readonly catalogue: Catalogue
}

/** Completes "Pause when …". */
export function conditionText(names: Names, when: Condition): string {
  if (when.watch === 'level') return `${probeTitle(names, when).toLowerCase()} of ${labelOf(names, when.node)} comes to ${when.from}`
  const what = messageText(when)
  if (when.watch === 'packet') {
    const channel = findChannel(names.topology, when.channel)
    const line = channel ? `${labelOf(names, channel.from)} → ${labelOf(names, channel.to)}` : 'a channel that is gone'
    return `${what ?? 'a message'} ${when.does === undefined ? 'leaves, arrives or is lost' : PACKET[when.does]} on ${line}`
  }
  const { node, verb, reason } = when
  const why = reason === undefined ? '' : ` (${reason})`
  const place = node === undefined ? '' : ` at ${labelOf(names, node)}`
  const toNode = verb === undefined ? undefined : TO_NODE[verb]
  if (toNode !== undefined) return `${node === undefined ? 'a node' : labelOf(names, node)} ${toNode}`
  if (verb === undefined) return `anything happens${what === null ? '' : ` to ${what}`}${place}${why}`
  return `${what ?? 'a message'} ${TO_MESSAGE[verb]}${place}${why}`
}

/** Whether all that it names is there. */
export function isThere({ topology }: Names, when: Condition): boolean {
  if (when.watch === 'packet') return findChannel(topology, when.channel) !== undefined
  return when.node === undefined || findNode(topology, when.node) !== undefined
}

function messageText({ key, type }: { readonly key?: string; readonly type?: string }): string | null {
  if (key === undefined && type === undefined) return null
  return `${type === undefined ? 'a message' : `${type === 'event' ? 'an' : 'a'} ${type}`}${key === undefined ? '' : ` with key ${key}`}`
}

function labelOf({ topology }: Names, node: string): string {
  return findNode(topology, node)?.label ?? 'a node that is gone'
}

function probeTitle({ topology, catalogue }: Names, { node, probe }: { readonly node: string; readonly probe: string }): string {
  return catalogue.node(findNode(topology, node)?.type ?? '')?.probes.find(one => one.id === probe)?.title ?? probe
}
