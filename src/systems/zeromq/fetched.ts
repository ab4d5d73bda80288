import type { Handle } from '../../contract/message.ts'
import type { Pipe } from './pipe.ts'
import type { FairQueue } from './queues.ts'
import type { Socket } from './socket.ts'

/**
 * What a socket found while it looked whether there is something to read. libzmq takes the first frame out of its pipe: of a message with one
 * frame the turn goes to the next pipe at once, of a longer one when the rest is read.
 */
export class Fetched {
  readonly #socket: Socket
  readonly #queue: FairQueue
  #message: Handle = 0
  #pipe: Pipe | null = null
  #identity = ''
  /** The message is still in its pipe. */
  #inPipe = false

  constructor(socket: Socket, queue: FairQueue) {
    this.#socket = socket
    this.#queue = queue
  }

  get isThere(): boolean {
    return this.#message !== 0
  }
  /** The routing id of its sender, when it was found. */
  get identity(): string {
    return this.#identity
  }

  fetch(pipe: Pipe): void {
    this.#pipe = pipe
    this.#identity = pipe.identity ?? ''
    this.#inPipe = this.#socket.envelopes.count(pipe.inbox.head) > 1
    this.#message = this.#inPipe ? pipe.inbox.head : this.#queue.take(pipe)
  }

  take(): Handle {
    const message = this.#inPipe ? this.#queue.take(this.#pipe!) : this.#message
    this.#message = 0
    this.#inPipe = false
    this.#socket.from = this.#pipe
    return message
  }

  /** A pipe is over: what is still in it went with it. */
  terminated(pipe: Pipe): void {
    if (this.#pipe !== pipe) return
    this.#pipe = null
    if (this.#inPipe) this.#message = 0
    this.#inPipe = false
  }

  reset(give: (message: Handle) => void): void {
    if (this.#message !== 0 && !this.#inPipe) give(this.#message)
    this.#message = 0
    this.#pipe = null
    this.#inPipe = false
  }
}
