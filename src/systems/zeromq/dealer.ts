import type { Handle } from '../../contract/message.ts'
import { DONE, EAGAIN } from './kinds.ts'
import type { Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import { FairQueue, LoadBalancer } from './queues.ts'
import type { Socket } from './socket.ts'

/** Deals out in turn, reads in turn: requests and answers without any order between them. */
export class Dealer implements Pattern {
  readonly reads = true
  readonly #socket: Socket
  readonly #in = new FairQueue()
  readonly #out = new LoadBalancer()
  /** The pipe that the last message went to. */
  to: Pipe | null = null

  constructor(socket: Socket) {
    this.#socket = socket
  }

  attach(pipe: Pipe): void {
    this.#in.attach(pipe)
    this.#out.attach(pipe)
  }
  terminated(pipe: Pipe): void {
    this.#in.terminated(pipe)
    this.#out.terminated(pipe)
    if (this.to === pipe) this.to = null
  }
  readable(pipe: Pipe): void {
    this.#in.activated(pipe)
  }
  writable(pipe: Pipe): void {
    this.#out.activated(pipe)
  }

  send(message: Handle): number {
    const pipe = this.#out.next()
    if (!pipe) return EAGAIN
    this.to = pipe
    this.#out.give(pipe, message)
    return DONE
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
    return this.#out.next() !== undefined
  }
  reset(): void {
    this.to = null
    this.#in.clear()
    this.#out.clear()
  }
}
