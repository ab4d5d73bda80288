import type { Handle } from '../../contract/message.ts'
import { Dealer } from './dealer.ts'
import { fourBytes } from './envelope.ts'
import { DONE, EAGAIN, EFSM } from './kinds.ts'
import type { Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import type { Socket } from './socket.ts'

const DELIMITER = ''
/** Request ids begin anywhere, as in libzmq, and come round again after this many requests, when no answer to the old one can be under way. */
const REQUEST_IDS = 65_536
/** The first byte of each: no text begins with it. */
const REQUEST_ID_FIRST = 0x80_00_00_00

/** Asks and waits for the answer, strictly in turn; asks its peers in turn. */
export class Req implements Pattern {
  readonly reads = true
  readonly #socket: Socket
  readonly #dealer: Dealer
  /** Sent, and the answer has not come. */
  #waiting = false
  /** Where the answer must come from; null: from anywhere, since that peer is gone. */
  #asked: Pipe | null = null
  #firstId = -1
  #requestId = 0

  constructor(socket: Socket) {
    this.#socket = socket
    this.#dealer = new Dealer(socket)
  }

  attach(pipe: Pipe): void {
    this.#dealer.attach(pipe)
  }
  terminated(pipe: Pipe): void {
    if (this.#asked === pipe) this.#asked = null
    this.#dealer.terminated(pipe)
  }
  readable(pipe: Pipe): void {
    this.#dealer.readable(pipe)
  }
  writable(pipe: Pipe): void {
    this.#dealer.writable(pipe)
  }

  send(message: Handle): number {
    const { options, envelopes } = this.#socket
    if (this.#waiting && !options.reqRelaxed) return EFSM
    if (!this.#dealer.hasOut()) {
      // A relaxed REQ has given up the old request by trying to send the next.
      this.#waiting = false
      return EAGAIN
    }
    envelopes.push(message, DELIMITER)
    if (options.reqCorrelate) {
      if (this.#firstId < 0) this.#firstId = this.#socket.node.random('request ids').integer(0x3f_ff_00_00)
      this.#requestId = (this.#requestId + 1) % REQUEST_IDS
      envelopes.push(message, this.#requestFrame())
    }
    // What came in before belongs to no question any more.
    for (let stale = this.#dealer.receive(); stale > 0; stale = this.#dealer.receive()) this.#socket.discard(stale, 'rejected')
    this.#dealer.send(message)
    this.#asked = this.#dealer.to
    this.#waiting = true
    return DONE
  }

  receive(): number {
    if (!this.#waiting) return EFSM
    for (let message = this.#dealer.receive(); message > 0; message = this.#dealer.receive()) {
      const fromElsewhere = this.#asked !== null && this.#socket.from !== this.#asked
      if (!fromElsewhere && this.#accepts(message)) {
        this.#waiting = false
        return message
      }
      this.#socket.discard(message, 'rejected')
    }
    return EAGAIN
  }

  hasIn(): boolean {
    return this.#waiting && this.#dealer.hasIn()
  }
  hasOut(): boolean {
    return (!this.#waiting || this.#socket.options.reqRelaxed) && this.#dealer.hasOut()
  }

  reset(): void {
    this.#waiting = false
    this.#asked = null
    this.#dealer.reset()
  }

  #requestFrame(): string {
    return fourBytes(REQUEST_ID_FIRST + this.#firstId + this.#requestId)
  }

  /** Takes request id and delimiter off an answer; false when they are not what they must be. */
  #accepts(message: Handle): boolean {
    const { envelopes, options } = this.#socket
    if (options.reqCorrelate) {
      if (envelopes.count(message) < 2 || envelopes.first(message) !== this.#requestFrame()) return false
      envelopes.pop(message)
    }
    if (envelopes.count(message) < 2 || envelopes.first(message) !== DELIMITER) return false
    envelopes.pop(message)
    return true
  }
}

/**
 * A REQ's connection over tcp breaks at an answer that doesn't begin with a delimiter, or a request id of four bytes and a delimiter.
 * With inproc there is no connection that could check.
 */
export function isAnswer(frames: readonly string[]): boolean {
  const [first, second] = frames
  if (frames.length < 2) return false
  return first === DELIMITER || (first!.length === 4 && second === DELIMITER && frames.length > 2)
}

export const isRequestFrame = (frame: string): boolean => frame.length === 4 && frame.charCodeAt(0) >= REQUEST_ID_FIRST >>> 24 && frame.charCodeAt(0) < 0x100
