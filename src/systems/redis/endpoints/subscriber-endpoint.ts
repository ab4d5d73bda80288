import type { ChannelContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext } from '../../../contract/model.ts'
import type { Config } from '../../../topology/document.ts'
import type { ClientListener, RedisClient } from '../client.ts'
import { Command, DRAWN } from '../command.ts'
import { Lifeline } from './lifeline.ts'

/** A program that has subscribed: it takes what comes while its connection stands. */
export class SubscriberEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = false
  readonly canReceive = true
  readonly #context: EndpointContext
  readonly #client: RedisClient
  readonly #lifeline: Lifeline

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#lifeline = new Lifeline(context, this, () => this.#subscribe())
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
  }
  send(): 'refused' {
    return 'refused'
  }
  settle(): void {
    // Pub/Sub acknowledges nothing.
  }
  reconfigured(before: Config): void {
    if (before['pattern'] === this.channel.config()['pattern'] || this.#client.isClosed) return
    for (const verb of ['UNSUBSCRIBE', 'PUNSUBSCRIBE']) this.#client.say(new Command([verb], 'nothing'))
    this.#subscribe()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#client.receive(op, message, a, b)
  }
  published(message: Handle): void {
    this.#context.node.fact(FACT.delivered, message)
    this.#context.client.deliver(this, message, 0)
  }
  opened(): void {
    this.#context.client.opened(this)
  }
  closed(): void {
    this.#context.client.closed(this)
    this.#lifeline.later()
  }
  replied(): void {}
  item(): void {}
  gone(): void {}
  done(): void {}

  #subscribe(): void {
    const pattern = String(this.channel.config()['pattern'])
    this.#client.say(new Command(pattern === '' ? ['SUBSCRIBE', DRAWN] : ['PSUBSCRIBE', pattern], 'nothing'))
  }
}
