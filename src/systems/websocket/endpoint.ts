import { OP_CLOSED, OP_FIRST, type Alarm, type ChannelContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import type { Handle } from '../../contract/message.ts'
import type { Endpoint, EndpointContext, SendResult } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Config } from '../../topology/document.ts'

const OP_HELLO = OP_FIRST
const OP_WELCOME = OP_FIRST + 1
const OP_TEXT = OP_FIRST + 2
const RECONNECT = 1
/** Nobody asks further back. */
const GONE_KEPT = 64

/** One end of a WebSocket connection. The client (the `from` end) opens it and opens it again; the server accepts. */
export class WebSocketEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = true
  readonly #context: EndpointContext
  #state: 'closed' | 'connecting' | 'open' = 'closed'
  #alarm: Alarm = 0
  /** The newest messages that were lost here, for who asks why. */
  readonly #gone: Handle[] = []

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
  }

  isOpen(): boolean {
    return this.#state === 'open'
  }

  start(): void {
    this.#stopAlarm()
    // A run begins with its connections standing; whatever starts later shakes hands first.
    const standing = this.#context.node.nowNs() === 0
    if (this.#context.end === 'from') {
      this.#connect()
      if (standing) this.#opened()
    } else if (standing) {
      this.#state = 'connecting'
      this.#opened()
    }
  }

  wake(signal: number): void {
    if (signal !== RECONNECT) return
    this.#alarm = 0
    if (this.#state === 'closed' && this.#context.node.isUp()) this.#connect()
  }

  crash(): void {
    this.#state = 'closed'
    this.#stopAlarm()
  }

  send(message: Handle): SendResult {
    if (this.#state !== 'open') {
      this.#note(message)
      return 'refused'
    }
    this.channel.sendCopy(this.#context.end, OP_TEXT, message, 0, 0)
    return 'sent'
  }

  settle(): void {
    // WebSocket acknowledges nothing.
  }

  /** It keeps nothing: what can't be sent, or is on the way when the connection goes, is gone. */
  why({ node, message, ended }: Asked): readonly Why[] {
    if (ended !== 'connection lost' || !this.#gone.includes(message)) return []
    const far = this.channel.nodeLabel(this.#context.end === 'from' ? 'to' : 'from')
    return [{ asks: 'died', says: `The WebSocket between ${node.label()} and ${far} was not open, or closed while it flew: it has no queue and no acknowledgements, so nobody sends it again.`, grounds: [] }]
  }

  /** A client that is away, or has given up, goes by the new interval; a standing connection is left alone. */
  reconfigured(before: Config): void {
    if (this.#state !== 'closed' || before['reconnect'] === this.channel.config()['reconnect'] || !this.#context.node.isUp()) return
    this.#stopAlarm()
    this.#tryLater()
  }

  receive(_channel: ChannelContext, op: number, message: Handle): void {
    switch (op) {
      case OP_CLOSED:
        return this.#closed()
      case OP_HELLO:
        if (this.#state === 'open') return
        this.#state = 'connecting'
        this.#transmit(OP_WELCOME)
        return this.#opened()
      case OP_WELCOME:
        return this.#opened()
      case OP_TEXT:
        this.#context.node.fact(FACT.delivered, message)
        this.#context.client.deliver(this, message, 0)
    }
  }

  lost(_channel: ChannelContext, _op: number, message: Handle): void {
    if (message !== 0) this.#note(message)
  }

  #note(message: Handle): void {
    this.#gone.push(message)
    if (this.#gone.length > GONE_KEPT) this.#gone.shift()
  }

  #connect(): void {
    this.#state = 'connecting'
    this.#transmit(OP_HELLO)
  }

  #opened(): void {
    if (this.#state !== 'connecting') return
    this.#state = 'open'
    this.#context.client.opened(this)
  }

  #closed(): void {
    if (this.#state === 'closed') return
    const was = this.#state
    this.#state = 'closed'
    if (was === 'open') this.#context.client.closed(this)
    this.#tryLater()
  }

  #tryLater(): void {
    const waitMs = Number(this.channel.config()['reconnect'])
    if (this.#context.end === 'from' && waitMs > 0) this.#alarm = this.#context.after(Math.round(waitMs * 1e6), RECONNECT, 0)
  }

  #transmit(op: number): void {
    this.channel.send(this.#context.end, op, 0, 0)
  }

  #stopAlarm(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }
}
