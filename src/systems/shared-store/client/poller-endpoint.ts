import type { Alarm, ChannelContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import { WAITING } from '../../../contract/ledger.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, Outcome } from '../../../contract/model.ts'
import type { Config } from '../../../topology/document.ts'
import { ACCEPTED, FROM_NOW, OP_DONE, OP_POLL, OP_ROW, OP_SETTLE, REJECTED, RELEASED, WHERE_IT_WAS } from '../packets.ts'
import { RECONNECT, Session } from './session.ts'

const POLL = 2
const NS_A_MS = 1e6
const OUTCOMES: Readonly<Record<Outcome, number>> = { accepted: ACCEPTED, released: RELEASED, rejected: REJECTED }

/**
 * A program that asks a table again and again: for changes, of which it gets copies, or for jobs, which stay in the table until they are settled. The
 * next question comes an interval after the program is done with the last answer.
 */
export class PollerEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend = false
  readonly canReceive = true
  readonly acknowledges: boolean
  readonly #context: EndpointContext
  readonly #session: Session
  readonly #locks: boolean
  /** Jobs that are not settled, by the number of their lock. */
  readonly #held = new Set<number>()
  /** Jobs, and how many copies, that the program is not done with. */
  readonly #jobs = new Set<number>()
  #copies = 0
  #cursor = 0
  #came = 0
  #asking = false
  #alarm: Alarm = 0

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#locks = context.channel.type === 'store.take'
    this.acknowledges = this.#locks
    this.#session = new Session(context, this)
  }

  isOpen(): boolean {
    return this.#session.isOpen
  }

  start(): void {
    const { begins } = this.channel.config()
    this.#cursor = begins === 'now' ? FROM_NOW : begins === 'kept' ? WHERE_IT_WAS : 0
    this.#session.start()
  }

  wake(signal: number): void {
    if (signal === RECONNECT) return this.#session.wake()
    this.#alarm = 0
    this.#ask()
  }

  crash(): void {
    this.#session.crash()
    this.#rest()
    this.#copies = 0
  }

  send(): 'refused' {
    return 'refused'
  }

  settle(job: number, outcome: Outcome): void {
    if (this.#held.delete(job)) this.#session.say(OP_SETTLE, job, OUTCOMES[outcome])
  }

  finished(job: number): void {
    if (job !== 0) this.#jobs.delete(job)
    else if (this.#copies > 0) this.#copies -= 1
    this.#plan()
  }

  /** Asks by the new interval from now on. */
  reconfigured(before: Config): void {
    if (before['interval'] === this.channel.config()['interval'] || this.#alarm === 0) return
    this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#plan()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    if (this.#session.receive(op)) return
    if (op === OP_ROW) return this.#row(message, a)
    if (op !== OP_DONE) return
    this.#asking = false
    this.#came = a
    this.#cursor = b
    this.#plan()
  }

  opened(): void {
    this.#context.client.opened(this)
    this.#ask()
  }

  /** Jobs of this connection are everybody's again. What was copied is the program's, whatever becomes of the connection. */
  closed(): void {
    this.#rest()
    this.#context.client.closed(this)
  }

  #row(message: Handle, job: number): void {
    const { client, node } = this.#context
    if (job === 0) node.hold(message, WAITING)
    else this.#held.add(job)
    if (client.finishes === true && job === 0) this.#copies += 1
    else if (client.finishes === true) this.#jobs.add(job)
    node.fact(FACT.delivered, message)
    client.deliver(this, message, job)
  }

  /** When the program is done with what came: after a full answer there may be more, so it asks at once if it does so. */
  #plan(): void {
    if (this.#asking || this.#isBusy() || this.#alarm !== 0 || !this.isOpen()) return
    const { interval, batch, drains } = this.channel.config()
    const waitNs = drains === true && this.#came >= Number(batch) ? 0 : Math.round(Number(interval) * NS_A_MS)
    if (waitNs === 0) return this.#ask()
    this.#alarm = this.#context.after(waitNs, POLL, 0)
  }

  #ask(): void {
    if (this.#asking || this.#isBusy() || !this.isOpen()) return
    this.#asking = true
    this.#session.say(OP_POLL, this.#cursor, Number(this.channel.config()['batch']))
  }

  #isBusy(): boolean {
    return this.#copies > 0 || this.#jobs.size > 0
  }

  #rest(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#asking = false
    this.#came = 0
    this.#held.clear()
    this.#jobs.clear()
  }
}
