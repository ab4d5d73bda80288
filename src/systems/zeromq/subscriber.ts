import type { Handle } from '../../contract/message.ts'
import { PrefixCounts } from '../../messaging/prefix-counts.ts'
import { DONE, EAGAIN, ENOTSUP } from './kinds.ts'
import type { Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import { Fetched } from './fetched.ts'
import { FairQueue } from './queues.ts'
import type { Socket } from './socket.ts'

/** An XSUB subscribes by sending a message that begins with this, and unsubscribes with the other. */
const SUBSCRIBE = '\u0001'
const CANCEL = '\u0000'

/** SUB and XSUB: sends its subscriptions to every publisher, reads from them in turn. A SUB filters once more when it reads. */
export class Subscriber implements Pattern {
  readonly reads = true
  readonly #socket: Socket
  readonly #in = new FairQueue()
  readonly #pipes = new Set<Pipe>()
  readonly #subscriptions = new PrefixCounts()
  readonly #fetched: Fetched

  constructor(socket: Socket) {
    this.#socket = socket
    this.#fetched = new Fetched(socket, this.#in)
  }

  attach(pipe: Pipe): void {
    this.#in.attach(pipe)
    this.#pipes.add(pipe)
    this.hiccuped(pipe)
  }
  terminated(pipe: Pipe): void {
    this.#in.terminated(pipe)
    this.#pipes.delete(pipe)
    this.#fetched.terminated(pipe)
  }
  readable(pipe: Pipe): void {
    this.#in.activated(pipe)
  }
  writable(): void {
    // What an XSUB says to its publishers is rare and small.
  }
  hiccuped(pipe: Pipe): void {
    for (const prefix of this.#subscriptions.prefixes()) pipe.carrier.announce(pipe, prefix, true)
  }

  subscribe(prefix: string): void {
    this.#subscriptions.add(prefix)
    // Repeats are passed on, for an XPUB that wants to hear of them.
    this.#announce(prefix, true)
  }
  unsubscribe(prefix: string): void {
    if (this.#subscriptions.remove(prefix)) this.#announce(prefix, false)
  }

  send(message: Handle): number {
    if (this.#socket.type === 'SUB') return ENOTSUP
    const first = this.#socket.envelopes.first(message)
    if (first.startsWith(SUBSCRIBE) || first.startsWith(CANCEL)) {
      if (first.startsWith(SUBSCRIBE)) this.subscribe(first.slice(1))
      else this.unsubscribe(first.slice(1))
      this.#socket.node.process(message)
      return DONE
    }
    const pipes = [...this.#pipes].filter(pipe => pipe.canWrite())
    if (pipes.length === 0) this.#socket.discard(message, 'no subscriber')
    const copies = pipes.slice(1).map(() => this.#socket.node.copy(message))
    pipes.forEach((pipe, n) => pipe.write(n === 0 ? message : copies[n - 1]!))
    return DONE
  }

  receive(): number {
    return this.hasIn() ? this.#fetched.take() : EAGAIN
  }

  hasIn(): boolean {
    while (!this.#fetched.isThere) {
      const pipe = this.#in.next()
      if (!pipe) return false
      const wanted = this.#socket.type === 'XSUB' || this.#subscriptions.matches(this.#socket.envelopes.first(pipe.inbox.head))
      if (wanted) this.#fetched.fetch(pipe)
      else this.#socket.discard(this.#in.take(pipe), 'filtered')
    }
    return true
  }
  hasOut(): boolean {
    return this.#socket.type === 'XSUB'
  }

  reset(give: (message: Handle) => void): void {
    this.#fetched.reset(give)
    this.#subscriptions.clear()
    this.#pipes.clear()
    this.#in.clear()
  }

  #announce(prefix: string, on: boolean): void {
    for (const pipe of this.#pipes) pipe.carrier.announce(pipe, prefix, on)
  }
}
