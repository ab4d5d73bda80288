import type { Handle } from '../contract/model.ts'
import type { DiscardReason, LedgerFigures } from '../contract/ledger.ts'
import { FLAG_PERSISTENT, FLAG_REDELIVERED, FLAG_REPLY, type Headers, type MessageType } from '../contract/model.ts'
import type { NodeId } from '../topology/document.ts'
import type { Fact } from './trace.ts'
import type { Run } from './run.ts'

/** One copy in words and figures, for inspectors and tests. */
export interface CopyDetail {
  readonly handle: Handle
  readonly identity: string
  readonly type: MessageType
  readonly key: string
  readonly headers: Headers
  readonly body: string
  readonly bytes: number
  readonly persistent: boolean
  readonly redelivered: boolean
  readonly reply: boolean
  readonly look: number
  readonly bornNs: number
  readonly sinceNs: number
  readonly state: string
  readonly where: NodeId
}

export interface PartDetail {
  readonly id: NodeId
  readonly state: 'up' | 'down' | 'absent'
  readonly sinceNs: number
  readonly ledger: LedgerFigures
  readonly messages: readonly CopyDetail[]
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

/** Producer's id and its own counter: the same in every run of the same topology and seed. */
export function identityOf(run: Run, origin: number, serial: number): string {
  return `${run.parts.nodeList[origin]?.id ?? `removed-${origin}`}#${serial}`
}

export function describeCopy(run: Run, handle: Handle): CopyDetail | null {
  const table = run.core.messages
  if (!table.exists(handle)) return null
  const flags = table.flags(handle)
  return {
    handle,
    identity: identityOf(run, table.origin(handle), table.serial(handle)),
    type: table.type(handle),
    key: table.key(handle),
    headers: table.headers(handle) ?? {},
    body: table.body(handle),
    bytes: table.bytes(handle),
    persistent: (flags & FLAG_PERSISTENT) !== 0,
    redelivered: (flags & FLAG_REDELIVERED) !== 0,
    reply: (flags & FLAG_REPLY) !== 0,
    look: table.look(handle),
    bornNs: table.bornNs(handle),
    sinceNs: table.sinceNs(handle),
    state: table.state(handle),
    where: run.parts.nodeList[run.core.nodeOfLedger(table.holder(handle))]?.id ?? '',
  }
}

export function describeNode(run: Run, id: NodeId, page: { readonly from: number; readonly limit: number }): PartDetail | null {
  const node = run.parts.nodes.get(id)
  if (!node) return null
  const system = run.parts.systemOf.get(id)?.model
  const behaviour = run.parts.applications.get(id)?.behaviour
  const handles: Handle[] = []
  const total = !node.up ? 0 : system ? system.contents(node, handles, page.from, page.limit) : (behaviour?.contents(handles, page.from, page.limit) ?? 0)
  return {
    id,
    state: !node.up ? 'down' : node.there ? 'up' : 'absent',
    sinceNs: node.sinceNs,
    ledger: run.core.ledgers[node.index]!.figures(),
    messages: handles.map(handle => describeCopy(run, handle)).filter(row => row !== null),
    total,
    notes: system ? system.notes(node) : (behaviour?.notes() ?? []),
  }
}

export function describeFact(run: Run, fact: Fact): FactRow {
  const node = run.parts.nodeList[fact.node]
  const label = node?.label() ?? 'a removed node'
  const message = fact.origin < 0 ? null : identityOf(run, fact.origin, fact.serial)
  const what = message === null ? '' : ` ${message}`
  const why = fact.reason === null ? '' : `: ${fact.reason}`
  return { atNs: fact.atNs, node: node?.id ?? '', verb: fact.verb, message, reason: fact.reason, says: `${label} ${fact.verb}${what}${why}` }
}
