import type { Alarm, ChannelContext } from '../../contract/context.ts'
import type { DiscardReason } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Endpoint, EndpointContext, Outcome, SendResult } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Config } from '../../topology/document.ts'
import { AppSocket } from './app-socket.ts'
import type { SessionHost, SessionSettings } from './connection.ts'
import type { SocketType } from './kinds.ts'
import { otherEnd, prefixesOf, roleOf, settingsOf, socketType } from './lines.ts'
import { Session } from './session.ts'
import { startStanding } from './standing.ts'

const RECEIVING: readonly SocketType[] = ['SUB', 'PULL', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PAIR']
const SENDING: readonly SocketType[] = ['PUB', 'PUSH', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PAIR']

/** A line as its application sees it: one of the connections of a socket that all lines of the kind and direction share. */
export class ZeromqEndpoint implements Endpoint, SessionHost {
  readonly channel: ChannelContext
  readonly canReceive: boolean
  readonly acknowledges = false
  readonly owner = this
  readonly tellsAfterNs = 0
  settings: SessionSettings
  readonly #context: EndpointContext
  readonly #type: SocketType
  readonly #app: AppSocket
  #session: Session
  #prefixes: readonly string[] = []

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#type = socketType(this.channel, context.end)
    this.canReceive = RECEIVING.includes(this.#type)
    this.settings = settingsOf(this.channel.config())
    this.#app = context.shared(`${this.channel.type} ${context.end}`, () => new AppSocket(this.#type, context.node)) as AppSocket // made here, of this class alone
    this.#app.join(this)
    this.#session = this.#newSession()
  }

  get node() {
    return this.#context.node
  }
  get wire(): ChannelContext {
    return this.channel
  }
  get end() {
    return this.#context.end
  }
  /** An application sends once on a socket, which deals or copies by itself: its first line stands for all. A ROUTER says to whom. */
  get canSend(): boolean {
    return SENDING.includes(this.#type) && (this.#type === 'ROUTER' || this.#app.face === this)
  }
  get blocked(): boolean {
    return this.#app.blocked
  }

  get peerLabel(): string {
    return this.channel.nodeLabel(otherEnd(this.end))
  }

  /** The socket is asked through its first line. */
  why(asked: Asked): readonly Why[] {
    return this.#app.face === this ? this.#app.why(asked) : []
  }
  queued(visit: (message: Handle) => void): void {
    if (this.#app.face === this) this.#app.queued(visit)
  }

  isOpen(): boolean {
    return this.#session.isOpen
  }

  start(): void {
    if (this.#type === 'SUB') this.#resubscribe(prefixesOf(this.channel.config()))
    // A run begins with its connections standing; whatever starts later makes them first.
    if (this.node.nowNs() > 0) this.#session.start()
    else startStanding(this.#session, this.channel, this.end)
  }

  wake(signal: number): void {
    this.#session.wake(signal)
  }

  crash(): void {
    this.#session.crash()
    this.#prefixes = []
    // The process is gone, or this line alone.
    if (this.node.isUp()) this.#app.abandon(this)
    else this.#app.forget()
  }
  removed(): void {
    this.#app.leave(this)
  }

  send(message: Handle): SendResult {
    this.node.messages.setVia(message, 0)
    if (this.#type !== 'ROUTER') return this.#app.send(message)
    const identity = this.#session.pipe?.identity
    if (identity === null || identity === undefined) return 'refused'
    this.#app.socket.envelopes.push(message, identity)
    return this.#app.send(message)
  }

  settle(tag: number, outcome: Outcome): void {
    this.#app.settle(tag, outcome)
  }

  deliver(message: Handle, tag: number): void {
    this.#context.client.deliver(this, message, tag)
  }
  unblocked(): void {
    if (this.canSend) this.#context.client.unblocked?.(this)
  }

  reconfigured(before: Config): void {
    const config = this.channel.config()
    this.settings = settingsOf(config)
    this.#app.reconfigured()
    if (['bind', 'transport', 'routingId'].some(field => before[field] !== config[field])) return this.#startAnew()
    if (this.#type === 'SUB') this.#resubscribe(prefixesOf(config))
    this.#session.reconfigured()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#session.receive(op, message, a, b)
  }
  lost(_channel: ChannelContext, op: number, message: Handle, a: number, _b: number, reason: DiscardReason): void {
    this.#session.lost(op, message, a, reason)
  }

  after(delayNs: number, signal: number): Alarm {
    return this.#context.after(delayNs, signal, 0)
  }
  cancel(alarm: Alarm): void {
    this.#context.cancel(alarm)
  }

  #newSession(): Session {
    return new Session(roleOf(this.channel.config(), this.end), this.#app.socket, this)
  }

  /** Another side binds, another transport, another name: the connection ends and is made again. */
  #startAnew(): void {
    this.#session.crash()
    if (!this.node.isUp()) return void (this.#session = this.#newSession())
    this.channel.hangUp(this.end)
    this.#session = this.#newSession()
    this.#session.start()
  }

  /** Each line asks its socket for its prefixes; the socket counts, and asks every publisher. */
  #resubscribe(prefixes: readonly string[]): void {
    const before = this.#prefixes
    this.#prefixes = prefixes
    for (const prefix of prefixes) if (!before.includes(prefix)) this.#app.socket.subscribe(prefix)
    for (const prefix of before) if (!prefixes.includes(prefix)) this.#app.socket.unsubscribe(prefix)
  }
}
