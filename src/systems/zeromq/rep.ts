import type { Handle } from '../../contract/message.ts'
import { DONE, EFSM } from './kinds.ts'
import type { Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import { Router } from './router.ts'
import type { Socket } from './socket.ts'

/** Serves one request after the other: reads, then must answer, and the answer goes back the way the request came. */
export class Rep implements Pattern {
  readonly reads = true
  readonly #socket: Socket
  readonly #router: Router
  #answering = false
  /** The way back: the pipe, and the frames up to the delimiter. */
  #back: Pipe | null = null
  #envelope = 0

  constructor(socket: Socket) {
    this.#socket = socket
    this.#router = new Router(socket)
  }

  attach(): void {
    this.#router.attach()
  }
  identified(pipe: Pipe, routingId: string): void {
    this.#router.identified(pipe, routingId)
  }
  terminated(pipe: Pipe): void {
    if (this.#back === pipe) this.#back = null
    this.#router.terminated(pipe)
  }
  readable(pipe: Pipe): void {
    this.#router.readable(pipe)
  }
  writable(): void {
    this.#router.writable()
  }

  send(message: Handle): number {
    if (!this.#answering) return EFSM
    this.#answering = false
    const pipe = this.#back
    this.#back = null
    if (pipe?.canWrite()) {
      const { messages } = this.#socket.node
      messages.setVia(message, this.#socket.envelopes.joined(this.#envelope, messages.via(message)))
      pipe.write(message)
    } else this.#socket.discard(message, pipe?.isActive ? 'queue full' : 'unroutable')
    return DONE
  }

  receive(): number {
    if (this.#answering) return EFSM
    for (let message = this.#router.receive(); ; message = this.#router.receive()) {
      if (message <= 0) return message
      if (!this.#unwrap(message)) {
        // Without a delimiter, or with nothing after it, it is no request.
        this.#socket.discard(message, 'rejected')
        continue
      }
      this.#back = this.#socket.from
      this.#answering = true
      return message
    }
  }

  hasIn(): boolean {
    return !this.#answering && this.#router.hasIn()
  }
  hasOut(): boolean {
    return this.#answering && this.#router.hasOut()
  }

  reset(give: (message: Handle) => void): void {
    this.#answering = false
    this.#back = null
    this.#router.reset(give)
  }

  /** Takes the frames up to the first empty one off and keeps them for the answer; the routing id is known by the pipe. */
  #unwrap(message: Handle): boolean {
    const { envelopes } = this.#socket
    const frames = envelopes.frames(message)
    const delimiter = frames.indexOf('', 1)
    if (delimiter < 0 || delimiter === frames.length - 1) return false
    for (let n = 0; n <= delimiter; n += 1) envelopes.pop(message)
    this.#envelope = envelopes.of(frames.slice(1, delimiter + 1))
    return true
  }
}
