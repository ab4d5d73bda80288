import type { Handle } from '../../contract/message.ts'
import { DONE, EAGAIN } from './kinds.ts'
import type { Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import type { Socket } from './socket.ts'

/** Talks both ways with one peer; whoever comes second is not served. */
export class Pair implements Pattern {
  readonly reads = true
  readonly #socket: Socket
  #pipe: Pipe | null = null

  constructor(socket: Socket) {
    this.#socket = socket
  }

  attach(pipe: Pipe): void {
    if (this.#pipe) pipe.terminate('connection lost')
    else this.#pipe = pipe
  }
  terminated(pipe: Pipe): void {
    if (this.#pipe === pipe) this.#pipe = null
  }
  readable(): void {
    // There is one pipe: it is looked at when somebody reads.
  }
  writable(): void {
    // The same.
  }

  send(message: Handle): number {
    if (!this.#pipe?.canWrite()) return EAGAIN
    this.#pipe.write(message)
    return DONE
  }
  receive(): number {
    if (!this.hasIn()) return EAGAIN
    this.#socket.from = this.#pipe
    return this.#pipe!.read()
  }
  hasIn(): boolean {
    if (this.#pipe?.canRead()) return true
    this.#pipe?.finishIfDrained()
    return false
  }
  hasOut(): boolean {
    return this.#pipe?.canWrite() ?? false
  }
  reset(): void {
    this.#pipe = null
  }
}
