import type { Alarm } from '../../../contract/context.ts'
import type { EndpointContext } from '../../../contract/model.ts'
import { RedisClient, type ClientListener } from '../client.ts'

/** Signal of a lifeline's alarm: other alarms of an endpoint have other numbers. */
export const RECONNECT = 1
const NS_A_MS = 1e6

/** The connection of a client program: made, and made again after the line's interval when it is gone. */
export class Lifeline {
  readonly client: RedisClient
  readonly #context: EndpointContext
  readonly #listener: ClientListener
  readonly #greet: () => void
  #alarm: Alarm = 0
  #renewing = false

  /** `greet` says what a program says first on each new connection. */
  constructor(context: EndpointContext, listener: ClientListener, greet: () => void) {
    this.client = new RedisClient(context.channel, context.end, listener)
    this.#context = context
    this.#listener = listener
    this.#greet = greet
  }

  start(): void {
    this.#stop()
    this.connect()
    // A run begins with its connections standing; whatever starts later shakes hands first.
    if (this.#context.node.nowNs() === 0) this.client.assumeOpen()
  }

  connect(): void {
    this.client.open()
    this.#greet()
  }

  wake(): void {
    this.#alarm = 0
    if (this.client.isClosed && this.#context.node.isUp()) this.connect()
  }

  /** The connection is gone, or of no use: tries later, or at once when that was wanted. */
  later(): void {
    if (this.#renewing) {
      this.#renewing = false
      return this.connect()
    }
    const waitMs = Number(this.#context.channel.config()['reconnect'])
    if (waitMs > 0 && this.#alarm === 0) this.#alarm = this.#context.after(Math.round(waitMs * NS_A_MS), RECONNECT, 0)
  }

  /** What the program says is different from now on: ends a connection that stands and makes a new one. Nothing that flies is lost. */
  anew(): void {
    if (this.client.isClosed) return
    this.#renewing = true
    this.client.leave()
  }

  /** The program can't get what it asks for, since its key is gone or holds something else: it hangs up and tries again later. */
  giveUp(): void {
    this.client.hangUp()
    this.#listener.closed()
  }

  crash(): void {
    this.client.forget()
    this.#stop()
  }

  #stop(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#renewing = false
  }
}
