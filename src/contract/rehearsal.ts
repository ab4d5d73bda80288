import type { Nanos } from './message.ts'
import type { MessageRow } from './story.ts'

/** What a node would say: made by the simulation itself, in a run of its own that leaves no trace in any other. */
export interface Rehearsal {
  /** When its first messages would be made, in order. */
  readonly atNs: readonly Nanos[]
  /** The very first of them, as they are just after they were made. */
  readonly messages: readonly RehearsedMessage[]
  /** True when they came only because a message was sent by hand: the node says nothing of its own accord. */
  readonly byHand: boolean
}

export type RehearsedMessage = Pick<MessageRow, 'identity' | 'type' | 'key' | 'headers' | 'body' | 'bytes' | 'look' | 'bornNs' | 'reply' | 'persistent'>
