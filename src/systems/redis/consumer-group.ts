import { IdLog } from '../../messaging/id-log.ts'
import type { EntryId } from './entry-id.ts'

export interface GroupConsumer {
  readonly name: string
  readonly number: number
  pending: number
}

/**
 * A consumer group: one position in the stream for all its consumers, and what was delivered and not acknowledged. In the pending list the
 * handle is the group's own copy of the entry, the owner a consumer's number, the counter its deliveries, the time the last of them in ms.
 */
export class Group {
  readonly name: string
  lastMs: number
  lastSeq: number
  /** How many entries of the stream it has read, as far as that can be known. */
  entriesRead: number | null
  readonly pending = new IdLog()
  readonly #consumers = new Map<string, GroupConsumer>()
  readonly #byNumber: (GroupConsumer | undefined)[] = []

  constructor(name: string, last: EntryId, entriesRead: number | null) {
    this.name = name
    this.lastMs = last.ms
    this.lastSeq = last.seq
    this.entriesRead = entriesRead
  }

  get consumers(): readonly GroupConsumer[] {
    return [...this.#consumers.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  find(name: string): GroupConsumer | undefined {
    return this.#consumers.get(name)
  }

  /** A consumer is there from the first time it is named. */
  consumer(name: string): GroupConsumer {
    const known = this.#consumers.get(name)
    if (known) return known
    const made: GroupConsumer = { name, number: this.#byNumber.length, pending: 0 }
    this.#byNumber.push(made)
    this.#consumers.set(name, made)
    return made
  }

  forget(consumer: GroupConsumer): void {
    this.#consumers.delete(consumer.name)
    this.#byNumber[consumer.number] = undefined
  }

  ownerOf(place: number): GroupConsumer {
    return this.#byNumber[this.pending.owner(place)]!
  }

  /** Enters a delivery: its first, or one that takes the entry over from another. */
  enter(place: number, consumer: GroupConsumer, nowMs: number): void {
    this.pending.setOwner(place, consumer.number)
    this.pending.setTime(place, nowMs)
    consumer.pending += 1
  }

  handOver(place: number, consumer: GroupConsumer): void {
    this.ownerOf(place).pending -= 1
    this.pending.setOwner(place, consumer.number)
    consumer.pending += 1
  }

  /** Takes an entry out of the pending list; what becomes of its copy is the caller's business. */
  drop(place: number): void {
    this.ownerOf(place).pending -= 1
    this.pending.remove(place)
  }

  isAfter(ms: number, seq: number): boolean {
    return ms > this.lastMs || (ms === this.lastMs && seq > this.lastSeq)
  }
}
