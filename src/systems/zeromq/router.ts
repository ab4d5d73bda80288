import type { Handle } from '../../contract/message.ts'
import { fourBytes } from './envelope.ts'
import { DONE, EAGAIN, EHOSTUNREACH } from './kinds.ts'
import type { Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import { Fetched } from './fetched.ts'
import { FairQueue } from './queues.ts'
import type { Socket } from './socket.ts'

/** A made-up routing id is a zero byte and four more. */
const GENERATED = '\u0000'

/** Puts the sender's routing id in front of what it reads, and sends to the peer that the first frame names. */
export class Router implements Pattern {
  readonly reads = true
  readonly #socket: Socket
  readonly #in = new FairQueue()
  readonly #byId = new Map<string, Pipe>()
  /** The next made-up id, from anywhere, as libzmq begins. */
  #generated = -1
  readonly #fetched: Fetched

  constructor(socket: Socket) {
    this.#socket = socket
    this.#fetched = new Fetched(socket, this.#in)
  }

  attach(): void {
    // A pipe is nobody's until its peer has said its routing id.
  }

  identified(pipe: Pipe, routingId: string): void {
    if (pipe.identity !== null || !this.#socket.pipes.has(pipe)) return
    const id = routingId === '' ? this.#generate() : routingId
    const holder = this.#byId.get(id)
    if (holder) {
      // The second peer with an id in use is never read and never written to.
      if (!this.#socket.options.routerHandover) return
      this.#byId.delete(id)
      holder.identity = this.#generate()
      this.#byId.set(holder.identity, holder)
      holder.terminate('connection lost')
    }
    pipe.identity = id
    this.#byId.set(id, pipe)
    this.#in.attach(pipe)
    this.#socket.user?.writable()
    this.#socket.user?.readable()
  }

  terminated(pipe: Pipe): void {
    this.#fetched.terminated(pipe)
    this.#in.terminated(pipe)
    if (pipe.identity !== null && this.#byId.get(pipe.identity) === pipe) this.#byId.delete(pipe.identity)
  }
  readable(pipe: Pipe): void {
    if (this.#in.has(pipe)) this.#in.activated(pipe)
    // Of a peer without an id nothing is read, not even that it is gone.
    else if (!pipe.isActive) pipe.terminate('connection lost')
  }
  writable(): void {
    // A pipe is asked at every send.
  }

  send(message: Handle): number {
    const { envelopes, options } = this.#socket
    if (envelopes.count(message) < 2) {
      this.#socket.discard(message, 'rejected')
      return DONE
    }
    const pipe = this.#byId.get(envelopes.first(message))
    if (pipe?.canWrite()) {
      envelopes.pop(message)
      pipe.write(message)
      return DONE
    }
    const full = pipe !== undefined && !pipe.hasRoom
    if (options.routerMandatory) return full ? EAGAIN : EHOSTUNREACH
    this.#socket.discard(message, full ? 'queue full' : 'unroutable')
    return DONE
  }

  receive(): number {
    if (!this.hasIn()) return EAGAIN
    const { identity } = this.#fetched
    const message = this.#fetched.take()
    this.#socket.envelopes.push(message, identity)
    return message
  }

  hasIn(): boolean {
    if (this.#fetched.isThere) return true
    const pipe = this.#in.next()
    if (pipe) this.#fetched.fetch(pipe)
    return pipe !== undefined
  }
  hasOut(): boolean {
    if (!this.#socket.options.routerMandatory) return true
    for (const pipe of this.#byId.values()) if (pipe.canWrite()) return true
    return false
  }

  reset(give: (message: Handle) => void): void {
    this.#fetched.reset(give)
    this.#in.clear()
    this.#byId.clear()
  }

  #generate(): string {
    if (this.#generated < 0) this.#generated = this.#socket.node.random('routing ids').integer(0x7fffffff)
    this.#generated = (this.#generated + 1) % 0x7fffffff
    return GENERATED + fourBytes(this.#generated)
  }
}
