import type { NodeContext } from '../../contract/context.ts'
import type { DiscardReason } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import { Envelopes } from './envelope.ts'
import { DEFAULT_OPTIONS, type SocketOptions, type SocketType } from './kinds.ts'
import { patternOf, type Notice, type Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import type { Session } from './session.ts'

/** Who uses a socket: told when receive() or send() may succeed that did not before. */
export interface SocketUser {
  readable(): void
  writable(): void
}

/** Which types may be conflated, as libzmq has it. */
const CONFLATING: readonly SocketType[] = ['DEALER', 'PULL', 'PUSH', 'PUB', 'SUB']

/** One ZeroMQ socket: it owns a pipe per peer and deals with them by the pattern of its type. */
export class Socket {
  readonly type: SocketType
  readonly node: NodeContext
  readonly envelopes: Envelopes
  readonly pattern: Pattern
  readonly sessions = new Set<Session>()
  readonly pipes = new Set<Pipe>()
  options: SocketOptions
  user: SocketUser | null = null
  /** The pipe that the message received last came through. */
  from: Pipe | null = null

  constructor(type: SocketType, node: NodeContext, options: SocketOptions = DEFAULT_OPTIONS) {
    this.type = type
    this.node = node
    this.options = options
    this.envelopes = new Envelopes(node.messages)
    this.pattern = patternOf(this)
  }

  get conflates(): boolean {
    return this.options.conflate && CONFLATING.includes(this.type)
  }
  /** ROUTER and REP ask their peers for a routing id; REQ, DEALER and ROUTER have one. */
  get wantsRoutingId(): boolean {
    return this.type === 'ROUTER' || this.type === 'REP'
  }

  attach(pipe: Pipe): void {
    this.pipes.add(pipe)
    this.pattern.attach(pipe)
    this.user?.writable()
  }

  /** A pipe is gone for good. */
  terminated(pipe: Pipe): void {
    if (!this.pipes.delete(pipe)) return
    this.pattern.terminated(pipe)
    this.user?.readable()
  }

  readActivated(pipe: Pipe): void {
    this.pattern.readable(pipe)
  }
  writeActivated(pipe: Pipe): void {
    this.pattern.writable(pipe)
    this.user?.writable()
  }

  /** DONE: the socket has taken the message. */
  send(message: Handle): number {
    return this.pattern.send(message)
  }
  /** A message, waiting at the node, with the frames that the application sees; or why there is none. */
  receive(): number {
    return this.pattern.receive()
  }
  hasIn(): boolean {
    return this.pattern.hasIn()
  }
  hasOut(): boolean {
    return this.pattern.hasOut()
  }
  /** The subscription that receive() announced. */
  takeNotice(): Notice | null {
    return this.pattern.takeNotice?.() ?? null
  }

  subscribe(prefix: string): void {
    this.pattern.subscribe?.(prefix)
  }
  unsubscribe(prefix: string): void {
    this.pattern.unsubscribe?.(prefix)
  }

  discard(message: Handle, reason: DiscardReason): void {
    this.node.discard(message, reason)
  }

  /** Everything that the socket itself knows and holds is gone; its pipes go with their sessions. */
  reset(reason: DiscardReason): void {
    this.from = null
    this.pattern.reset(message => this.discard(message, reason))
  }

  /** zmq_close: no more reading; what was written is sent for as long as the linger time allows (−1: for ever). */
  close(lingerMs: number): void {
    for (const session of [...this.sessions]) session.close(lingerMs)
    this.reset('connection lost')
  }
}
