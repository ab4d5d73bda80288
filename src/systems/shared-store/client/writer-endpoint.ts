import type { Alarm, ChannelContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import { UNACKNOWLEDGED, WAITING } from '../../../contract/ledger.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, SendResult } from '../../../contract/model.ts'
import type { Law } from '../../../kernel/law.ts'
import { HandleChain } from '../../../messaging/handle-chain.ts'
import { BLIND, OP_CONFLICT, OP_LOCK, OP_SELECT, OP_VERSION, OP_WRITE, OP_WRITTEN } from '../packets.ts'
import { RECONNECT, Session } from './session.ts'

/** It has thought about what it has read. */
const THOUGHT = 2

/**
 * A program that writes: one transaction after the other on one connection. It keeps what it writes until the database has answered, so it can try
 * again; what it doesn't know the fate of may be written twice.
 */
export class WriterEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = false
  readonly #context: EndpointContext
  readonly #session: Session
  readonly #queue: HandleChain
  #current: Handle = 0
  #step: 'reading' | 'thinking' | 'writing' = 'writing'
  #base = BLIND
  #attempts = 0
  #alarm: Alarm = 0

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#queue = new HandleChain(context.node.messages)
    this.#session = new Session(context, this)
  }

  isOpen(): boolean {
    return this.#session.isOpen
  }
  start(): void {
    this.#session.start()
  }

  wake(signal: number): void {
    if (signal === RECONNECT) return this.#session.wake()
    this.#alarm = 0
    this.#write()
  }

  crash(): void {
    this.#session.crash()
    this.#putBack()
    this.#drop('application crashed')
  }

  send(message: Handle): SendResult {
    const { waitingMax, whileDisconnected } = this.channel.config()
    if (!this.isOpen() && whileDisconnected === 'drop') return 'refused'
    if (typeof waitingMax === 'number' && this.#current !== 0 && this.#queue.count >= waitingMax) return 'refused'
    this.#context.node.hold(message, WAITING)
    this.#queue.push(message)
    this.#pump()
    return this.#current === message ? 'sent' : 'buffered'
  }

  settle(): void {
    // Nothing is delivered here.
  }
  reconfigured(): void {
    // The next transaction goes by the setting.
  }

  receive(_channel: ChannelContext, op: number, _message: Handle, a: number): void {
    if (this.#session.receive(op) || this.#current === 0) return
    switch (op) {
      case OP_VERSION:
        this.#base = a
        return this.#think()
      case OP_WRITTEN: {
        const message = this.#current
        this.#current = 0
        this.#context.node.fact(FACT.settled, message)
        this.#context.node.process(message)
        return this.#pump()
      }
      case OP_CONFLICT:
        return this.#again()
    }
  }

  opened(): void {
    this.#context.client.opened(this)
    this.#pump()
  }

  /** Whether a write that is under way was done nobody can say. */
  closed(): void {
    const { node, client } = this.#context
    const { whenInDoubt, whileDisconnected } = this.channel.config()
    if (this.#current !== 0 && this.#step === 'writing' && whenInDoubt === 'lose') {
      const message = this.#current
      this.#current = 0
      node.discard(message, 'connection lost')
    } else this.#putBack()
    if (whileDisconnected === 'drop') this.#drop('connection lost')
    client.closed(this)
  }

  #pump(): void {
    if (!this.isOpen() || this.#current !== 0 || this.#queue.count === 0) return
    this.#current = this.#queue.shift()
    this.#attempts = 0
    this.#context.node.hold(this.#current, UNACKNOWLEDGED)
    this.#begin()
  }

  #begin(): void {
    const { write } = this.channel.config()
    this.#base = BLIND
    if (write === 'overwrite' || write === undefined) return this.#write()
    this.#step = 'reading'
    const { messages } = this.#context.node
    this.#session.say(write === 'lock' ? OP_LOCK : OP_SELECT, messages.intern(messages.key(this.#current)), 0)
  }

  #think(): void {
    this.#step = 'thinking'
    const ns = this.#context.node.random('think').sampleMs(this.channel.config()['think'] as unknown as Law) // a law field: parsed
    if (ns === 0) this.#write()
    else this.#alarm = this.#context.after(ns, THOUGHT, 0)
  }

  #write(): void {
    this.#step = 'writing'
    const checked = this.#base !== BLIND && this.channel.config()['write'] === 'compare'
    this.channel.sendSight(this.#context.end, OP_WRITE, this.#current, this.#base, checked ? 1 : 0)
  }

  /** Somebody was faster: reads again, as often as it may. */
  #again(): void {
    this.#attempts += 1
    const { attemptsMax } = this.channel.config()
    if (typeof attemptsMax !== 'number' || this.#attempts < attemptsMax) return this.#begin()
    const message = this.#current
    this.#current = 0
    this.#context.node.discard(message, 'rejected')
    this.#pump()
  }

  #putBack(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    if (this.#current === 0) return
    this.#context.node.hold(this.#current, WAITING)
    this.#queue.unshift(this.#current)
    this.#current = 0
  }

  #drop(reason: 'connection lost' | 'application crashed'): void {
    this.#queue.drain(message => this.#context.node.discard(message, reason))
  }
}
