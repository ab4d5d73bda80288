import type { Config } from '../topology/document.ts'
import type { Alarm, ChannelContext, ChannelEnd, NodeContext, PacketReceiver } from './context.ts'
import type { LogSheet } from './log.ts'
import type { Handle, Nanos } from './message.ts'
import type { Parkable } from './parking.ts'
import type { Way } from './way.ts'
import type { Asked, Why } from './why.ts'

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
