import type { DiscardReason, LedgerFigures } from '../contract/ledger.ts'
import { FLAG_DEAD, FLAG_PERSISTENT, FLAG_REDELIVERED, FLAG_REPLY, type Handle } from '../contract/message.ts'
import type { MessageAddress, MessageRow } from '../contract/story.ts'
import type { NodeId } from '../topology/document.ts'
import { factSentence } from './fact-sentence.ts'
import type { Fact } from './trace.ts'
import type { Run } from './run.ts'

export interface PartDetail {
  readonly id: NodeId
  readonly state: 'up' | 'down' | 'absent'
  readonly sinceNs: number
  readonly ledger: LedgerFigures
  readonly messages: readonly MessageRow[]
  readonly total: number
  readonly notes: readonly string[]
}

export interface FactRow {
  readonly atNs: number
  readonly node: NodeId
  readonly verb: string
  readonly message: string | null
  readonly reason: DiscardReason | null
  readonly says: string
}

/** What makes a message the same wherever it is: the index of its producer's node, and the producer's own count. */
export interface Identity {
  readonly origin: number
  readonly serial: number
}

/** Producer's id and its own counter: the same in every run of the same topology and seed. */
export function identityOf(run: Run, origin: number, serial: number): string {
  return `${run.parts.nodeList[origin]?.id ?? `removed-${origin}`}#${serial}`
}

/** The same backwards; null for a text that names no message of this run. */
export function parseIdentity(run: Run, identity: string): Identity | null {
  const mark = identity.lastIndexOf('#')
  const producer = identity.slice(0, mark)
  const serial = Number(identity.slice(mark + 1))
  const origin = run.parts.nodes.get(producer)?.index ?? Number(/^removed-(\d+)$/.exec(producer)?.[1] ?? -1)
  return mark < 0 || origin < 0 || !Number.isSafeInteger(serial) ? null : { origin, serial }
}

export function addressOf(run: Run, handle: Handle): MessageAddress {
  const table = run.core.messages
  return { identity: identityOf(run, table.origin(handle), table.serial(handle)), handle }
}

export function describeCopy(run: Run, handle: Handle): MessageRow | null {
  const table = run.core.messages
  if (!table.exists(handle)) return null
  const flags = table.flags(handle)
  const state = table.state(handle)
  return {
    ...addressOf(run, handle),
    type: table.type(handle),
    key: table.key(handle),
    headers: table.headers(handle) ?? {},
    properties: table.properties(handle) ?? {},
    body: table.body(handle),
    bytes: table.bytes(handle),
    persistent: (flags & FLAG_PERSISTENT) !== 0,
    redelivered: (flags & FLAG_REDELIVERED) !== 0,
    reply: (flags & FLAG_REPLY) !== 0,
    deadLetter: (flags & FLAG_DEAD) !== 0,
    through: table.text(table.via(handle)),
    look: table.look(handle),
    bornNs: table.bornNs(handle),
    sinceNs: table.sinceNs(handle),
    state,
    reason: state === 'discarded' ? table.dead.reasonOf(handle) : null,
    where: run.parts.nodeList[run.core.nodeOfLedger(table.holder(handle))]?.id ?? '',
  }
}

export function describeNode(run: Run, id: NodeId, page: { readonly from: number; readonly limit: number }): PartDetail | null {
  const node = run.parts.nodes.get(id)
  if (!node) return null
  const system = run.parts.systemOf.get(id)?.model
  const behaviour = run.parts.applications.get(id)?.behaviour
  const handles: Handle[] = []
  const total = !node.up ? 0 : system ? system.contents(node, handles, page.from, page.limit) : heldBy(run, id, handles, page)
  return {
    id,
    state: !node.up ? 'down' : node.there ? 'up' : 'absent',
    sinceNs: node.sinceNs,
    ledger: run.core.ledgers[node.index]!.figures(),
    messages: handles.map(handle => describeCopy(run, handle)).filter(row => row !== null),
    total,
    notes: system ? system.notes(node) : [...(behaviour?.notes() ?? []), ...run.parts.endpointsOf(id).flatMap(endpoint => endpoint.notes?.() ?? [])],
  }
}

/** What an application has in hand, then what its endpoints keep for it; how many in all. */
function heldBy(run: Run, id: NodeId, out: Handle[], { from, limit }: { readonly from: number; readonly limit: number }): number {
  let count = run.parts.applications.get(id)?.behaviour.contents(out, from, limit) ?? 0
  const inHand = new Set(out)
  for (const endpoint of run.parts.endpointsOf(id)) {
    endpoint.queued?.(message => {
      if (inHand.has(message)) return
      if (count >= from && count < from + limit) out.push(message)
      count += 1
    })
  }
  return count
}

/** Copies that were discarded lately, newest first: at one node, or anywhere. */
export function describeDead(run: Run, filter: { readonly node?: NodeId; readonly limit: number }): readonly MessageRow[] {
  const { messages } = run.core
  const holder = filter.node === undefined ? -1 : (run.parts.nodes.get(filter.node)?.ledger.at ?? 0)
  const dead = messages.dead.newest(filter.limit, copy => holder < 0 || messages.holder(copy.message) === holder)
  return dead.map(copy => describeCopy(run, copy.message)).filter(row => row !== null)
}

export function describeFact(run: Run, fact: Fact): FactRow {
  const node = run.parts.nodeList[fact.node]
  const message = fact.origin < 0 ? null : identityOf(run, fact.origin, fact.serial)
  return { atNs: fact.atNs, node: node?.id ?? '', verb: fact.verb, message, reason: fact.reason, says: factSentence(fact, node?.label() ?? 'a removed node', message) }
}
