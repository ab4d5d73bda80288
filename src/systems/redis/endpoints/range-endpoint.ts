import type { ChannelContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import { UNACKNOWLEDGED } from '../../../contract/ledger.ts'
import type { Amendment, Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, SendResult } from '../../../contract/model.ts'
import { HandleChain } from '../../../messaging/handle-chain.ts'
import type { Config } from '../../../topology/document.ts'
import type { ClientListener, RedisClient } from '../client.ts'
import { Command, DRAWN } from '../command.ts'
import { Lifeline } from './lifeline.ts'

/** A program that asks for what a stream holds. Each question is answered with copies of the entries, which carry its correlation id. */
export class RangeEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = true
  readonly #context: EndpointContext
  readonly #client: RedisClient
  readonly #lifeline: Lifeline
  /** Questions that were asked, in that order: it is the order of the answers. */
  readonly #asked: HandleChain
  /** What each entry of the present answer says besides. */
  #amendment: Amendment | null = null
  #range = 0

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#asked = new HandleChain(context.node.messages)
    this.#lifeline = new Lifeline(context, this, () => this.#greet())
    this.#client = this.#lifeline.client
  }

  isOpen(): boolean {
    return this.#client.isOpen
  }
  start(): void {
    this.#lifeline.start()
  }
  wake(): void {
    this.#lifeline.wake()
  }
  crash(): void {
    this.#lifeline.crash()
    this.#asked.drain(question => this.#context.node.discard(question, 'application crashed'))
    this.#amendment = null
  }

  send(question: Handle): SendResult {
    if (this.#client.isClosed) return 'refused'
    this.#context.node.hold(question, UNACKNOWLEDGED)
    this.#asked.push(question)
    this.#client.sayLearned(this.#range, 0, 0)
    return 'sent'
  }
  settle(): void {
    // A copy that was handed out is the program's.
  }
  reconfigured(before: Config): void {
    if (before['count'] !== this.channel.config()['count']) this.#lifeline.anew()
  }
  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#client.receive(op, message, a, b)
  }

  item(entry: Handle): void {
    const { node, client } = this.#context
    this.#amendment ??= { properties: { correlationId: node.messages.properties(this.#asked.head)?.['correlationId'] } }
    node.amend(entry, this.#amendment)
    node.fact(FACT.delivered, entry)
    client.deliver(this, entry, 0)
  }
  done(): void {
    this.#answered()
  }
  /** An error is an answer, too: the key holds something else. */
  replied(): void {
    this.#answered()
  }

  opened(): void {
    this.#context.client.opened(this)
  }
  closed(): void {
    const { node, client } = this.#context
    this.#amendment = null
    this.#asked.drain(question => {
      if (client.failed?.(this, question, 'broken') !== true) node.discard(question, 'connection lost')
    })
    client.closed(this)
    this.#lifeline.later()
  }
  published(): void {}
  gone(): void {}

  #answered(): void {
    this.#amendment = null
    if (this.#asked.count > 0) this.#context.node.process(this.#asked.shift())
  }

  #greet(): void {
    const { count } = this.channel.config()
    this.#range = this.#client.learn(new Command(['XRANGE', DRAWN, '-', '+', ...(typeof count === 'number' ? ['COUNT', String(count)] : [])], 'items'))
  }
}
