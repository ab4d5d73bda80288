import type { Law } from '../kernel/law.ts'
import type { RandomStream } from '../kernel/random.ts'
import type { ChannelId, Config, NodeId } from '../topology/document.ts'
import type { Draw } from '../kernel/draw.ts'
import type { LogSheet } from './log.ts'
import type { CopyState, DiscardReason, HeldState } from './ledger.ts'
import type { Parkable } from './parking.ts'
import type { Way } from './way.ts'
import type { Asked, Why } from './why.ts'

/** Address of a copy's record in the run's memory; 0 is "no message". */
export type Handle = number
/** Whole nanoseconds of simulated time. */
export type Nanos = number
/** Names a pending wake-up until it fires or is cancelled; 0 is none. Who keeps one sets it to 0 when it fires. */
export type Alarm = number

export type MessageType = 'command' | 'event' | 'document'
export type Headers = Config

/** What an application wants to say; everything else about a message follows from it. */
export interface Draft {
  readonly key: string
  readonly body: string
  readonly type: MessageType
  readonly headers?: Headers
  readonly persistent?: boolean
  readonly reply?: boolean
  /** A message this one continues (a service's result): keeps its birth time, so end-to-end latency spans stages. */
  readonly cause?: Handle
  /** Whatever else the protocol carries with it, untouched (AMQP's basic properties). */
  readonly properties?: Readonly<Record<string, unknown>>
  /** Bytes on the wire; default: the UTF-8 length of the body. */
  readonly bytes?: number
}

/**
 * What is said again and again: composed once, then every message is a number that refers to it. A body with gaps is filled in when somebody
 * reads it: `{n}` is how many were published by its author up to this one, `{id}` this id, `{time}` the message's birth.
 */
export interface Composition extends Omit<Draft, 'cause'> {
  /** How many messages the author had published by templates before, and its name; absent where the body has no gaps. */
  readonly numbered?: { readonly before: number; readonly id: string }
}

/** Flags of a copy, as bits of `flags`. */
export const FLAG_PERSISTENT = 1
export const FLAG_REDELIVERED = 2
export const FLAG_REPLY = 4
export const FLAG_DEAD = 8
/** From this bit on, up to 2^22, flags are the business of the family that holds the copy. */
export const FLAG_OF_FAMILY = 16

/**
 * What a copy says differently from now on: laid over what it says, `undefined` takes a name away. Keep one object for what is changed the
 * same way again and again: copies of one content that are changed by the same object share the result.
 */
export interface Amendment {
  readonly key?: string
  readonly headers?: Readonly<Record<string, Config[string] | undefined>>
  readonly properties?: Readonly<Record<string, unknown>>
}

/**
 * So many keys keep their number for the whole run, and may be remembered by it; where each message has a key of its own, those that come later
 * give theirs back.
 */
export const LASTING_KEYS = 65_536

/** The message table as models see it. Content is immutable; flags and marks belong to a copy. */
export interface Messages {
  key(message: Handle): string
  /** Interned number of the key: equal keys, equal numbers, while a message with it lives; below LASTING_KEYS for the whole run. */
  keyId(message: Handle): number
  headers(message: Handle): Headers | null
  body(message: Handle): string
  bytes(message: Handle): number
  type(message: Handle): MessageType
  bornNs(message: Handle): Nanos
  /** When this copy came to where it is now. */
  sinceNs(message: Handle): Nanos
  state(message: Handle): CopyState
  flags(message: Handle): number
  setFlag(message: Handle, flag: number): void
  clearFlag(message: Handle, flag: number): void
  /** One free number a copy, for whoever holds it (a queue's position, a deadline). Survives moves; copied by copy(). */
  mark(message: Handle): number
  setMark(message: Handle, mark: number): void
  /** A free link for whoever holds the copy: queues are chains of records. */
  next(message: Handle): Handle
  setNext(message: Handle, next: Handle): void
  properties(message: Handle): Readonly<Record<string, unknown>> | null
  /** Interned number of what the copy came through (the exchange it was published to); 0 is nothing. Copied by copy(). */
  via(message: Handle): number
  setVia(message: Handle, text: number): void
  /** A text as a number, the same for the same text within a run; 0 is the empty text. */
  intern(text: string): number
  text(number: number): string
  /** Keeps the record readable after the copy ended (a worker still busy with it). Every retain needs a release. */
  retain(message: Handle): void
  release(message: Handle): void
}

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

