import type { DiscardReason } from '../contract/ledger.ts'
import { DISCARD_REASONS } from '../contract/ledger.ts'
import type { Mark } from '../contract/mark.ts'
import { FACT_VERBS, type FactVerb, type Handle } from '../contract/model.ts'
import { Digest } from '../kernel/digest.ts'
import { EventList } from '../kernel/event-list.ts'
import { mix } from '../kernel/random.ts'
import { Ledger } from '../stats/ledger.ts'
import type { HopSink } from './hop-sink.ts'
import { MessageTable } from './message-table.ts'
import { Trace } from './trace.ts'

/** Whatever an event can be for: a node's model, an endpoint, a channel's wires, the journal. */
export interface Target {
  fire(signal: number, datum: number): void
}

const VERB_INDEX: Readonly<Record<FactVerb, number>> = Object.fromEntries(FACT_VERBS.map((verb, index) => [verb, index])) as Record<FactVerb, number>
const REASON_INDEX = new Map<DiscardReason, number>(DISCARD_REASONS.map((reason, index) => [reason, index + 1]))
const MARKS_MAX = 500
/** The same kind of loss at the same node is marked at most this often, so that a flood is one mark a second. */
const LOSS_MARK_NS = 1e9

/** What every part of one run shares: clock, event list, messages, ledgers, digest, trace, hops. */
export class Core {
  nowNs = 0
  eventCount = 0
  readonly seed: number
  readonly events = new EventList()
  readonly digest = new Digest()
  readonly trace = new Trace()
  readonly ledgers: Ledger[] = []
  readonly messages: MessageTable
  hops: HopSink | null = null
  /** Channel × 2 + way whose packet is being received, or −1: a message discarded on arrival falls off there. */
  delivering = -1
  marks: Mark[] = []
  readonly #targets: (Target | null)[] = [null]
  readonly #counters: number[] = [0]
  readonly #ids: string[] = ['']
  readonly #idHash: number[] = [0]
  readonly #lossMarkedNs = new Map<string, number>()

  constructor(seed: number) {
    this.seed = seed
    this.messages = new MessageTable(this.ledgers, () => this.nowNs)
    // Source 0 is the journal: its entries come before everything else of their instant.
    this.events.setRank(0, -1)
  }

  /** A source orders events at one instant by its id: a node or a channel. Call rankSources() after the last of a batch. */
  addSource(id: string): number {
    this.#counters.push(0)
    return this.#ids.push(id) - 1
  }

  rankSources(): void {
    const order = this.#ids.map((_, index) => index).slice(1)
    order.sort((a, b) => (this.#ids[a]! < this.#ids[b]! ? -1 : this.#ids[a]! > this.#ids[b]! ? 1 : a - b))
    order.forEach((source, rank) => this.events.setRank(source, rank))
  }

  nextCounter(source: number): number {
    return (this.#counters[source]! += 1)
  }

  addTarget(target: Target): number {
    return this.#targets.push(target) - 1
  }

  removeTarget(target: number): void {
    this.#targets[target] = null
    this.events.cancelTarget(target)
  }

  schedule(timeNs: number, source: number, target: number, signal: number, datum: number): number {
    return this.events.add(timeNs, source, this.nextCounter(source), target, signal, datum)
  }

  /** Takes the earliest event and lets its target handle it; false when there is none. */
  fireNext(): boolean {
    const events = this.events
    if (!events.take()) return false
    this.nowNs = events.time
    this.eventCount += 1
    this.#targets[events.target]?.fire(events.signal, events.datum)
    return true
  }

  addLedger(nodeIndex: number, id: string): void {
    this.ledgers[nodeIndex] = new Ledger()
    this.#idHash[nodeIndex] = mix(id, 0)
  }

  /** A fact: folded into the digest by names, never by indices, so that a new node changes nothing that was there. */
  fact(verb: FactVerb, node: number, message: Handle, detail: number, reason: DiscardReason | null): void {
    const verbIndex = VERB_INDEX[verb]
    const reasonIndex = reason === null ? 0 : REASON_INDEX.get(reason)!
    const origin = message === 0 ? -1 : this.messages.origin(message)
    const serial = message === 0 ? 0 : this.messages.serial(message)
    this.digest.foldFact(this.nowNs, this.#idHash[node]! ^ (verbIndex << 8) ^ reasonIndex, message === 0 ? 0 : this.#idHash[origin]!, serial, detail)
    this.trace.state(this.nowNs, node, verbIndex, origin, serial, reasonIndex)
  }

  mark(mark: Mark['mark'], part: string, says: string): void {
    if (this.marks.length < MARKS_MAX) this.marks.push({ atNs: this.nowNs, mark, part, says })
  }

  /** Shows a copy that was discarded as it arrived, falling off the end of its channel. */
  showLoss(message: Handle, reason: DiscardReason): void {
    if (this.delivering < 0) return
    const channel = this.delivering >> 1
    const way = (this.delivering & 1) | (REASON_INDEX.get(reason)! << 8)
    this.hops?.push(channel, this.messages.look(message), this.nowNs, this.nowNs, message, way)
  }

  markLoss(part: string, label: string, reason: DiscardReason): void {
    const key = `${part} ${reason}`
    const last = this.#lossMarkedNs.get(key)
    if (last !== undefined && this.nowNs - last < LOSS_MARK_NS) return
    this.#lossMarkedNs.set(key, this.nowNs)
    this.mark('loss', part, `${label}: message lost, ${reason}`)
  }
}
