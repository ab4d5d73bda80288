import type { Handle } from '../../contract/message.ts'
import { DONE, EAGAIN, ENOTSUP } from './kinds.ts'
import type { Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import { FairQueue, LoadBalancer } from './queues.ts'
import type { Socket } from './socket.ts'

/** Deals its messages to its peers in turn; without a peer that has room it waits. */
export class Push implements Pattern {
  readonly reads = false
  readonly #out = new LoadBalancer()

  attach(pipe: Pipe): void {
    this.#out.attach(pipe)
  }
  terminated(pipe: Pipe): void {
    this.#out.terminated(pipe)
  }
  readable(): void {
    // What peers of a PUSH say is not read.
  }
  writable(pipe: Pipe): void {
    this.#out.activated(pipe)
  }

  send(message: Handle): number {
    const pipe = this.#out.next()
    if (!pipe) return EAGAIN
    this.#out.give(pipe, message)
    return DONE
  }
  receive(): number {
    return ENOTSUP
  }
  hasIn(): boolean {
    return false
  }
  hasOut(): boolean {
    return this.#out.next() !== undefined
  }
  reset(): void {
    this.#out.clear()
  }
}

/** Reads from its peers in turn. */
export class Pull implements Pattern {
  readonly reads = true
  readonly #socket: Socket
  readonly #in = new FairQueue()

  constructor(socket: Socket) {
    this.#socket = socket
  }

  attach(pipe: Pipe): void {
    this.#in.attach(pipe)
  }
  terminated(pipe: Pipe): void {
    this.#in.terminated(pipe)
  }
  readable(pipe: Pipe): void {
    this.#in.activated(pipe)
  }
  writable(): void {
    // A PULL says nothing.
  }

  send(): number {
    return ENOTSUP
  }
  receive(): number {
    const pipe = this.#in.next()
    if (!pipe) return EAGAIN
    this.#socket.from = pipe
    return this.#in.take(pipe)
  }
  hasIn(): boolean {
    return this.#in.next() !== undefined
  }
  hasOut(): boolean {
    return false
  }
  reset(): void {
    this.#in.clear()
  }
}