/** Append only; the number is folded into the digest. */
export const FACT = {
  published: 0, routed: 1, enqueued: 2, 'handed-out': 3, delivered: 4, settled: 5, requeued: 6, rejected: 7, discarded: 8, started: 9, finished: 10,
  failed: 11, crashed: 12, restarted: 13, cut: 14, healed: 15, opened: 16, closed: 17, declared: 18, deleted: 19, stored: 20, broadcast: 21, 'dead-lettered': 22, edited: 23, sent: 24,
} as const
export type FactVerb = keyof typeof FACT
/** By number. */
export const FACT_VERBS = Object.keys(FACT) as readonly FactVerb[]

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

/** A broker: one instance per container node of the family (or per node, where the family has no container). */
export interface SystemModel extends PacketReceiver {
  /** Called once when the run starts, and after each restart. */
  start(): void
  wake(node: NodeContext, signal: number, datum: number): void
  /** The broker dies at once; its channels are hung up by the engine right after. */
  crash(): void
  /** The same as an orderly end, where it leaves something else behind than a crash. */
  stop?(): void
  /** Live edits; each leaves what the others hold untouched. */
  addNode(node: NodeContext): void
  removeNode(node: NodeContext): void
  reconfigured(node: NodeContext, before: Config): void
  addChannel(channel: ChannelContext): void
  removeChannel(channel: ChannelContext): void
  reconfiguredChannel(channel: ChannelContext, before: Config): void
  /** Copies a node holds, from the head: waiting first, then unacknowledged. Fills `out` from index 0; returns how many there are in all. */
  contents(node: NodeContext, out: Handle[], from: number, limit: number): number
  /** Writes where a node's log stands, and how far each of its readers is; false where the node is no log. */
  log?(node: NodeContext, sheet: LogSheet): boolean
  /** Sentences about a node in the system's words. */
  notes(node: NodeContext): readonly string[]
  /** Why a copy is where it is, waits or died, in the system's words; nothing where there is nothing particular to say. */
  why?(asked: Asked): readonly Why[]
  /** Ways between its nodes that nobody has drawn, as it is configured now: for the picture. */
  ways?(): readonly Way[]
  /** What of it the machine can carry. */
  readonly parking?: Parkable
}

/** What a system is built from: the container, its members, and the channels that touch them (also between two members). */
export interface SystemPlan {
  readonly container: NodeContext
  readonly nodes: readonly NodeContext[]
  readonly channels: readonly ChannelContext[]
}

/** Result of a send: 'sent' is on the wire, 'buffered' waits in the client, 'refused' means the caller still holds the copy. */
export type SendResult = 'sent' | 'buffered' | 'refused'
/** What a behaviour says of a delivery. accepted: done. released: give it back. rejected: drop or dead-letter it. */
export type Outcome = 'accepted' | 'released' | 'rejected'

/** Why a request came to nothing: nobody was there, the connection broke before the answer, or the answer says that it failed. */
export type Failure = 'refused' | 'broken' | 'answered'

/** What deliveries of one line may belong to: an HTTP connection. The mark is the application's to set; it begins at 0. */
export interface Conversation {
  mark: number
}

/** The client-library half of a channel, as its application sees it. Credit, buffers and reconnection live here. */
export interface Endpoint extends PacketReceiver {
  readonly channel: ChannelContext
  readonly canSend: boolean
  readonly canReceive: boolean
  /** The application started (run begin, restart, live edit): connect. */
  start(): void
  wake(signal: number, datum: number): void
  /** The application died: forget everything, without a word to the other side (the engine hangs up). Discard what it buffered. */
  crash(): void
  send(message: Handle): SendResult
  /** Settles a delivery. Harmless when its connection is gone. */
  settle(tag: number, outcome: Outcome): void
  /** The application is done with a delivery, whatever it has said of it: a client that fetches (a blocking read) asks for more. Told by clients that `finish`. */
  finished?(tag: number): void
  reconfigured(before: Config): void
  /** The return address of what is sent here, where its replies come back on the same line; null where they don't. */
  returnAddress?(): string | null
  /** Sends a reply to the address that a request from here came with, where a product needs no line drawn for that; the key is the address. */
  reply?(message: Handle): SendResult
  /** True for an address that was made by the product: no drawn line leads to it, only `reply` does. */
  madeAddress?(address: string): boolean
  isOpen(): boolean
  /** What a delivery belongs to, where that means something; null when it is over. */
  conversationOf?(tag: number): Conversation | null
  /** What it has been told that no figure shows, in sentences for people. */
  notes?(): readonly string[]
  /** Of a copy that it keeps for its application, or that died with it. */
  why?(asked: Asked): readonly Why[]
  /** Visits what it keeps for its application: what is to be read next, then what is to be sent, each in its order. What lines share, one of them visits. */
  queued?(visit: (message: Handle) => void): void
  /** The channel is taken out of the topology, after crash(): endpoints that share something with this one go on without it. */
  removed?(): void
  /** True while a send has to wait: the program that makes one stands still. What is sent all the same waits in the program, or is refused. */
  readonly blocked?: boolean
  /** What of it the machine can carry: its channel, for which it stands as a part. */
  readonly parking?: Parkable
  /** Bits of what it publishes while it is parked, and what the tags of its deliveries count from. */
  readonly bits?: number
  readonly tagBase?: number
  /** False where the system acknowledges nothing: settling only says that the program is done with a message and reads the next. */
  readonly acknowledges?: boolean
}

