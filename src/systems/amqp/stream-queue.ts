import type { NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { RETAINED, UNACKNOWLEDGED, type DiscardReason } from '../../contract/ledger.ts'
import type { LogSheet } from '../../contract/log.ts'
import type { Handle, Headers } from '../../contract/message.ts'
import { OrderedDeque } from '../../messaging/ordered-deque.ts'
import { ageMs, type Declared } from './arguments.ts'
import type { Connection } from './connection.ts'
import type { Consumer } from './consumer.ts'
import { FLAG_FROM_STREAM } from './envelope.ts'
import type { Route } from './exchange.ts'
import { QueueFigures } from './queue-figures.ts'
import type { QueueOptions } from './queue.ts'
import type { QueueSettings } from './settings.ts'

/** Claim amqp.stream.headers: lists and tables don't get into the log; null when there are none. */
function nestedOf(headers: Headers | null): Record<string, undefined> | null {
  let found: Record<string, undefined> | null = null
  for (const name in headers) if (typeof headers[name] === 'object' && headers[name] !== null) (found ??= {})[name] = undefined
  return found
}

/** A stream: a log that readers go through, each at its own place; reading and settling remove nothing (claims amqp.stream.*). */
export class StreamQueue {
  readonly number: number
  readonly node: NodeContext
  readonly drawn: boolean
  declared: Declared
  settings: QueueSettings
  owner: Connection | null = null
  deleted = false
  unackedCount = 0
  /** Nothing can be fetched from a stream. */
  fetchedCount = 0
  consumers: Consumer[] = []
  readonly direct: readonly Route[]
  readonly figures: QueueFigures
  readonly #log: OrderedDeque
  /** Offset of the oldest entry that is kept. */
  #first = 0
  /** Where segments begin: whole segments go when the log is too long or too old. */
  #segments: { readonly offset: number; bytes: number }[] = []
  #bytes = 0

  constructor(options: QueueOptions) {
    this.number = options.number
    this.declared = options.declared
    this.settings = options.settings
    this.node = options.node
    this.drawn = options.drawn
    this.figures = new QueueFigures(options.node, options.drawn)
    this.direct = [{ queue: this, via: null, to: this }]
    this.#log = new OrderedDeque(message => this.node.messages.mark(message))
  }

  get name(): string {
    return this.declared.name
  }
  get virtualHost(): string {
    return this.declared.virtualHost
  }
  /** What a client is told: the count of a stream's readers is not kept by the queue. */
  get consumerCount(): number {
    return 0
  }
  get length(): number {
    return this.#log.count
  }
  /** Offset of the next entry. */
  get next(): number {
    return this.#first + this.#log.count
  }

  enqueue(message: Handle): boolean {
    const { node } = this
    node.hold(message, RETAINED)
    const nested = nestedOf(node.messages.headers(message))
    if (nested !== null) node.amend(message, { headers: nested })
    node.messages.setMark(message, this.next)
    this.#log.push(message)
    node.fact(FACT.stored, message)
    this.figures.enqueued()
    this.#grow(message)
    this.pump()
    return true
  }

  /** Every reader gets what it has credit for (claim amqp.stream.credit). */
  pump(): void {
    for (const consumer of this.consumers) {
      // Retention may have taken what a slow reader had yet to read.
      if (consumer.offset < this.#first) consumer.offset = this.#first
      while (consumer.offset < this.next && consumer.isReady()) this.#hand(consumer)
    }
    this.tell()
  }

  acknowledge(message: Handle): void {
    this.unackedCount -= 1
    this.node.fact(FACT.settled, message)
    this.figures.acknowledged()
    this.node.process(message)
  }

  /** The connection of a reader is gone: the log still has what it was reading. */
  requeueAll(messages: readonly Handle[]): void {
    for (const message of messages) {
      this.unackedCount -= 1
      this.node.process(message)
    }
    this.tell()
  }

  addConsumer(consumer: Consumer): void {
    this.consumers.push(consumer)
    this.pump()
  }

  removeConsumer(consumer: Consumer): boolean {
    this.consumers = this.consumers.filter(one => one !== consumer)
    this.tell()
    return false
  }

  /**
   * Where a reader begins (claims amqp.stream.first, amqp.stream.next, amqp.stream.last, amqp.stream.number); null for what is no offset. Each
   * message counts as a chunk of its own.
   */
  offsetOf(spec: unknown): number | null {
    if (spec === undefined || spec === 'next') return this.next
    if (spec === 'first') return this.#first
    if (spec === 'last') return Math.max(this.#first, this.next - 1)
    if (typeof spec === 'number' && Number.isInteger(spec) && spec >= 0) return Math.max(spec, this.#first)
    const backMs = typeof spec === 'string' ? ageMs(spec) : null
    return backMs === null ? null : this.#firstSince(this.node.nowNs() - backMs * 1e6)
  }

  touch(): void {
    // A stream doesn't expire.
  }

  discardAll(reason: DiscardReason, unacked: readonly Handle[]): void {
    this.#log.drain(message => this.node.discard(message, reason))
    for (const message of unacked) this.node.process(message)
    this.unackedCount = 0
    this.consumers = []
    this.tell()
  }

  /** Claim amqp.stream.restart. */
  afterEnd(unacked: readonly Handle[]): void {
    this.consumers = []
    this.requeueAll(unacked)
  }

  reconfigure(declared: Declared, settings: QueueSettings): void {
    this.declared = declared
    this.settings = settings
    this.#retain()
  }

  contents(out: Handle[], page: { readonly from: number; readonly limit: number }, unacked: () => readonly Handle[]): number {
    const log = this.#log
    const end = page.from + page.limit
    for (let n = page.from; n < Math.min(log.count, end); n += 1) out.push(log.at(n))
    if (end > log.count && this.unackedCount > 0) out.push(...unacked().slice(Math.max(0, page.from - log.count), end - log.count))
    return log.count + this.unackedCount
  }

  /** Readers stand at their offsets, called as their applications are. */
  writeLog(sheet: LogSheet): void {
    const log = this.#log
    sheet.entries({ first: this.#first, next: this.next, gone: this.#first })
    for (let n = log.count - 1; n >= 0 && sheet.newest(log.at(n)); ) n -= 1
    for (const { channel, offset, unacked } of this.consumers) {
      const next = Math.max(offset, this.#first)
      sheet.cursor({ of: 'reader', name: channel.wire.nodeLabel(channel.end === 'from' ? 'to' : 'from'), next, lag: Math.max(0, this.next - next), pending: unacked, consumers: 1 })
    }
  }

  /** A stream shows how long its log is as ready. */
  tell(): void {
    this.figures.tell(this.#log.count, this.unackedCount, this.consumers.length)
  }

  #hand(consumer: Consumer): void {
    const entry = this.#log.at(consumer.offset - this.#first)
    const { node } = this
    this.figures.handingOut(entry)
    const reading = node.copy(entry)
    node.messages.setFlag(reading, FLAG_FROM_STREAM)
    node.hold(reading, UNACKNOWLEDGED)
    node.fact(FACT['handed-out'], reading)
    this.unackedCount += 1
    consumer.offset += 1
    consumer.channel.hand(this, consumer, reading)
  }

  #firstSince(ns: number): number {
    const { messages } = this.node
    let low = 0
    let high = this.#log.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (messages.sinceNs(this.#log.at(middle)) < ns) low = middle + 1
      else high = middle
    }
    return this.#first + low
  }

  /** Only where something limits the log are bytes counted. */
  #grow(message: Handle): void {
    if (this.settings.maxBytes === Infinity && this.settings.maxAgeNs === Infinity) return
    const bytes = this.node.messages.bytes(message)
    const last = this.#segments.at(-1)
    this.#bytes += bytes
    if (last && last.bytes + bytes <= this.settings.segmentBytes) last.bytes += bytes
    else {
      this.#segments.push({ offset: this.next - 1, bytes })
      this.#retain()
    }
  }

  /** Whole segments go, the oldest first, never the one that is written to. */
  #retain(): void {
    const { maxBytes, maxAgeNs } = this.settings
    const { messages } = this.node
    while (this.#segments.length > 1) {
      const end = this.#segments[1]!.offset
      const newest = this.#log.at(end - 1 - this.#first)
      const old = this.node.nowNs() - messages.sinceNs(newest) > maxAgeNs
      if (!old && this.#bytes <= maxBytes) return
      this.#bytes -= this.#segments.shift()!.bytes
      while (this.#first < end) {
        this.node.discard(this.#log.shift(), 'trimmed')
        this.#first += 1
      }
    }
  }
}
