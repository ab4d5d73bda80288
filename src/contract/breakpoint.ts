import type { ChannelId, NodeId } from '../topology/document.ts'
import type { FactVerb } from './fact.ts'
import type { DiscardReason } from './ledger.ts'
import type { MessageType, Nanos } from './message.ts'
import type { MessageAddress } from './story.ts'

/** Where a run stops by itself. It watches and never takes part: with breakpoints or without, the history is the same. */
export interface Breakpoint {
  readonly id: string
  readonly on: boolean
  /** Turned off by its first hit. */
  readonly once: boolean
  readonly when: Condition
}

/** What has to happen. A field that is left out asks for nothing. */
export type Condition = FactCondition | PacketCondition | LevelCondition

/** A fact is stated. */
export interface FactCondition extends MessageCondition {
  readonly watch: 'fact'
  /** A container means whatever it holds, too. */
  readonly node?: NodeId
  readonly verb?: FactVerb
  readonly reason?: DiscardReason
}

/** A packet with a message departs, arrives, or is lost. */
export interface PacketCondition extends MessageCondition {
  readonly watch: 'packet'
  readonly channel: ChannelId
  readonly does?: PacketVerb
}

/** A level of a node (a queue's depth) comes to a number from below. */
export interface LevelCondition {
  readonly watch: 'level'
  readonly node: NodeId
  /** Id of a level of the node's manifest. */
  readonly probe: string
  readonly from: number
}

export interface MessageCondition {
  /** A whole key, or one with `*` for any characters. */
  readonly key?: string
  readonly type?: MessageType
}

export const PACKET_VERBS = ['departs', 'arrives', 'lost'] as const
export type PacketVerb = (typeof PACKET_VERBS)[number]

/** What a run stopped at. */
export interface Hit {
  /** Of the breakpoint. */
  readonly breakpoint: string
  readonly atNs: Nanos
  readonly part: { readonly part: 'node'; readonly id: NodeId } | { readonly part: 'channel'; readonly id: ChannelId }
  readonly message: MessageAddress | null
  /** What happened, as a sentence. */
  readonly says: string
}

/** How far one step goes: to the next fact, the next packet with a message that departs or arrives, or until a message is done. */
export const STRIDES = ['event', 'hop', 'message'] as const
export type Stride = (typeof STRIDES)[number]

/** Where a step ended; null when nothing came of it. */
export type StepEnd = Omit<Hit, 'breakpoint'>
