import type { ChannelContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, Outcome } from '../../../contract/model.ts'
import { TagIds } from '../../../messaging/tag-ids.ts'
import type { Config } from '../../../topology/document.ts'
import type { ClientListener, RedisClient } from '../client.ts'
import { Command, DRAWN, NUMBERS } from '../command.ts'
import { isError, type Resp } from '../resp.ts'
import { Lifeline } from './lifeline.ts'
import { Outstanding } from './outstanding.ts'

const NS_A_MS = 1e6
type Phase = 'idle' | 'history' | 'new' | 'claim'

/** A consumer of a group: reads a batch, works on it, acknowledges, reads the next; first its own pending entries, now and then those of others. */
export class GroupReaderEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = false
  readonly canReceive = true
  readonly #context: EndpointContext
  readonly #client: RedisClient
  readonly #lifeline: Lifeline
  readonly #outstanding = new Outstanding()
  /** Ids of entries that were delivered and not settled. */
  readonly #ids = new TagIds()
  /** What the server is asked for. */
  #phase: Phase = 'idle'
  /** Where the reading of its own history stands; ms is −1 when it is over. */
  #ms = -1
  #seq = 0
  #claimedNs = 0
  readonly #numbers = { history: 0, new: 0, claim: 0, acknowledge: 0, reject: 0 }
  /** Settled while disconnected: said when the connection stands again. */
  readonly #late: (readonly [number, Outcome])[] = []

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
    this.#claimedNs = this.#context.node.nowNs()
    this.#lifeline.start()
  }
  wake(_signal: number): void {
    this.#lifeline.wake()
  }
  crash(): void {
    this.#lifeline.crash()
    this.#outstanding.clear()
    this.#ids.clear()
    this.#late.length = 0
    this.#phase = 'idle'
  }
  send(): 'refused' {
    return 'refused'
  }

  /** Redis has no negative acknowledgement: what is given back stays pending, what is rejected is acknowledged and dropped. */
  settle(tag: number, outcome: Outcome): void {
    if (tag === 0 || !this.#ids.has(tag)) return
    if (!this.#client.isOpen) return void this.#late.push([tag, outcome])
    const ms = this.#ids.major(tag)
    const seq = this.#ids.minor(tag)
    this.#ids.delete(tag)
    if (outcome === 'released') return
    this.#client.sayLearned(outcome === 'accepted' ? this.#numbers.acknowledge : this.#numbers.reject, ms, seq)
  }
  finished(tag: number): void {
    if (this.#outstanding.end(tag)) this.#next()
  }

  reconfigured(before: Config): void {
    const config = this.channel.config()
    const same = ['group', 'consumer', 'start', 'count', 'noAck', 'claimIdle', 'claimEvery'].every(field => before[field] === config[field])
    if (!same) this.#lifeline.anew()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#client.receive(op, message, a, b)
  }

  item(message: Handle, ms: number, seq: number): void {
    const { client, node } = this.#context
    if (this.#phase === 'history') this.#historyAt(ms, seq)
    const own = this.#phase === 'new' && this.channel.config()['noAck'] === true
    const tag = own ? 0 : this.#ids.add(ms, seq)
    if (client.finishes === true) this.#outstanding.begin(tag)
    node.fact(FACT.delivered, message)
    client.deliver(this, message, tag)
  }
  /** Nothing to work on: acknowledged, so that it doesn't come up for ever. */
  gone(ms: number, seq: number): void {
    if (this.#phase === 'history') this.#historyAt(ms, seq)
    this.#client.sayLearned(this.#numbers.acknowledge, ms, seq)
  }
  done(count: number): void {
    if (this.#phase === 'history' && count === 0) this.#ms = -1
    this.#phase = 'idle'
    this.#next()
  }

  /** The group was there already: fine. */
  replied(answer: Resp): void {
    if (isError(answer) && !answer.error.startsWith('BUSYGROUP')) this.#lifeline.giveUp()
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

  #greet(): void {
    const config = this.channel.config()
    const group = String(config['group'])
    const consumer = String(config['consumer']) === '' ? this.#context.node.label() : String(config['consumer'])
    const count = String(config['count'])
    const claims = typeof config['claimIdle'] === 'number'
    const read = ['XREADGROUP', 'GROUP', group, consumer, 'COUNT', count]
    // One that also claims must not be held for ever.
    const block = claims ? String(Math.max(1, Math.round(Number(config['claimEvery'])))) : '0'
    this.#client.say(new Command(['XGROUP', 'CREATE', DRAWN, group, String(config['start']), 'MKSTREAM'], 'nothing'))
    this.#numbers.history = this.#client.learn(new Command([...read, 'STREAMS', DRAWN, NUMBERS], 'items'))
    this.#numbers.new = this.#client.learn(new Command([...read, 'BLOCK', block, ...(config['noAck'] === true ? ['NOACK'] : []), 'STREAMS', DRAWN, '>'], 'items'))
    this.#numbers.acknowledge = this.#client.learn(new Command(['XACK', DRAWN, group, NUMBERS], 'nothing'))
    this.#numbers.reject = this.#client.learn(new Command(['XACK', DRAWN, group, NUMBERS], 'nothing', { rejects: true }))
    if (claims) this.#numbers.claim = this.#client.learn(new Command(['XAUTOCLAIM', DRAWN, group, consumer, String(config['claimIdle']), '0', 'COUNT', count], 'items'))
    this.#phase = 'idle'
    this.#historyAt(config['ownFirst'] === true ? 0 : -1, 0)
    this.#next()
  }

  #historyAt(ms: number, seq: number): void {
    this.#ms = ms
    this.#seq = seq
  }

  /** A batch is done: the next reading. */
  #next(): void {
    if (this.#client.isClosed || this.#phase !== 'idle' || this.#outstanding.count > 0) return
    if (this.#ms >= 0) {
      this.#phase = 'history'
      return this.#client.sayLearned(this.#numbers.history, this.#ms, this.#seq)
    }
    const config = this.channel.config()
    const now = this.#context.node.nowNs()
    if (typeof config['claimIdle'] === 'number' && now - this.#claimedNs >= Number(config['claimEvery']) * NS_A_MS) {
      this.#claimedNs = now
      this.#phase = 'claim'
      return this.#client.sayLearned(this.#numbers.claim, 0, 0)
    }
    this.#phase = 'new'
    this.#client.sayLearned(this.#numbers.new, 0, 0)
  }
}
