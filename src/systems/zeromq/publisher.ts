import type { Handle } from '../../contract/message.ts'
import { PrefixIndex } from '../../messaging/prefix-index.ts'
import { DONE, EAGAIN, ENOTSUP, NOTICE } from './kinds.ts'
import type { Notice, Pattern } from './patterns.ts'
import type { Pipe } from './pipe.ts'
import type { Socket } from './socket.ts'

/** Routes are kept for this many topics; a program that makes up more has no use for a cache. */
const ROUTES_MAX = 10_000

/** PUB and XPUB: a copy to every peer with a matching subscription and room. The rest is dropped, and the sender never waits. */
export class Publisher implements Pattern {
  readonly reads = false
  readonly #socket: Socket
  readonly #pipes: Pipe[] = []
  readonly #subscriptions = new PrefixIndex<Pipe>()
  /** By number of the topic, in order of attachment. */
  readonly #routes = new Map<number, readonly Pipe[]>()
  /** XPUB: what the application has not read yet: subscriptions, and messages that an XSUB sent up. */
  #pending: (Notice | Handle)[] = []
  #notice: Notice | null = null

  constructor(socket: Socket) {
    this.#socket = socket
  }

  attach(pipe: Pipe): void {
    this.#pipes.push(pipe)
    // Nothing yet: from now on it wakes this side.
    this.readable(pipe)
  }

  terminated(pipe: Pipe): void {
    const place = this.#pipes.indexOf(pipe)
    if (place < 0) return
    this.#pipes.splice(place, 1)
    this.#routes.clear()
    for (const prefix of this.#subscriptions.removeAll(pipe)) this.#tell({ prefix, on: false })
  }

  /** Messages that come up the pipe: an XPUB's application may want them, a PUB's can't. */
  readable(pipe: Pipe): void {
    while (pipe.canRead()) {
      const message = pipe.read()
      if (this.#socket.type === 'PUB') this.#socket.discard(message, 'refused')
      else this.#pending.push(message)
    }
  }
  writable(): void {
    // A pipe is asked at every send.
  }

  subscribed(pipe: Pipe, prefix: string, on: boolean): void {
    if (!this.#socket.pipes.has(pipe)) return
    this.#routes.clear()
    if (on) {
      const first = this.#subscriptions.add(prefix, pipe)
      if (first || this.#socket.options.xpubVerbose) this.#tell({ prefix, on })
    } else if (this.#subscriptions.remove(prefix, pipe) !== 'others-remain') this.#tell({ prefix, on })
  }

  send(message: Handle): number {
    const socket = this.#socket
    const pipes = this.#routesOf(message)
    if (socket.options.xpubNoDrop && pipes.some(pipe => !pipe.hasRoom)) return EAGAIN
    if (pipes.length === 0) {
      socket.discard(message, this.#pipes.length === 0 ? 'no subscriber' : 'filtered')
      return DONE
    }
    // Copies are made before the first leaves: afterwards the message is no longer here.
    let copies: Handle[] | null = null
    if (pipes.length > 1) {
      copies = []
      for (let n = 1; n < pipes.length; n += 1) copies.push(socket.node.copy(message))
    }
    this.#give(pipes[0]!, message)
    if (copies) for (let n = 1; n < pipes.length; n += 1) this.#give(pipes[n]!, copies[n - 1]!)
    return DONE
  }

  receive(): number {
    if (this.#socket.type === 'PUB') return ENOTSUP
    const head = this.#pending.shift()
    if (head === undefined) return EAGAIN
    if (typeof head === 'number') return head
    this.#notice = head
    return NOTICE
  }
  takeNotice(): Notice | null {
    const notice = this.#notice
    this.#notice = null
    return notice
  }
  hasIn(): boolean {
    return this.#pending.length > 0
  }
  hasOut(): boolean {
    return true
  }

  reset(give: (message: Handle) => void): void {
    for (const one of this.#pending) if (typeof one === 'number') give(one)
    this.#pending = []
    this.#notice = null
    this.#pipes.length = 0
    this.#subscriptions.clear()
    this.#routes.clear()
  }

  #give(pipe: Pipe, message: Handle): void {
    if (pipe.canWrite()) pipe.write(message)
    else this.#socket.discard(message, 'queue full')
  }

  #tell(notice: Notice): void {
    if (this.#socket.type === 'PUB') return
    this.#pending.push(notice)
    this.#socket.user?.readable()
  }

  #routesOf(message: Handle): readonly Pipe[] {
    const { messages } = this.#socket.node
    // With an envelope in front the first frame is not the message's own.
    if (messages.via(message) !== 0) return this.#matching(this.#socket.envelopes.first(message))
    const key = messages.keyId(message)
    let routes = this.#routes.get(key)
    if (!routes || key === 0) {
      routes = this.#matching(this.#socket.envelopes.first(message))
      if (this.#routes.size >= ROUTES_MAX) this.#routes.clear()
      // A message without a key is filtered by its body, which is another one each time.
      if (key !== 0) this.#routes.set(key, routes)
    }
    return routes
  }

  #matching(topic: string): readonly Pipe[] {
    const found = this.#subscriptions.match(topic)
    return this.#pipes.filter(pipe => found.has(pipe))
  }
}
