import type { ChannelContext } from '../../../contract/context.ts'
import { WAITING } from '../../../contract/ledger.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, SendResult } from '../../../contract/model.ts'
import type { Asked, Why } from '../../../contract/why.ts'
import { OrderedDeque } from '../../../messaging/ordered-deque.ts'
import type { Config } from '../../../topology/document.ts'
import type { ClientListener, RedisClient } from '../client.ts'
import { Command, DRAWN, KEY, VALUE } from '../command.ts'
import { Lifeline } from './lifeline.ts'

/** Numbers of its learned commands. */
const MAIN = 0
const AFTER = 1

/** The command that a line's messages travel with, and what is said after each of them. */
interface Sending {
  readonly main: Command
  readonly after: Command | null
}

/** A program that publishes, pushes or adds: it never waits for an answer. */
export class SenderEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = false
  readonly #context: EndpointContext
  readonly #client: RedisClient
  readonly #lifeline: Lifeline
  /** What is said after each message, or −1. */
  #after = -1
  /** Messages kept while disconnected. Claim redis.client.offline-queue. */
  readonly #outbox: OrderedDeque
  #outboxPosition = 0

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#lifeline = new Lifeline(context, this, () => this.#learn())
    this.#client = this.#lifeline.client
    this.#outbox = new OrderedDeque(message => context.node.messages.mark(message))
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
    this.#outbox.drain(message => this.#context.node.discard(message, 'application crashed'))
  }

  send(message: Handle): SendResult {
    if (this.#client.isOpen) {
      this.#say(message)
      return 'sent'
    }
    if (this.channel.config()['whileDisconnected'] !== 'buffer') return 'refused'
    const { node } = this.#context
    this.#outboxPosition += 1
    node.hold(message, WAITING)
    node.messages.setMark(message, this.#outboxPosition)
    this.#outbox.push(message)
    return 'buffered'
  }

  settle(): void {
    // Nothing is delivered here.
  }

  queued(visit: (message: Handle) => void): void {
    for (let n = 0; n < this.#outbox.count; n += 1) visit(this.#outbox.at(n))
  }
  why({ message, node, ended }: Asked): readonly Why[] {
    let kept = false
    this.queued(one => (kept ||= one === message))
    if (!kept || ended !== null) return []
    return [{ asks: 'waits', says: `It is in the off-line queue of ${node.label()} until there is a connection again.`, grounds: [{ says: 'Kept since', sinceNs: node.messages.sinceNs(message) }] }]
  }

  reconfigured(before: Config): void {
    const config = this.channel.config()
    const same = ['channelFrom', 'command', 'keep', 'trimming', 'length'].every(field => before[field] === config[field])
    if (!same && !this.#client.isClosed) this.#learn()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#client.receive(op, message, a, b)
  }

  opened(): void {
    this.#outbox.drain(message => this.#say(message))
    this.#context.client.opened(this)
  }
  closed(): void {
    this.#context.client.closed(this)
    this.#lifeline.later()
  }
  replied(): void {
    // An error (WRONGTYPE) is all that is answered: the server has refused the message, and the ledger says so.
  }
  published(): void {}
  item(): void {}
  gone(): void {}
  done(): void {}

  #say(message: Handle): void {
    this.#client.sayLearnedOf(MAIN, message)
    if (this.#after >= 0) this.#client.sayLearned(this.#after, 0, 0)
  }

  #learn(): void {
    const { main, after } = sendingOf(this.channel)
    this.#client.learn(main, MAIN)
    this.#after = after === null ? -1 : this.#client.learn(after, AFTER)
  }
}

function sendingOf(channel: ChannelContext): Sending {
  const config = channel.config()
  switch (channel.type) {
    case 'redis.publish':
      return { main: new Command(['PUBLISH', config['channelFrom'] === 'key' ? KEY : DRAWN, VALUE], 'nothing'), after: null }
    case 'redis.push': {
      const { command, keep } = config
      // The newest stand at the end that is pushed to.
      const trim = typeof keep !== 'number' ? null : command === 'LPUSH' ? ['LTRIM', DRAWN, '0', String(keep - 1)] : ['LTRIM', DRAWN, String(-keep), '-1']
      return { main: new Command([String(command), DRAWN, VALUE], 'nothing'), after: trim && new Command(trim, 'nothing') }
    }
    default: {
      const trimming = config['trimming'] === 'none' ? [] : ['MAXLEN', String(config['trimming']), String(config['length'])]
      return { main: new Command(['XADD', DRAWN, ...trimming, '*', 'message', VALUE], 'nothing'), after: null }
    }
  }
}
