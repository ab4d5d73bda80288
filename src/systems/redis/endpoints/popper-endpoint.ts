import type { ChannelContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, Outcome } from '../../../contract/model.ts'
import type { Config } from '../../../topology/document.ts'
import type { ClientListener, RedisClient } from '../client.ts'
import { Command, DRAWN, GIVE_BACK, NUMBERS } from '../command.ts'
import { isError, type Resp } from '../resp.ts'
import { Lifeline } from './lifeline.ts'
import { Outstanding } from './outstanding.ts'

type Phase = 'idle' | 'recovering' | 'waiting'

/**
 * A worker: it waits for an item, works on it, and asks for the next. With BRPOP or BLPOP the item is its own; with BLMOVE it stays in a processing
 * list, under a number that serves as tag, until the worker has it removed.
 */
export class PopperEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = false
  readonly canReceive = true
  readonly #context: EndpointContext
  readonly #client: RedisClient
  readonly #lifeline: Lifeline
  readonly #outstanding = new Outstanding()
  #phase: Phase = 'idle'
  /** The program has just started: it looks for what it left behind. */
  #fresh = true
  #pop = 0
  #recover = 0
  /** The item that was moved back first; seen again, the list is its own processing list and everything has gone round. */
  #backFirst = 0
  #round = false
  readonly #settling: Record<Outcome, number> = { accepted: 0, released: 0, rejected: 0 }
  /** Settled while disconnected: said when the connection stands again. */
  readonly #late: (readonly [number, Outcome])[] = []

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#lifeline = new Lifeline(context, this, () => this.#greet())
    this.#client = this.#lifeline.client
  }

  get #reliable(): boolean {
    return this.channel.config()['command'] === 'BLMOVE'
  }

  isOpen(): boolean {
    return this.#client.isOpen
  }
  start(): void {
    this.#fresh = true
    this.#lifeline.start()
  }
  wake(): void {
    this.#lifeline.wake()
  }
  crash(): void {
    this.#lifeline.crash()
    this.#phase = 'idle'
    this.#outstanding.clear()
    this.#late.length = 0
  }
  send(): 'refused' {
    return 'refused'
  }

  settle(tag: number, outcome: Outcome): void {
    if (tag === 0) return
    if (this.#client.isOpen) this.#client.sayLearned(this.#settling[outcome], tag, 0)
    else this.#late.push([tag, outcome])
  }
  finished(tag: number): void {
    if (this.#outstanding.end(tag)) this.#ask()
  }

  reconfigured(before: Config): void {
    const config = this.channel.config()
    if (before['command'] !== config['command'] || before['processing'] !== config['processing']) this.#lifeline.anew()
    else this.#ask()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#client.receive(op, message, a, b)
  }

  item(message: Handle, number: number): void {
    // What is moved back to the list is only shown.
    if (this.#phase === 'recovering') {
      this.#round = number === this.#backFirst
      if (this.#backFirst === 0) this.#backFirst = number
      return
    }
    const tag = this.#reliable ? number : 0
    const { client, node } = this.#context
    if (client.finishes === true) this.#outstanding.begin(tag)
    node.fact(FACT.delivered, message)
    client.deliver(this, message, tag)
  }

  done(count: number): void {
    if (this.#phase === 'recovering' && count > 0 && !this.#round) return this.#client.sayLearned(this.#recover, 0, 0)
    this.#phase = 'idle'
    this.#ask()
  }

  replied(answer: Resp): void {
    if (isError(answer) && this.#phase !== 'idle') this.#lifeline.giveUp()
  }
  opened(): void {
    for (const [tag, outcome] of this.#late.splice(0)) this.settle(tag, outcome)
    this.#context.client.opened(this)
  }
  closed(): void {
    this.#phase = 'idle'
    this.#outstanding.forgetTagged()
    this.#context.client.closed(this)
    this.#lifeline.later()
  }
  published(): void {}
  gone(): void {}

  #greet(): void {
    const config = this.channel.config()
    const command = String(config['command'])
    this.#phase = 'idle'
    if (!this.#reliable) {
      this.#pop = this.#client.learn(new Command([command, DRAWN, '0'], 'items'))
      return this.#ask()
    }
    const own = String(config['processing'])
    const processing = own === '' ? `${DRAWN}:processing:${this.#context.node.label()}` : own
    this.#pop = this.#client.learn(new Command(['BLMOVE', DRAWN, processing, 'RIGHT', 'LEFT', '0'], 'items'))
    this.#recover = this.#client.learn(new Command(['LMOVE', processing, DRAWN, 'LEFT', 'RIGHT'], 'items'))
    this.#settling.accepted = this.#client.learn(new Command(['LREM', processing, '1', NUMBERS], 'nothing'))
    this.#settling.rejected = this.#client.learn(new Command(['LREM', processing, '1', NUMBERS], 'nothing', { rejects: true }))
    this.#settling.released = this.#client.learn(new Command([GIVE_BACK, processing, DRAWN], 'nothing'))
    const recovers = this.#fresh && config['recover'] === true
    this.#fresh = false
    if (!recovers) return this.#ask()
    this.#phase = 'recovering'
    this.#backFirst = 0
    this.#round = false
    this.#client.sayLearned(this.#recover, 0, 0)
  }

  /** Claim redis.list.blocked-order: whoever asks again stands at the end of the line. */
  #ask(): void {
    if (this.#client.isClosed || this.#phase !== 'idle' || this.#outstanding.count >= Number(this.channel.config()['atOnce'])) return
    this.#phase = 'waiting'
    this.#client.sayLearned(this.#pop, 0, 0)
  }
}
