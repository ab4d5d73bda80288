import type { NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { UNACKNOWLEDGED, WAITING, type DiscardReason } from '../../contract/ledger.ts'
import { FLAG_PERSISTENT, FLAG_REDELIVERED, type Handle } from '../../contract/message.ts'
import type { Declared } from './arguments.ts'
import type { Connection } from './connection.ts'
import type { Consumer } from './consumer.ts'
import type { DeadLetterOffice } from './dead-letter-office.ts'
import { DISCARDED_AS, type DeathReason } from './death.ts'
import { deliveryCount, setDeliveryCount } from './envelope.ts'
import type { Route } from './exchange.ts'
import { Deadlines, Disuse } from './expiry.ts'
import { HeldLetters } from './held-letters.ts'
import { enforceLimit, isLimited, refuses } from './overflow.ts'
import { QueueFigures } from './queue-figures.ts'
import { readyFor, type ReadyMessages } from './ready.ts'
import type { QueueSettings } from './settings.ts'
import type { StreamQueue } from './stream-queue.ts'
import { turnsFor, type Turns } from './turns.ts'

export type AnyQueue = Queue | StreamQueue

export interface QueueOptions {
  readonly number: number
  readonly declared: Declared
  readonly settings: QueueSettings
  /** Figures, ledger and facts: the queue's own node, or the broker's for one that a client declared. */
  readonly node: NodeContext
  readonly drawn: boolean
  readonly office: DeadLetterOffice
}

/** Levels of a quorum queue: what was returned goes before what was never delivered. */
const RETURNED = 0
const NEVER_DELIVERED = 1

/** A classic or a quorum queue: what is ready in order, what was handed out, and whose turn it is. */
export class Queue {
  readonly number: number
  readonly node: NodeContext
  readonly drawn: boolean
  declared: Declared
  settings: QueueSettings
  owner: Connection | null = null
  deleted = false
  ready: ReadyMessages
  /** Dead letters that wait until somebody has taken them. */
  readonly letters: HeldLetters
  /** A quorum queue that was full and refuses for now. */
  refusing = false
  /** How many were handed out and not settled; which ones is the channels' knowledge. */
  unackedCount = 0
  /** How many of them were fetched by get. */
  fetchedCount = 0
  /** In order of registration. */
  consumers: Consumer[] = []
  turns: Turns
  /** Of a quorum queue: cancelled ones, which count as long as they hold something. */
  #cancelled: Consumer[] = []
  /** The way from the default exchange. */
  readonly direct: readonly Route[]
  readonly figures: QueueFigures
  lastMark = 0
  readonly #office: DeadLetterOffice
  deadlines: Deadlines | null = null
  #limited: boolean
  #hadConsumer = false
  readonly #disuse: Disuse

  constructor(options: QueueOptions) {
    this.number = options.number
    this.declared = options.declared
    this.settings = options.settings
    this.node = options.node
    this.drawn = options.drawn
    this.#office = options.office
    this.figures = new QueueFigures(options.node, options.drawn)
    this.letters = new HeldLetters(options.node, options.number)
    this.direct = [{ queue: this, via: null, to: this }]
    this.ready = readyFor(options.settings, options.node.messages)
    this.turns = turnsFor(options.settings)
    this.#disuse = new Disuse(options.node, options.number)
    this.#limited = isLimited(options.settings)
  }

  get name(): string {
    return this.declared.name
  }
  get virtualHost(): string {
    return this.declared.virtualHost
  }
  /** What a client is told: a quorum queue counts whoever holds something, cancelled consumers and gets too, and not those that wait to be the active one. */
  get consumerCount(): number {
    if (!this.isQuorum) return this.consumers.length
    this.#cancelled = this.#cancelled.filter(one => one.unacked > 0 && one.channel.open)
    return (this.settings.singleActive ? Math.min(1, this.consumers.length) : this.consumers.length) + this.#cancelled.length + this.fetchedCount
  }
  get isQuorum(): boolean {
    return this.settings.kind === 'quorum'
  }

  /** Takes a copy in; false when it is refused (it has then ended, or gone where dead letters go). */
  enqueue(message: Handle): boolean {
    const { node } = this
    node.hold(message, WAITING)
    if (this.#limited && refuses(this, message)) {
      this.#refuse(message)
      return false
    }
    this.lastMark += 1
    node.messages.setMark(message, this.lastMark)
    this.ready.push(this.#levelOf(message), message)
    node.fact(FACT.enqueued, message)
    this.figures.enqueued()
    this.#startClock(message)
    this.pump()
    if (this.#limited || this.deadlines !== null) this.#tidy()
    return true
  }

  /** Hands out what consumers can take, turn by turn. */
  pump(): void {
    const { ready, turns } = this
    while (ready.count > 0) {
      if (this.deadlines !== null && this.isQuorum) {
        this.dropExpired()
        if (ready.count === 0) break
      }
      const consumer = turns.next()
      if (consumer === null) break
      consumer.channel.deliver(this, consumer)
    }
    if (this.refusing) enforceLimit(this)
    this.tell()
  }

  /** Takes the head for somebody: the copy becomes unacknowledged, or leaves with the caller when nothing is to be acknowledged. */
  take(noAck: boolean): Handle {
    const message = this.ready.shift()
    this.figures.handingOut(message)
    if (!noAck) {
      this.node.hold(message, UNACKNOWLEDGED)
      this.unackedCount += 1
    } else this.deadlines?.forget(message)
    this.node.fact(FACT['handed-out'], message)
    if (this.deadlines !== null) this.dropExpired()
    return message
  }

  acknowledge(message: Handle): void {
    this.unackedCount -= 1
    this.deadlines?.forget(message)
    this.node.fact(FACT.settled, message)
    this.figures.acknowledged()
    this.node.process(message)
  }

  /** Claim amqp.dlx.rejected. */
  reject(message: Handle): void {
    this.unackedCount -= 1
    this.node.fact(FACT.rejected, message)
    this.die(message, 'rejected')
  }

  /** Gives one back that its consumer asked to be given back. */
  requeue(message: Handle, consumer: Consumer | null): void {
    this.#putBack(message, consumer, false)
    this.#afterReturn()
  }

  /** Gives several back that one had, in order of their tags; `lost` when it is gone. */
  requeueAll(messages: readonly Handle[], consumer: Consumer | null, lost = false): void {
    // Claim amqp.quorum.requeue: without a limit each goes to the tail by itself, and may be handed out before the next one does.
    if (this.isQuorum && !lost && this.settings.deliveryLimit === Infinity) return messages.forEach(message => this.requeue(message, consumer))
    if (this.isQuorum) for (const message of messages) this.#putBack(message, consumer, lost)
    // From the last to the first: each then belongs to the head.
    else for (let n = messages.length - 1; n >= 0; n -= 1) this.#putBack(messages[n]!, consumer, lost)
    this.#afterReturn()
  }

  /** Takes the head out, wherever it is to go. */
  removeHead(): Handle {
    return this.ready.shift()
  }

  /** A copy that is no longer in any list dies: it becomes a dead letter where there is a place for those. */
  die(message: Handle, reason: DeathReason): void {
    this.deadlines?.forget(message)
    if (this.settings.deadLetterExchange === null) {
      this.figures.dropped()
      return this.node.discard(message, DISCARDED_AS[reason])
    }
    this.#office.take({ queue: this, message, reason })
  }

  /** Claims amqp.ttl.head-only and amqp.ttl.unacked: only what has come to the head expires. */
  dropExpired(): void {
    const deadlines = this.deadlines
    if (deadlines === null) return
    const now = this.node.nowNs()
    while (this.ready.count > 0) {
      const at = deadlines.of(this.ready.peek())
      if (at > now) return deadlines.watch(at)
      this.die(this.removeHead(), 'expired')
    }
  }

  /** When a message's time to live is over; Infinity: never. */
  deadlineOf(message: Handle): number {
    return this.deadlines?.of(message) ?? Infinity
  }

  headExpires(): void {
    this.deadlines?.woke()
    this.dropExpired()
    this.tell()
  }

  addConsumer(consumer: Consumer): void {
    this.consumers.push(consumer)
    this.turns.add(consumer)
    this.#hadConsumer = true
    this.pump()
  }

  /** True when that was the last one of an auto-delete queue: it has to go. */
  removeConsumer(consumer: Consumer): boolean {
    this.consumers = this.consumers.filter(one => one !== consumer)
    this.turns.remove(consumer, this.consumers)
    if (this.isQuorum && consumer.unacked > 0) this.#cancelled.push(consumer)
    this.touch()
    this.tell()
    return this.declared.autoDelete && this.#hadConsumer && this.consumers.length === 0
  }

  /** Claim amqp.queue.expires: whoever declares, gets or stops consuming renews the time that an unused queue lives. */
  touch(): void {
    this.#disuse.begin(this.consumers.length > 0 || this.deleted ? Infinity : this.settings.expiresNs)
  }

  /** The time that an unused queue lives is over: true when it is unused. In a quorum queue whoever holds something uses it. */
  isExpired(): boolean {
    this.#disuse.woke()
    if (this.consumerCount === 0) return true
    this.touch()
    return false
  }

  /** Claim amqp.purge: ready messages only. */
  purge(): number {
    const { count } = this.ready
    this.#discardReady('purged')
    if (this.refusing) enforceLimit(this)
    this.tell()
    return count
  }

  /** The queue is gone, with everything in it. */
  discardAll(reason: DiscardReason, unacked: readonly Handle[]): void {
    this.#discardReady(reason)
    for (const message of unacked) this.node.discard(message, reason)
    this.letters.discardAll(reason)
    this.unackedCount = 0
    this.fetchedCount = 0
    this.consumers = []
    this.deadlines?.stop()
    this.#disuse.stop()
    this.tell()
  }

  /**
   * The broker has ended: what is on disk is back in its old order, everything handed out as redelivered (claims amqp.restart.*). After a crash it
   * can't tell what had been handed out: a classic queue says so of everything (claim amqp.restart.crash).
   */
  afterEnd(unacked: readonly Handle[], how: 'crash' | 'stop'): void {
    this.consumers = []
    this.turns = turnsFor(this.settings)
    const survives = (message: Handle): boolean => this.isQuorum || (this.node.messages.flags(message) & FLAG_PERSISTENT) !== 0
    this.requeueAll(unacked, null, true)
    const kept: Handle[] = []
    this.ready.drain(message => (survives(message) ? kept.push(message) : this.node.discard(message, 'broker crashed')))
    for (const message of kept) {
      if (how === 'crash' && !this.isQuorum) this.node.messages.setFlag(message, FLAG_REDELIVERED)
      this.ready.push(this.#levelOf(message), message)
    }
    this.unackedCount = 0
    this.fetchedCount = 0
    this.tell()
  }

  /** Settings changed: by a live edit, or by a policy. What is in the queue stays, in its order. */
  reconfigure(declared: Declared, settings: QueueSettings): void {
    const before = this.settings
    this.declared = declared
    this.settings = settings
    this.#limited = isLimited(settings)
    const rebuilt = before.kind !== settings.kind || before.maxPriority !== settings.maxPriority || (before.maxBytes === Infinity) !== (settings.maxBytes === Infinity)
    if (rebuilt) {
      const kept: Handle[] = []
      this.ready.drain(message => kept.push(message))
      this.ready = readyFor(settings, this.node.messages)
      for (const message of kept) this.ready.push(this.#levelOf(message), message)
    }
    if (before.singleActive !== settings.singleActive || before.kind !== settings.kind) {
      this.turns = turnsFor(settings)
      for (const consumer of this.consumers) this.turns.add(consumer)
    }
    if (before.expiresNs !== settings.expiresNs) this.touch()
    this.#tidy()
    this.pump()
  }

  contents(out: Handle[], page: { readonly from: number; readonly limit: number }, unacked: () => readonly Handle[]): number {
    const { ready, letters } = this
    const end = page.from + page.limit
    ready.page(out, page.from, page.limit)
    if (end > ready.count && letters.count + this.unackedCount > 0) out.push(...[...letters.messages(), ...unacked()].slice(Math.max(0, page.from - ready.count), end - ready.count))
    return ready.count + letters.count + this.unackedCount
  }

  tell(): void {
    this.figures.tell(this.ready.count, this.unackedCount, this.consumers.length)
  }

  #refuse(message: Handle): void {
    this.figures.dropped()
    // Claim amqp.length.reject-publish: refused newcomers are no dead letters, unless the policy says so.
    if (this.settings.overflow === 'reject-publish-dlx') this.die(message, 'maxlen')
    else this.node.discard(message, 'queue full')
  }

  /** Claims amqp.requeue.position, amqp.quorum.requeue-limit and amqp.quorum.requeue-loss. */
  #putBack(message: Handle, consumer: Consumer | null, lost: boolean): void {
    const { node } = this
    const { messages } = node
    this.unackedCount -= 1
    messages.setFlag(message, FLAG_REDELIVERED)
    if (!this.isQuorum) {
      node.hold(message, WAITING)
      this.ready.insert(this.#levelOf(message), message)
      return node.fact(FACT.requeued, message)
    }
    const count = deliveryCount(messages, message) + 1
    if (count > this.settings.deliveryLimit) {
      // Claim amqp.quorum.limit-credit: returned and done with, it is paid for twice.
      if (consumer !== null && !lost) consumer.surplus += 1
      return this.die(message, 'delivery_limit')
    }
    setDeliveryCount(messages, message, count)
    node.hold(message, WAITING)
    this.ready.push(lost || this.settings.deliveryLimit !== Infinity ? RETURNED : NEVER_DELIVERED, message)
    node.fact(FACT.requeued, message)
  }

  /** Claim amqp.length.ready-only: giving back into a full queue drops from the head. */
  #afterReturn(): void {
    if (!this.isQuorum && (this.#limited || this.deadlines !== null)) this.#tidy()
    this.pump()
    if (this.isQuorum && (this.#limited || this.deadlines !== null)) this.#tidy()
  }

  #tidy(): void {
    if (this.#limited) enforceLimit(this)
    this.dropExpired()
    this.tell()
  }

  /** Claims amqp.ttl.queue, amqp.ttl.message and amqp.ttl.minimum. */
  #startClock(message: Handle): void {
    const properties = this.node.messages.properties(message)
    if (this.settings.ttlNs === Infinity && (properties === null || properties['expiration'] === undefined)) return
    this.deadlines ??= new Deadlines(this.node, this.number)
    this.deadlines.start(message, this.settings.ttlNs)
  }

  #discardReady(reason: DiscardReason): void {
    this.ready.drain(message => {
      this.deadlines?.forget(message)
      this.node.discard(message, reason)
    })
  }

  /** Claims amqp.priority.queue and amqp.priority.cap: 0 is the highest level. */
  #levelOf(message: Handle): number {
    const { maxPriority } = this.settings
    if (maxPriority < 0) return this.isQuorum ? NEVER_DELIVERED : 0
    const priority = this.node.messages.properties(message)?.['priority']
    return maxPriority - (typeof priority === 'number' ? Math.min(priority, maxPriority) : 0)
  }
}
