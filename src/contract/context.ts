import type { Draw } from '../kernel/draw.ts'
import type { Law } from '../kernel/law.ts'
import type { RandomStream } from '../kernel/random.ts'
import type { ChannelId, Config, NodeId } from '../topology/document.ts'
import type { DiscardReason, HeldState } from './ledger.ts'
import type { Amendment, Composition, Draft, Handle, Messages, Nanos } from './message.ts'

/** Names a pending wake-up until it fires or is cancelled; 0 is none. Who keeps one sets it to 0 when it fires. */
export type Alarm = number

/** Something that a product refuses while a run goes on: a stable code, and one sentence that says it as the product does. */
export interface Trouble {
  readonly code: string
  readonly says: string
}

/** What every animated part gets: time, chance, figures, ledger, facts. One per node. */
export interface NodeContext {
  readonly id: NodeId
  /** Dense index of the node in this run, valid until it is removed. */
  readonly index: number
  readonly type: string
  readonly messages: Messages
  label(): string
  /** Parsed: every field of the manifest is there and valid. Changes when it is edited live (`reconfigured` is called). */
  config(): Config
  nowNs(): Nanos
  /** The node's own stream of this name; independent of every other. */
  random(purpose: string): RandomStream
  /** A law in milliseconds on the stream of this name, for what is drawn again and again. */
  draw(purpose: string, law: Law): Draw
  /** Calls `wake(node, signal, datum)` of the model after the delay (0 or more ns). */
  after(delayNs: Nanos, signal: number, datum: number): Alarm
  /** The same after a drawn time, which is recorded in a duration probe unless `probe` is −1. */
  afterDraw(draw: Draw, signal: number, datum: number, probe: number): Alarm
  cancel(alarm: Alarm): void

  /** Slot of a probe of the manifest; an unknown id throws while building. */
  probe(id: string): number
  count(slot: number, by?: number): void
  level(slot: number, value: number): void
  /** Records a duration in nanoseconds. */
  record(slot: number, durationNs: Nanos): void
  /** Records how long a copy has been where it is, or how old its message is. */
  recordStay(slot: number, message: Handle): void
  recordAge(slot: number, message: Handle): void

  /** A new message, born here and now, state 'waiting' at this node: the ledger counts it as published. */
  publish(draft: Draft): Handle
  /** Prepares messages that are all alike; `dismiss` lets go of it when no more are to come. */
  compose(composition: Composition): number
  dismiss(composition: number): void
  /** A new message of a composition; `cause` as in a draft, 0 for none. */
  publishComposed(composition: number, cause: Handle): Handle
  /** A further copy of a message this node holds: same content, flags and mark, state 'waiting' here; counted as copied. */
  copy(message: Handle): Handle
  /** Changes what a copy that this node holds says; its identity, birth and body stay. */
  amend(message: Handle, amendment: Amendment): void
  /** Changes the state of a copy this node holds, or takes over a copy that came in by packet or call (then it counts as came-in here and went-out there). */
  hold(message: Handle, state: HeldState): void
  /** Ends the copy as processed here (acknowledged, or delivered where nothing is acknowledged). */
  process(message: Handle): void
  /** Ends the copy here, for a reason that people can read. */
  discard(message: Handle, reason: DiscardReason): void
  /** A copy goes where dead letters go, for this reason: counts the event, which is not a state, and states the fact. */
  deadLettered(message: Handle, reason: DiscardReason): void
  /** Counts an event that is not a state. */
  redelivered(): void
  /** A copy goes to another node of the system at once: whoever watches sees it on the way between them. It states nothing and changes nothing. */
  passes(message: Handle, to: { readonly id: NodeId }): void

  /** States a fact, one of FACT: it goes into the trace and the digest. `detail` is a whole number below 2^31 that the digest folds (0 if none). */
  fact(fact: number, message: Handle, detail?: number): void
  isUp(): boolean
  /** Shows the node as there / not there (an exclusive queue whose owner is away). */
  present(there: boolean): void
  /** Shows people what is refused at this node, until it is taken back with null. */
  trouble(trouble: Trouble | null): void
}

/**
 * One end of a channel's pair of wires. Packets are numbers: an opcode of the family, a copy (0 if none) and two datums.
 * A wire keeps order, holds packets while it is cut, and loses them when the connection is lost.
 */
export interface ChannelContext {
  readonly id: ChannelId
  /** Dense index of the channel in this run: the number in hops. */
  readonly index: number
  readonly type: string
  readonly from: NodeId
  readonly to: NodeId
  /** Kind of the node at an end. */
  nodeType(end: ChannelEnd): string
  /** What people call the node at an end. */
  nodeLabel(end: ChannelEnd): string
  /** What programs call the node at an end (a queue, a key): where replies are addressed to. Null where its kind has no names. */
  nodeName(end: ChannelEnd): string | null
  config(): Config
  /** Sends a control packet from an end to the other: 'from' travels forward, 'to' backward. */
  send(end: ChannelEnd, op: number, a: number, b: number): void
  /** Sends a copy: it moves onto the wire (ledger: on wire, away from the sending node). */
  sendCopy(end: ChannelEnd, op: number, message: Handle, a: number, b: number): void
  /** Sends the sight of a copy that the sender keeps: a delivery that its queue still holds as unacknowledged. */
  sendSight(end: ChannelEnd, op: number, message: Handle, a: number, b: number): void
  /** Ends the conversation from this end: what flies towards this end is lost, what left it still arrives, then OP_CLOSED. */
  hangUp(end: ChannelEnd): void
  /** Shows people what is refused on this channel, until it is taken back with null. */
  trouble(trouble: Trouble | null): void
  /** Keeps a plain object for a control packet; the number travels as a datum; `taken` returns it once at the other end. */
  give(value: unknown): number
  taken(ticket: number): unknown
}

export type ChannelEnd = 'from' | 'to'

/** Delivered by the engine as packets of every family: the other end hung up, crashed, refused, or the heartbeat ran out. */
export const OP_CLOSED = 1
/** Families number their opcodes from here. */
export const OP_FIRST = 16

/** Takes packets at one end of a channel: an opcode of the family, a copy (0 if none) and two numbers. */
export interface PacketReceiver {
  receive(channel: ChannelContext, op: number, message: Handle, a: number, b: number): void
  /** A packet this side had sent was lost: with the connection, or by the network alone. If it carried a copy, discard it (the engine does when this is absent). */
  lost?(channel: ChannelContext, op: number, message: Handle, a: number, b: number, reason: DiscardReason): void
}
