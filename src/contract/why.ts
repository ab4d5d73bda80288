import type { NodeId } from '../topology/document.ts'
import type { NodeContext } from './context.ts'
import type { FactVerb } from './fact.ts'
import type { DiscardReason } from './ledger.ts'
import type { Handle, Nanos } from './message.ts'

/** Which question an answer is to: why is it here, why does it wait, why did it die? */
export type Question = 'here' | 'waits' | 'died'

/** An answer about one copy, in the words of whoever holds it. It is worked out when somebody asks, never kept. */
export interface Why {
  readonly asks: Question
  /** One plain sentence. */
  readonly says: string
  /** What the answer rests on, one line each. */
  readonly grounds: readonly Ground[]
  /** An application that has sight of the copy while another node holds it: it is asked too. */
  readonly seenBy?: NodeId
}

export interface Ground {
  readonly says: string
  /** Of something that was tried (a binding): whether it matched. */
  readonly fits?: boolean
  /** Simulated times that belong to it: since when it is so, and when it will end. */
  readonly sinceNs?: Nanos
  readonly untilNs?: Nanos
  /** Another copy that it speaks of. */
  readonly message?: Handle
}

/** What is asked, and what may be looked up for an answer. */
export interface Asked {
  /** The node that holds the copy, or where it died. */
  readonly node: NodeContext
  readonly message: Handle
  /** Why the copy was discarded; null while it is there. */
  readonly ended: DiscardReason | null
  /** How people call a node. */
  label(node: NodeId): string
  /** The newest fact about the message with one of these verbs; null when there is none, or the trace has forgotten it. */
  last(...verbs: readonly FactVerb[]): { readonly node: NodeId; readonly atNs: Nanos } | null
}
