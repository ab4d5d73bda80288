import { OP_CLOSED, type ChannelContext } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import { NACK_MULTIPLE, NACK_REQUEUE, OP_ACK, OP_CONFIRM, OP_CONTROL, OP_DELIVER, OP_NACK, OP_OPEN, OP_OPENED, OP_PUBLISH, OP_REPLY, PUBLISH_IMMEDIATE, PUBLISH_MANDATORY, type Control, type Opening, type PublishTarget, type Reply } from './control.ts'

/** What a channel tells its owner. */
export interface ClientListener {
  opened(): void
  /** The connection is gone. Told once per connection, also when it never came to stand. */
  closed(): void
  delivered(message: Handle, tag: number, consumer: number): void
  /** What the broker did with the nth publish since confirm mode was chosen. */
  confirmed(publishNo: number, accepted: boolean): void
  replied(reply: Reply): void
}

export interface PublishOptions {
  readonly mandatory?: boolean
  readonly immediate?: boolean
}

/** The protocol half of an AMQP channel: everything a client can say, and what it hears. Endpoints and the conformance player speak through it. */
export class AmqpClient {
  readonly #wire: ChannelContext
  readonly #end: 'from' | 'to'
  readonly #listener: ClientListener
  #state: 'closed' | 'connecting' | 'open' = 'closed'

  constructor(wire: ChannelContext, end: 'from' | 'to', listener: ClientListener) {
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

  /** Opens the channel on the connection of this name. What is said before the answer follows in order. */
  open(opening: Opening): void {
    this.#state = 'connecting'
    this.#transmit(OP_OPEN, this.#wire.give(opening), 0)
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

  control(control: Control): void {
    this.#transmit(OP_CONTROL, this.#wire.give(control), 0)
  }

  /** Without a target the message goes to what the channel is drawn to. */
  publish(message: Handle, mandatory: boolean): void {
    this.#wire.sendCopy(this.#end, OP_PUBLISH, message, 0, mandatory ? PUBLISH_MANDATORY : 0)
  }

  publishTo(target: PublishTarget, message: Handle, options: PublishOptions): void {
    this.#wire.sendCopy(this.#end, OP_PUBLISH, message, this.#wire.give(target), (options.mandatory ? PUBLISH_MANDATORY : 0) | (options.immediate ? PUBLISH_IMMEDIATE : 0))
  }

  ack(tag: number, multiple = false): void {
    this.#transmit(OP_ACK, tag, multiple ? 1 : 0)
  }

  nack(tag: number, options: { readonly requeue: boolean; readonly multiple?: boolean }): void {
    this.#transmit(OP_NACK, tag, (options.multiple ? NACK_MULTIPLE : 0) | (options.requeue ? NACK_REQUEUE : 0))
  }

  receive(op: number, message: Handle, a: number, b: number): void {
    switch (op) {
      case OP_CLOSED:
        if (this.#state === 'closed') return
        this.#state = 'closed'
        return this.#listener.closed()
      case OP_OPENED:
        return this.assumeOpen()
      case OP_DELIVER:
        return this.#listener.delivered(message, a, b)
      case OP_CONFIRM:
        return this.#listener.confirmed(a, b !== 0)
      case OP_REPLY:
        return this.#listener.replied(this.#wire.taken(a) as Reply)
    }
  }

  #transmit(op: number, a: number, b: number): void {
    this.#wire.send(this.#end, op, a, b)
  }
}
