import type { Handle } from '../../contract/message.ts'
import type { Bay } from '../../contract/parking.ts'
import * as L from '../../machine/layout.ts'
import type { Consumer } from './consumer.ts'
import type { AnyQueue } from './queue.ts'

const FIRST = 16
/** A window of deliveries is at least this long. */
const WINDOW_LEAST = 2

/** Deliveries of a channel that are not settled, in order of tags: rings indexed by tag, since tags are given in sequence and mostly settled in order. */
export class UnackedDeliveries {
  #messages = new Int32Array(FIRST)
  #queues: (AnyQueue | null)[] = new Array<AnyQueue | null>(FIRST).fill(null)
  /** Null for a message fetched by get. */
  #consumers: (Consumer | null)[] = new Array<Consumer | null>(FIRST).fill(null)
  /** Every tag below is settled. */
  #oldest = 1
  #last = 0
  count = 0

  /** Gives the next tag. */
  add(queue: AnyQueue, message: Handle, consumer: Consumer | null): number {
    if (this.#last - this.#oldest + 1 === this.#messages.length) this.#grow()
    this.#last += 1
    const place = this.#last & (this.#messages.length - 1)
    this.#messages[place] = message
    this.#queues[place] = queue
    this.#consumers[place] = consumer
    this.count += 1
    return this.#last
  }

  /** Gives the next tag to a delivery that is not to be settled. */
  passOver(): number {
    if (this.count === 0) this.#oldest = this.#last + 2
    else if (this.#last - this.#oldest + 1 === this.#messages.length) this.#grow()
    this.#last += 1
    this.#messages[this.#last & (this.#messages.length - 1)] = 0
    return this.#last
  }

  has(tag: number): boolean {
    return tag >= this.#oldest && tag <= this.#last && this.#messages[tag & (this.#messages.length - 1)] !== 0
  }

  queue(tag: number): AnyQueue {
    return this.#queues[tag & (this.#messages.length - 1)]!
  }
  message(tag: number): Handle {
    return this.#messages[tag & (this.#messages.length - 1)]!
  }
  consumer(tag: number): Consumer | null {
    return this.#consumers[tag & (this.#messages.length - 1)]!
  }

  delete(tag: number): void {
    const mask = this.#messages.length - 1
    const place = tag & mask
    this.#messages[place] = 0
    this.#queues[place] = null
    this.#consumers[place] = null
    this.count -= 1
    while (this.#oldest <= this.#last && this.#messages[this.#oldest & mask] === 0) this.#oldest += 1
  }

  /** Tags that are not settled, up to and including one; all of them for Infinity. */
  tags(upTo: number): number[] {
    const found: number[] = []
    const end = Math.min(upTo, this.#last)
    for (let tag = this.#oldest; tag <= end; tag += 1) if (this.has(tag)) found.push(tag)
    return found
  }

  /** Into a subscription's window; all belong to one consumer. `owner` is whose block it is; `most` may be out at once, 0 for no limit. */
  park(bay: Bay, owner: object, record: number, most: number): void {
    const out = this.#last - this.#oldest + 1
    let size = WINDOW_LEAST
    while (size < out || size < Math.min(most, FIRST)) size *= 2
    const ringAt = bay.block(owner, 'window', size / 2)
    const { f, i } = bay.memory
    i.fill(0, ringAt * 2, ringAt * 2 + size)
    for (let tag = this.#oldest; tag <= this.#last; tag += 1) i[ringAt * 2 + (tag & (size - 1))] = this.#messages[tag & (this.#messages.length - 1)]!
    i[record * 2 + L.SUBSCRIPTION_WINDOW] = ringAt
    i[record * 2 + L.SUBSCRIPTION_MASK] = size - 1
    f[record + L.F_SUBSCRIPTION_OLDEST] = this.#oldest
    f[record + L.F_SUBSCRIPTION_LAST] = this.#last
    bay.onMore(record, () => moreWindow(bay, owner, record))
  }

  unpark(bay: Bay, record: number, queue: AnyQueue, consumer: Consumer): void {
    const { f, i } = bay.memory
    const size = i[record * 2 + L.SUBSCRIPTION_MASK]! + 1
    const ringAt = i[record * 2 + L.SUBSCRIPTION_WINDOW]! * 2
    if (size !== this.#messages.length) {
      this.#messages = new Int32Array(size)
      this.#queues = new Array<AnyQueue | null>(size).fill(null)
      this.#consumers = new Array<Consumer | null>(size).fill(null)
    }
    this.count = 0
    for (let place = 0; place < size; place += 1) {
      const message = i[ringAt + place]! & ~L.WITH_CLIENT
      this.#messages[place] = message
      this.#queues[place] = message === 0 ? null : queue
      this.#consumers[place] = message === 0 ? null : consumer
      if (message !== 0) this.count += 1
    }
    this.#oldest = f[record + L.F_SUBSCRIPTION_OLDEST]!
    this.#last = f[record + L.F_SUBSCRIPTION_LAST]!
  }

  #grow(): void {
    const size = this.#messages.length * 2
    const messages = new Int32Array(size)
    const queues = new Array<AnyQueue | null>(size).fill(null)
    const consumers = new Array<Consumer | null>(size).fill(null)
    for (let tag = this.#oldest; tag <= this.#last; tag += 1) {
      const from = tag & (this.#messages.length - 1)
      const to = tag & (size - 1)
      messages[to] = this.#messages[from]!
      queues[to] = this.#queues[from]!
      consumers[to] = this.#consumers[from]!
    }
    this.#messages = messages
    this.#queues = queues
    this.#consumers = consumers
  }
}

/** Twice the room in a parked window: deliveries stand at their tags under the new mask. */
function moreWindow(bay: Bay, owner: object, record: number): void {
  const size = bay.memory.i[record * 2 + L.SUBSCRIPTION_MASK]! + 1
  const old = bay.memory.i[record * 2 + L.SUBSCRIPTION_WINDOW]! * 2
  const deliveries = bay.memory.i.slice(old, old + size)
  const ringAt = bay.block(owner, 'window', size)
  const { f, i } = bay.memory
  i.fill(0, ringAt * 2, (ringAt + size) * 2)
  for (let tag = f[record + L.F_SUBSCRIPTION_OLDEST]!; tag <= f[record + L.F_SUBSCRIPTION_LAST]!; tag += 1) i[ringAt * 2 + (tag & (size * 2 - 1))] = deliveries[tag & (size - 1)]!
  i[record * 2 + L.SUBSCRIPTION_WINDOW] = ringAt
  i[record * 2 + L.SUBSCRIPTION_MASK] = size * 2 - 1
}
