import type { DiscardReason } from '../../contract/ledger.ts'
import { WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import { HandleChain } from '../../messaging/handle-chain.ts'
import type { Socket } from './socket.ts'

/** Working · the other end is gone and what it had sent is still being read · over. */
const ACTIVE = 0
const DRAINING = 1
const CLOSED = 2

/** What carries messages between the two halves of a pipe. */
export interface Carrier {
  /** There is something in the outbox. */
  pump(): void
  /** This many messages were read since the last time: the writer may send as many more. */
  credit(pipe: Pipe, messages: number): void
  /** The socket wants no more of this pipe. */
  gaveUp(pipe: Pipe): void
  /** A subscription or its end travels to the publisher. */
  announce(pipe: Pipe, prefix: string, on: boolean): void
}

/**
 * A socket's half of the queue between two sockets. The writer counts what it wrote and what it was told has been read; the difference
 * may not reach the high-water mark. The reader tells in steps of half the mark, not message by message.
 */
export class Pipe {
  readonly socket: Socket
  readonly carrier: Carrier
  /** Messages received and not read yet, messages written and not sent yet. */
  readonly inbox: HandleChain
  readonly outbox: HandleChain
  /** Who uses this pipe above the socket. */
  readonly owner: unknown
  conflateIn = false
  conflateOut = false
  /** 0 is no limit. */
  markOut = 0
  markIn = 0
  /** The routing id that a ROUTER knows it by; null: not known yet, or refused. */
  identity: string | null = null
  /** Whether anybody wants to know the bytes that were read. */
  countsBytes = false
  #readBytes = 0
  #state = ACTIVE
  #written = 0
  #freed = 0
  /** A write failed since room was last announced. */
  #stuck = false
  /** The reader has not found it empty. */
  #awake = true
  #sinceCredit = 0
  #departed = 0

  constructor(socket: Socket, carrier: Carrier, owner: unknown) {
    this.socket = socket
    this.carrier = carrier
    this.owner = owner
    this.inbox = new HandleChain(socket.node.messages)
    this.outbox = new HandleChain(socket.node.messages)
  }

  get isActive(): boolean {
    return this.#state === ACTIVE
  }
  get isClosed(): boolean {
    return this.#state === CLOSED
  }
  /** Below the mark, whether a write failed before or not. */
  get hasRoom(): boolean {
    return this.markOut === 0 || this.conflateOut || this.#written - this.#freed < this.markOut
  }

  /** Written, and not known to be read. */
  get unread(): number {
    return this.#written - this.#freed
  }

  canWrite(): boolean {
    if (this.#stuck || this.#state !== ACTIVE) return false
    if (!this.hasRoom) this.#stuck = true
    return !this.#stuck
  }

  /** Ask canWrite() first. */
  write(message: Handle): void {
    if (this.conflateOut) this.outbox.drain(old => this.socket.discard(old, 'replaced'))
    if (this.conflateOut) this.#keepLastFrame(message)
    this.#written += 1
    this.outbox.push(message)
    this.carrier.pump()
  }

  /** The carrier takes the next message. */
  depart(): Handle {
    this.#departed += 1
    return this.outbox.shift()
  }

  /** How many the carrier took since the last time, in whole steps: it tells of them as every reader does. */
  departedStep(): number {
    if (this.markOut === 0) return 0
    const rest = this.#departed % stepOf(this.markOut)
    const steps = this.#departed - rest
    this.#departed = rest
    return steps
  }

  /** The reader has read this many more. */
  free(messages: number): void {
    this.#freed += messages
    if (!this.#stuck || this.#state !== ACTIVE) return
    this.#stuck = false
    this.socket.writeActivated(this)
  }

  /** Another mark, by a live change of the option: who was stuck looks again. */
  remark(markOut: number, markIn: number): void {
    this.markOut = markOut
    this.markIn = markIn
    if (this.hasRoom) this.free(0)
  }

  /** A message came in. */
  arrived(message: Handle): void {
    this.socket.node.hold(message, WAITING)
    if (this.conflateIn) this.inbox.drain(old => this.socket.discard(old, 'replaced'))
    if (this.conflateIn) this.#keepLastFrame(message)
    this.inbox.push(message)
    this.#wake()
  }

  /** True when there is something to read; finding nothing puts the reader to sleep. */
  canRead(): boolean {
    if (!this.#awake || this.#state === CLOSED) return false
    if (this.inbox.count > 0) return true
    this.#awake = false
    return false
  }

  /** Ask canRead() first. */
  read(): Handle {
    const { messages } = this.socket.node
    const message = this.inbox.shift()
    if (this.countsBytes) this.#readBytes += messages.bytes(message)
    this.#sinceCredit += 1
    if (this.markIn > 0 && !this.conflateIn && this.#sinceCredit >= stepOf(this.markIn)) {
      const credit = this.#sinceCredit
      this.#sinceCredit = 0
      this.carrier.credit(this, credit)
    }
    return message
  }

  /** Bytes read since the last time. */
  takeReadBytes(): number {
    const bytes = this.#readBytes
    this.#readBytes = 0
    return bytes
  }

  /** Another connection begins: what was read before counts for none. */
  forgetRead(): void {
    this.#sinceCredit = 0
    this.#readBytes = 0
  }

  /** The reader found nothing: if the other end is gone, the pipe is over. */
  finishIfDrained(): void {
    if (this.#state === DRAINING && this.inbox.count === 0) this.#finish()
  }

  /** The other end is gone. What it had sent can still be read, unless this side never reads. */
  peerGone(): void {
    if (this.#state !== ACTIVE) return
    this.#state = DRAINING
    this.dropOutbox('connection lost')
    if (!this.socket.pattern.reads) return this.terminate('connection lost')
    this.#wake()
  }

  /** Over from this side: what was not read is lost; what was written is left to the carrier. */
  terminate(reason: DiscardReason): void {
    if (this.#state === CLOSED) return
    this.inbox.drain(message => this.socket.discard(message, reason))
    this.#finish()
    this.carrier.gaveUp(this)
  }

  dropOutbox(reason: DiscardReason): void {
    this.outbox.drain(message => this.socket.discard(message, reason))
  }

  #finish(): void {
    this.#state = CLOSED
    this.socket.terminated(this)
  }

  #wake(): void {
    if (!this.#awake) {
      this.#awake = true
      this.socket.readActivated(this)
    }
    this.socket.user?.readable()
  }

  /** A conflated queue holds one frame, not one message. */
  #keepLastFrame(message: Handle): void {
    const { envelopes } = this.socket
    for (let more = envelopes.count(message) - 1; more > 0; more -= 1) envelopes.pop(message)
  }
}

/** Room comes back in steps of half the mark, rounded up. */
function stepOf(mark: number): number {
  return Math.floor((mark + 1) / 2)
}
