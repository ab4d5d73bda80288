import { OP_CLOSED, type Alarm } from '../../../contract/context.ts'
import type { EndpointContext } from '../../../contract/model.ts'
import { OP_HELLO, OP_READY } from '../packets.ts'

/** Signal of a session's alarm: other alarms of an endpoint have other numbers. */
export const RECONNECT = 1
const NS_A_MS = 1e6

export interface SessionListener {
  opened(): void
  /** The connection is gone, or never came to stand. */
  closed(): void
}

/** A program's connection to a database: opened, and opened again after the line's interval when it is gone. */
export class Session {
  readonly #context: EndpointContext
  readonly #listener: SessionListener
  #state: 'closed' | 'connecting' | 'open' = 'closed'
  #alarm: Alarm = 0

  constructor(context: EndpointContext, listener: SessionListener) {
    this.#context = context
    this.#listener = listener
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  start(): void {
    this.#stopAlarm()
    this.#connect()
    // A run begins with its connections standing; whatever starts later shakes hands first.
    if (this.#context.node.nowNs() === 0) this.#opened()
  }

  wake(): void {
    this.#alarm = 0
    if (this.#state === 'closed' && this.#context.node.isUp()) this.#connect()
  }

  crash(): void {
    this.#state = 'closed'
    this.#stopAlarm()
  }

  say(op: number, a: number, b: number): void {
    this.#context.channel.send(this.#context.end, op, a, b)
  }

  /** True when the packet was about the connection itself. */
  receive(op: number): boolean {
    if (op === OP_READY) this.#opened()
    else if (op === OP_CLOSED) this.#closed()
    else return false
    return true
  }

  #connect(): void {
    this.#state = 'connecting'
    this.say(OP_HELLO, 0, 0)
  }

  #opened(): void {
    if (this.#state !== 'connecting') return
    this.#state = 'open'
    this.#listener.opened()
  }

  #closed(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#listener.closed()
    const waitMs = Number(this.#context.channel.config()['reconnect'])
    if (waitMs > 0 && this.#alarm === 0) this.#alarm = this.#context.after(Math.round(waitMs * NS_A_MS), RECONNECT, 0)
  }

  #stopAlarm(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }
}
