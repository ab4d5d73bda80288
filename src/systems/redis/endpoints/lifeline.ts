import type { Alarm, EndpointContext } from '../../../contract/model.ts'
import type { RedisClient } from '../client.ts'

/** Signal of a lifeline's alarm: other alarms of an endpoint have other numbers. */
export const RECONNECT = 1
const NS_A_MS = 1e6

/** Connects a client program, and connects it again after the line's interval when the connection is gone. */
export class Lifeline {
  readonly #context: EndpointContext
  readonly #client: RedisClient
  readonly #greet: () => void
  #alarm: Alarm = 0
  #renewing = false

  /** `greet` says what a program says first on each new connection. */
  constructor(context: EndpointContext, client: RedisClient, greet: () => void) {
    this.#context = context
    this.#client = client
    this.#greet = greet
  }

  start(): void {
    this.stop()
    this.connect()
    // A run begins with its connections standing; whatever starts later shakes hands first.
    if (this.#context.node.nowNs() === 0) this.#client.assumeOpen()
  }

  connect(): void {
    this.#client.open()
    this.#greet()
  }

  wake(): void {
    this.#alarm = 0
    if (this.#client.isClosed && this.#context.node.isUp()) this.connect()
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

  /** Ends the connection and makes a new one: what the program says is different from now on. Nothing that flies is lost. */
  anew(): void {
    this.#renewing = true
    this.#client.leave()
  }

  stop(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#renewing = false
  }
}
