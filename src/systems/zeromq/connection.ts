import { OP_FIRST, type Alarm, type ChannelContext, type ChannelEnd, type NodeContext } from '../../contract/context.ts'
import type { SocketType } from './kinds.ts'

/** What travels as a packet between two sessions. */
export const OP_HELLO = OP_FIRST
export const OP_WELCOME = OP_FIRST + 1
/** The bound side is there: an inproc connection that waited for it is made at once. */
export const OP_BOUND = OP_FIRST + 2
export const OP_MESSAGE = OP_FIRST + 3
export const OP_CREDIT = OP_FIRST + 4
export const OP_SUBSCRIBE = OP_FIRST + 5
export const OP_CANCEL = OP_FIRST + 6

/** Over tcp only these say their routing id. */
export const NAMED: readonly SocketType[] = ['REQ', 'DEALER', 'ROUTER']

/** What two sessions tell each other when they meet. */
export interface Handshake {
  readonly type: SocketType
  readonly routingId: string
  readonly markOut: number
  readonly markIn: number
  readonly conflate: boolean
  /** Messages of an earlier connection that are still to be read, and their bytes. */
  readonly held: number
  readonly heldBytes: number
}

/** Settings of one end of a connection; looked at whenever they matter, so live edits count. */
export interface SessionSettings {
  readonly transport: 'tcp' | 'inproc'
  /** High-water marks of this end: SNDHWM and RCVHWM; 0 is no limit. */
  readonly markOut: number
  readonly markIn: number
  /** Shortest time between attempts to connect; the longest is twice that. 0: never again. */
  readonly reconnectMs: number
  /** Bytes that fit into the buffers of both kernels on top of the marks. */
  readonly kernelBytes: number
  /** What this connection's asking end is called; empty: as its socket is. */
  readonly routingId?: string
}

/** Where a session lives: one end of a wire, with its node's clock. */
export interface SessionHost {
  readonly node: NodeContext
  readonly wire: ChannelContext
  readonly end: ChannelEnd
  /** Replaced by another object when the config changes. */
  readonly settings: SessionSettings
  /** How soon a socket hears that what it wrote was sent: a program that waits hears at once. */
  readonly tellsAfterNs: number
  after(delayNs: number, signal: number): Alarm
  cancel(alarm: Alarm): void
  /** Who is connected through this session: found again in `pipe.owner`. */
  readonly owner: unknown
}

/** The connecting side asks, and asks again; the bound side accepts. `socket` is null where nobody is bound. */
export type Role = 'connect' | 'bind'
