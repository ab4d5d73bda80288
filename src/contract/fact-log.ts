import type { NodeId } from '../topology/document.ts'
import type { FactVerb } from './fact.ts'
import type { DiscardReason } from './ledger.ts'
import type { MessageType, Nanos } from './message.ts'

/** What a fact can be picked by. */
export const FACT_FIELDS = ['node', 'kind', 'message', 'key', 'correlation', 'type', 'reason', 'text'] as const
export type FactField = (typeof FACT_FIELDS)[number]

/** Holds for a fact of which the field fits one of the patterns (`*` stands for any characters); `not`: which fits none. */
export interface FactTerm {
  readonly field: FactField
  readonly not: boolean
  readonly anyOf: readonly string[]
}

export interface LogQuery {
  /** All of them hold. */
  readonly filter: readonly FactTerm[]
  /** Facts of these numbers only: from the first, and before the second. */
  readonly from: number
  readonly before: number
  /** The newest of those that fit, so many. */
  readonly limit: number
}

export interface LogPage {
  /** Oldest first. */
  readonly rows: readonly FactRow[]
  /** Which run this is of: another one counts its facts anew. */
  readonly run: number
  /** Facts that were ever stated, and number of the oldest that is kept. */
  readonly count: number
  readonly oldest: number
}

/** A fact in words. */
export interface FactRow {
  /** Counted from 0, over the whole run. */
  readonly number: number
  readonly atNs: Nanos
  /** Empty when it was removed. */
  readonly node: NodeId
  readonly label: string
  readonly verb: FactVerb
  readonly reason: DiscardReason | null
  /** Null when it is about no message. */
  readonly message: FactMessage | null
  readonly says: string
}

export interface FactMessage {
  readonly identity: string
  readonly key: string
  readonly type: MessageType
  /** Shape, colour and whether it is a reply, as bits of a look. */
  readonly look: number
  readonly correlation: string | null
}

/** Where a message is now, for somebody who follows it. */
export interface Whereabouts {
  readonly identity: string
  /** The copy that is followed; another one, when the one before has ended. 0 when none is left. */
  readonly handle: number
  readonly at: { readonly on: 'node'; readonly node: NodeId } | { readonly on: 'wire'; readonly channel: string; readonly way: 0 | 1; /** Of its way, from 0 to 1. */ readonly share: number } | null
  /** One sentence. */
  readonly says: string
  /** Nothing of it is left. */
  readonly over: boolean
}
