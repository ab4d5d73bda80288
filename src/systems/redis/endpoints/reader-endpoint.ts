import type { ChannelContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext } from '../../../contract/model.ts'
import type { Config } from '../../../topology/document.ts'
import type { ClientListener, RedisClient } from '../client.ts'
import { Command, DRAWN, NUMBERS } from '../command.ts'
import { isError, type Resp } from '../resp.ts'
import { Lifeline } from './lifeline.ts'
import { Outstanding } from './outstanding.ts'

/** A program that reads a stream on its own. Its position is in its memory: it outlives a connection, not a crash. */
export class ReaderEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = false
  readonly canReceive = true
  readonly #context: EndpointContext
  readonly #client: RedisClient
  readonly #lifeline: Lifeline
  readonly #outstanding = new Outstanding()
  #reading = false
  #first = 0
  #further = 0
  /** The last id seen; ms is −1 before the first. */
  #ms = -1
  #seq = 0

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#lifeline = new Lifeline(context, this, () => this.#greet())
    this.#client = this.#lifeline.client
  }

  isOpen(): boolean {
    return this.#client.isOpen
  }
  start(): void {
    this.#ms = -1
    this.#lifeline.start()
  }
  wake(_signal: number): void {
    this.#lifeline.wake()
  }
  crash(): void {
    this.#lifeline.crash()
    this.#outstanding.clear()
    this.#reading = false
  }
  send(): 'refused' {
    return 'refused'
  }
  settle(): void {
    // Reading acknowledges nothing.
  }
  finished(tag: number): void {
    if (this.#outstanding.end(tag)) this.#read()
  }

  /** Another start is for a program that starts anew; how it goes on takes effect at once. */
  reconfigured(before: Config): void {
    const config = this.channel.config()
    if (before['start'] !== config['start']) this.#ms = -1
    const same = ['start', 'next', 'count'].every(field => before[field] === config[field])
    if (!same) this.#lifeline.anew()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#client.receive(op, message, a, b)
  }

  item(message: Handle, ms: number, seq: number): void {
    this.#ms = ms
    this.#seq = seq
    const { client, node } = this.#context
    if (client.finishes === true) this.#outstanding.begin(0)
    node.fact(FACT.delivered, message)
    client.deliver(this, message, 0)
  }
  done(): void {
    this.#reading = false
    this.#read()
  }

  replied(answer: Resp): void {
    if (isError(answer)) this.#lifeline.giveUp()
  }
  opened(): void {
    this.#context.client.opened(this)
  }
  closed(): void {
    this.#reading = false
    this.#context.client.closed(this)
    this.#lifeline.later()
  }
  published(): void {}
  gone(): void {}

  #greet(): void {
    const { start, next, count } = this.channel.config()
    const command = (from: string): Command => new Command(['XREAD', 'COUNT', String(count), 'BLOCK', '0', 'STREAMS', DRAWN, from], 'items')
    this.#reading = false
    this.#first = this.#client.learn(command(String(start)))
    // Claim redis.stream.dollar.
    this.#further = this.#client.learn(command(next === '$' ? '$' : NUMBERS))
    this.#read()
  }

  #read(): void {
    if (this.#client.isClosed || this.#reading || this.#outstanding.count > 0) return
    this.#reading = true
    if (this.#ms < 0) this.#client.sayLearned(this.#first, 0, 0)
    else this.#client.sayLearned(this.#further, this.#ms, this.#seq)
  }
}
