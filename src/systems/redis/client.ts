import { OP_CLOSED, type ChannelContext, type ChannelEnd } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import type { Command } from './command.ts'
import { LEARNED_MAX, OP_BYE, OP_COMMAND, OP_DONE, OP_GONE, OP_HELLO, OP_ITEM, OP_LEARN, OP_MESSAGE, OP_READY, OP_REPLY, OP_SAID, OP_VALUE } from './packets.ts'
import type { Resp } from './resp.ts'

/** What a connection tells its owner. */
export interface ClientListener {
  opened(): void
  /** The connection is gone. Told once per connection, also when it never came to stand. */
  closed(): void
  /** A published message, a copy of one's own. `pattern` is interned; 0 for a subscription by name. */
  published(message: Handle, kind: number, pattern: number): void
  /** An item of a list or an entry of a stream: a copy of one's own, or the sight of one that the server keeps. */
  item(message: Handle, a: number, b: number): void
  /** An entry that is pending but was deleted. */
  gone(ms: number, seq: number): void
  /** A reading is answered, with so many items. */
  done(count: number): void
  replied(answer: Resp): void
}

/** The protocol half of a Redis connection: everything a client can say, and what it hears. Endpoints and the conformance player speak through it. */
export class RedisClient {
  readonly #wire: ChannelContext
  readonly #end: ChannelEnd
  readonly #listener: ClientListener
  #state: 'closed' | 'connecting' | 'open' = 'closed'
  #learned = 0

  constructor(wire: ChannelContext, end: ChannelEnd, listener: ClientListener) {
    this.#wire = wire
    this.#end = end
    this.#listener = listener
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }
  get isClosed(): boolean {
    return this.#state === 'closed'
  }

  /** What is said before the answer follows in order. */
  open(): void {
    this.#state = 'connecting'
    this.#learned = 0
    this.#wire.send(this.#end, OP_HELLO, 0, 0)
  }

  /** Counts the connection as standing without waiting for the answer. */
  assumeOpen(): void {
    if (this.#state !== 'connecting') return
    this.#state = 'open'
    this.#listener.opened()
  }

  /** Forgets the connection, without a word. */
  forget(): void {
    this.#state = 'closed'
  }

  /** Asks the server to close the connection: nothing that flies is lost. */
  leave(): void {
    this.#wire.send(this.#end, OP_BYE, 0, 0)
  }

  hangUp(): void {
    this.#state = 'closed'
    this.#wire.hangUp(this.#end)
  }

  /** Says a command once, its values ahead of it. */
  say(command: Command, values: readonly Handle[] = []): void {
    for (const message of values) this.#wire.sendCopy(this.#end, OP_VALUE, message, 0, 0)
    this.#wire.send(this.#end, OP_COMMAND, this.#wire.give(command), 0)
  }

  /** Teaches the server a command that is said often, in place of an earlier one or as a further one; its number. */
  learn(command: Command, number = this.#learned): number {
    if (number === LEARNED_MAX) throw new Error(`more than ${LEARNED_MAX} commands on one connection`)
    this.#learned = Math.max(this.#learned, number + 1)
    this.#wire.send(this.#end, OP_LEARN, this.#wire.give(command), number)
    return number
  }

  sayLearned(number: number, a: number, b: number): void {
    this.#wire.send(this.#end, OP_SAID + number, a, b)
  }

  sayLearnedOf(number: number, message: Handle): void {
    this.#wire.sendCopy(this.#end, OP_SAID + number, message, 0, 0)
  }

  receive(op: number, message: Handle, a: number, b: number): void {
    switch (op) {
      case OP_CLOSED:
        if (this.#state === 'closed') return
        this.#state = 'closed'
        return this.#listener.closed()
      case OP_READY:
        return this.assumeOpen()
      case OP_MESSAGE:
        return this.#listener.published(message, a, b)
      case OP_ITEM:
        return this.#listener.item(message, a, b)
      case OP_GONE:
        return this.#listener.gone(a, b)
      case OP_DONE:
        return this.#listener.done(a)
      case OP_REPLY:
        return this.#listener.replied(this.#wire.taken(a) as Resp)
    }
  }
}
