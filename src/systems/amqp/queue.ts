import { FACT, FLAG_REDELIVERED, type Handle, type NodeContext } from '../../contract/model.ts'
import { WAITING, UNACKNOWLEDGED, type DiscardReason } from '../../contract/ledger.ts'
import { OrderedDeque } from '../../messaging/ordered-deque.ts'
import type { Connection, Consumer } from './connection.ts'

export interface QueueFlags {
  readonly durable: boolean
  readonly exclusive: boolean
  readonly autoDelete: boolean
}

/** A classic queue: what is ready in order, what was handed out, and whose turn it is. */
export class Queue {
  readonly number: number
  readonly name: string
  readonly virtualHost: string
  flags: QueueFlags
  /** Figures, ledger and facts: the queue's own node, or the broker's for one that a client declared. */
  readonly node: NodeContext
  readonly drawn: boolean
  owner: Connection | null = null
  deleted = false
  readonly ready: OrderedDeque
  /** How many were handed out and not settled; which ones is the channels' knowledge. */
  unackedCount = 0
  /** In order of registration; the rotation is by `#turn`. */
  consumers: Consumer[] = []
  #hadConsumer = false
  #position = 0
  #toldReady = 0
  #toldUnacked = 0
  #toldConsumers = 0
  /** Rotation: the consumer that was served last goes to the end. */
  #rotation: Consumer[] = []
  readonly #probes: { ready: number; unacked: number; consumers: number; enqueued: number; delivered: number; acknowledged: number; redelivered: number; wait: number } | null

  constructor(options: { number: number; name: string; virtualHost: string; flags: QueueFlags; node: NodeContext; drawn: boolean }) {
    this.number = options.number
    this.name = options.name
    this.virtualHost = options.virtualHost
    this.flags = options.flags
    this.node = options.node
    this.drawn = options.drawn
    this.ready = new OrderedDeque(message => this.node.messages.mark(message))
    const slot = (id: string): number => this.node.probe(id)
    this.#probes = options.drawn
      ? { ready: slot('ready'), unacked: slot('unacked'), consumers: slot('consumers'), enqueued: slot('enqueued'), delivered: slot('delivered'), acknowledged: slot('acknowledged'), redelivered: slot('redelivered'), wait: slot('wait') }
      : null
  }

  enqueue(message: Handle): void {
    this.node.hold(message, WAITING)
    this.#position += 1
    this.node.messages.setMark(message, this.#position)
    this.ready.push(message)
    this.node.fact(FACT.enqueued, message)
    if (this.#probes) this.node.count(this.#probes.enqueued)
    this.pump()
    this.#levels()
  }

  /** Claim amqp.requeue.position: back to where it was, redelivered set. */
  requeue(message: Handle): void {
    this.unackedCount -= 1
    this.node.hold(message, WAITING)
    this.node.messages.setFlag(message, FLAG_REDELIVERED)
    this.ready.insert(message)
    this.node.fact(FACT.requeued, message)
    this.#levels()
  }

  acknowledge(message: Handle): void {
    this.unackedCount -= 1
    this.node.fact(FACT.settled, message)
    if (this.#probes) this.node.count(this.#probes.acknowledged)
    this.node.process(message)
    this.#levels()
  }

  reject(message: Handle): void {
    this.unackedCount -= 1
    this.node.fact(FACT.rejected, message)
    this.node.discard(message, 'rejected')
    this.#levels()
  }

  /** Takes the head for somebody: the copy becomes unacknowledged, or leaves with the caller when nothing is to be acknowledged. */
  take(noAck: boolean): Handle {
    const message = this.ready.shift()
    const node = this.node
    if (this.#probes) {
      node.count(this.#probes.delivered)
      node.record(this.#probes.wait, node.nowNs() - node.messages.sinceNs(message))
    }
    if ((node.messages.flags(message) & FLAG_REDELIVERED) !== 0) {
      node.redelivered()
      if (this.#probes) node.count(this.#probes.redelivered)
    }
    if (!noAck) {
      node.hold(message, UNACKNOWLEDGED)
      this.unackedCount += 1
    }
    node.fact(FACT['handed-out'], message)
    this.#levels()
    return message
  }

  /** Hands out what consumers can take, turn by turn. */
  pump(): void {
    while (this.ready.count > 0) {
      const consumer = this.#nextReady()
      if (!consumer) return
      consumer.channel.deliver(this, consumer)
    }
  }

  addConsumer(consumer: Consumer): void {
    this.consumers.push(consumer)
    this.#rotation.push(consumer)
    this.#hadConsumer = true
    this.#levels()
  }

  /** True when that was the last one of an auto-delete queue: it has to go. */
  removeConsumer(consumer: Consumer): boolean {
    this.consumers = this.consumers.filter(one => one !== consumer)
    this.#rotation = this.#rotation.filter(one => one !== consumer)
    this.#levels()
    return this.flags.autoDelete && this.#hadConsumer && this.consumers.length === 0
  }

  /** Claim amqp.purge: ready messages only. */
  purge(): void {
    this.ready.drain(message => this.node.discard(message, 'purged'))
    this.#levels()
  }

  discardAll(reason: DiscardReason, unacked: readonly Handle[]): void {
    this.ready.drain(message => this.node.discard(message, reason))
    for (const message of unacked) this.node.discard(message, reason)
    this.unackedCount = 0
    this.#levels()
  }

  /** The broker died: what is on disk comes back in its old order, everything handed out as redelivered. */
  afterCrash(survives: (message: Handle) => boolean, unacked: readonly Handle[]): void {
    for (const message of unacked) {
      this.node.messages.setFlag(message, FLAG_REDELIVERED)
      this.node.hold(message, WAITING)
      this.ready.insert(message)
    }
    this.unackedCount = 0
    this.consumers = []
    this.#rotation = []
    const kept: Handle[] = []
    this.ready.drain(message => {
      if (survives(message)) kept.push(message)
      else this.node.discard(message, 'broker crashed')
    })
    for (const message of kept) this.ready.push(message)
    this.#levels()
  }

  contents(out: Handle[], page: { readonly from: number; readonly limit: number }, unacked: () => readonly Handle[]): number {
    const end = page.from + page.limit
    for (let n = page.from; n < Math.min(this.ready.count, end); n += 1) out.push(this.ready.at(n))
    if (end > this.ready.count && this.unackedCount > 0) out.push(...unacked().slice(Math.max(0, page.from - this.ready.count), end - this.ready.count))
    return this.ready.count + this.unackedCount
  }

  /** Claims amqp.consume.round-robin and amqp.prefetch.skip. */
  #nextReady(): Consumer | null {
    const rotation = this.#rotation
    for (let n = 0; n < rotation.length; n += 1) {
      const consumer = rotation[n]!
      if (!consumer.isReady()) continue
      rotation.splice(n, 1)
      rotation.push(consumer)
      return consumer
    }
    return null
  }

  /** Levels are told when they change: within one instant only the last value counts. */
  #levels(): void {
    const probes = this.#probes
    if (!probes) return
    const ready = this.ready.count
    if (ready !== this.#toldReady) {
      this.#toldReady = ready
      this.node.level(probes.ready, ready)
    }
    const unacked = this.unackedCount
    if (unacked !== this.#toldUnacked) {
      this.#toldUnacked = unacked
      this.node.level(probes.unacked, unacked)
    }
    const consumers = this.consumers.length
    if (consumers !== this.#toldConsumers) {
      this.#toldConsumers = consumers
      this.node.level(probes.consumers, consumers)
    }
  }
}