/** How an endpoint talks to its application. */
export interface EndpointClient {
  /** It calls `finished` for every delivery; one that doesn't takes whatever comes. */
  readonly finishes?: boolean
  /**
   * A message is here. `tag` names it for settle(); tag 0 means there is nothing to settle: it came as the copy itself, which the
   * application holds ('waiting' here) and ends with process or discard. With a tag the copy stays with the sender until it is settled.
   */
  deliver(endpoint: Endpoint, message: Handle, tag: number): void
  opened(endpoint: Endpoint): void
  closed(endpoint: Endpoint): void
  /** A send that had to wait went through: the program goes on. */
  unblocked?(endpoint: Endpoint): void
  /** A request that was sent comes to nothing. True when the program takes the copy back, which it holds then; otherwise it ends here. */
  failed?(endpoint: Endpoint, message: Handle, how: Failure): boolean
}

export interface EndpointContext {
  readonly channel: ChannelContext
  /** Which end of the channel this application is. */
  readonly end: ChannelEnd
  readonly node: NodeContext
  readonly client: EndpointClient
  /** What the endpoints of one node have in common (a socket with a pipe per channel), by name: made when first asked for, kept as long as the node. */
  shared(name: string, make: () => object): object
  /** Calls wake(signal, datum) of the endpoint. */
  after(delayNs: Nanos, signal: number, datum: number): Alarm
  cancel(alarm: Alarm): void
}

export interface SystemModule {
  readonly family: string
  /** Kind of the container a broker instance is made for; absent for peer-to-peer families, whose endpoints meet over wires. */
  readonly container?: string
  create?(plan: SystemPlan): SystemModel
  endpoint(context: EndpointContext): Endpoint
}

/** An application. It speaks outcomes and neutral terms, never a protocol, so the same worker runs on any system. */
export interface Behaviour extends EndpointClient {
  /** The run begins, or the application restarts: volatile state starts anew. Endpoints are connected by the engine after this. */
  start(): void
  wake(signal: number, datum: number): void
  /** An orderly end: what is said now still goes out. `crash` follows in the same instant. */
  stop?(): void
  /** Everything volatile is gone; discard ('application crashed') the copies held. */
  crash(): void
  reconfigured(before: Config): void
  /** Endpoints came or went by a live edit. */
  endpointsChanged(): void
  /** Sends one message now, as by hand; `template` overrides fields of the config. */
  sendByHand?(template: Config): void
  contents(out: Handle[], from: number, limit: number): number
  notes(): readonly string[]
  /** Of a copy that it holds, or has sight of: what it does with it. */
  why?(asked: Asked): readonly Why[]
  /** What of it the machine can carry. */
  readonly parking?: Parkable
}

export interface BehaviourContext extends NodeContext {
  /** In the order of the document. The array is the same object for the whole run. */
  readonly endpoints: readonly Endpoint[]
  /** The program ends of its own accord, once what is going on now is over: as if it had been killed then. It stays down until somebody restarts it. */
  exit(): void
}

export interface BehaviourModule {
  readonly types: readonly string[]
  create(context: BehaviourContext): Behaviour
}

/** The models of every kind; passed into the engine by a composition root. */
export interface ModelCatalogue {
  readonly systems: readonly SystemModule[]
  readonly behaviours: readonly BehaviourModule[]
}
