import type { Config, NodeId } from '../topology/document.ts'
import type { FactVerb } from './fact.ts'
import type { CopyState, DiscardReason } from './ledger.ts'
import type { Handle, MessageType, Nanos } from './message.ts'
import type { Question } from './why.ts'

/** One copy in words and figures, for inspectors and tests. */
export interface MessageRow {
  readonly handle: Handle
  /** Producer's node id and its own counter: "alice#17". The same in every run of the same topology and seed. */
  readonly identity: string
  readonly type: MessageType
  readonly key: string
  readonly headers: Config
  readonly properties: Readonly<Record<string, unknown>>
  readonly body: string
  readonly bytes: number
  readonly persistent: boolean
  readonly redelivered: boolean
  readonly reply: boolean
  /** It died somewhere and goes where dead letters go. */
  readonly deadLetter: boolean
  /** What it came through last (the exchange it was published to); empty: nothing. */
  readonly through: string
  readonly look: number
  readonly bornNs: Nanos
  /** When this copy came to where it is, or died there. */
  readonly sinceNs: Nanos
  readonly state: CopyState
  /** Why it died; null for a copy that is there. */
  readonly reason: DiscardReason | null
  readonly where: NodeId
}

/** Names a message whatever becomes of it; the handle names one of its copies while that is there. */
export interface MessageAddress {
  readonly identity: string
  readonly handle: Handle
}

/** All that is known of one message: every copy that can still be read, and what happened to it. */
export interface MessageStory {
  readonly identity: string
  /** Copies that are there, then those that died lately. */
  readonly copies: readonly CopyStory[]
  /** Copies beyond those told. */
  readonly moreCopies: number
  /** Oldest first. */
  readonly steps: readonly StoryStep[]
  /** False when the trace has forgotten its beginning. */
  readonly whole: boolean
  /** What became of it, when no copy can be read any more. */
  readonly ending: string | null
}

export interface CopyStory extends MessageRow {
  readonly answers: readonly Answer[]
}

export interface Answer {
  readonly asks: Question
  readonly says: string
  readonly grounds: readonly AnswerGround[]
}

export interface AnswerGround {
  readonly says: string
  readonly fits?: boolean
  readonly sinceNs?: Nanos
  readonly untilNs?: Nanos
  readonly message?: MessageAddress
}

export interface StoryStep {
  readonly atNs: Nanos
  readonly node: NodeId
  readonly label: string
  readonly verb: FactVerb
  readonly says: string
  /** Whether it happened to the message, or to a node on its way. */
  readonly about: 'message' | 'node'
}
