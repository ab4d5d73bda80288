import type { DiscardReason } from '../contract/ledger.ts'
import { DISCARD_REASONS } from '../contract/ledger.ts'
import type { Mark } from '../contract/mark.ts'
import type { Handle } from '../contract/model.ts'
import { Digest } from '../kernel/digest.ts'
import { EventList } from '../kernel/event-list.ts'
import { InstantList } from '../kernel/instant-list.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, CELL_NOW, Memory } from '../kernel/memory.ts'
import { mix } from '../kernel/random.ts'
import { Ledger, LEDGER_CELLS } from '../stats/ledger.ts'
import type { HopSink } from './hop-sink.ts'
import type { Lane } from './lane.ts'
import { MessageTable } from './message-table.ts'
import { Trace } from './trace.ts'

/** Whatever an event can be for: a node's model, an endpoint, a channel's wires, the journal. */
export interface Target {
  fire(signal: number, datum: number): void
}

const REASON_INDEX = new Map<DiscardReason, number>(DISCARD_REASONS.map((reason, index) => [reason, index + 1]))
const MARKS_MAX = 500
/** The same kind of loss at the same node is marked at most this often, so that a flood is one mark a second. */
const LOSS_MARK_NS = 1e9
/** Events of a source are numbered from 1, in blocks of cells that grow with the topology. */
const SOURCES_A_BLOCK = 1024

/** What every part of one run shares: memory, clock, event list, messages, ledgers, digest, trace, hops. */
export class Core {
  eventCount = 0
  readonly seed: number
  readonly memory = new Memory()
  readonly events = new EventList(this.memory)
  readonly instants = new InstantList()
  readonly digest = new Digest(this.memory)
  readonly trace = new Trace(this.memory)
  /** By index of the node. */
  readonly ledgers: Ledger[] = []
  readonly total = new Ledger(this.memory)
  readonly messages = new MessageTable(this.memory)
  /** By number: both ways of every channel. */
  readonly lanes: (Lane | null)[] = []
  hops: HopSink | null = null
  /** Channel × 2 + way whose packet is being received, or −1: a message discarded on arrival falls off there. */
  delivering = -1
  marks: Mark[] = []
  readonly #targets: (Target | null)[] = [null]
  /** Addresses of the blocks of sources' counters. */
  readonly #counters: number[] = []
  readonly #ids: string[] = ['']
  /** By index of the node, as in the digest. */
  readonly #idHash: number[] = []
  readonly #lossMarkedNs = new Map<number, number>()

  constructor(seed: number) {
    this.seed = seed
    // Source 0 is the journal: its entries come before everything else of their instant.
    this.events.setRank(0, -1)
  }

  get nowNs(): number {
    return this.memory.f[CELL_NOW]!
  }
  set nowNs(nowNs: number) {
    this.memory.f[CELL_NOW] = nowNs
  }

  /** A source orders events at one instant by its id: a node or a channel. Call rankSources() after the last of a batch. */
  addSource(id: string): number {
    const source = this.#ids.push(id) - 1
    if (source >> 10 >= this.#counters.length) this.#counters.push(this.memory.reserve(SOURCES_A_BLOCK))
    return source
  }

  rankSources(): void {
    const order = this.#ids.map((_, index) => index).slice(1)
    order.sort((a, b) => (this.#ids[a]! < this.#ids[b]! ? -1 : this.#ids[a]! > this.#ids[b]! ? 1 : a - b))
    order.forEach((source, rank) => this.events.setRank(source, rank))
    this.instants.rerank(lane => this.events.rank(this.lanes[lane]!.source))
  }

  nextCounter(source: number): number {
    return (this.memory.f[this.#counters[source >> 10]! + (source & 1023)]! += 1)
  }

  addTarget(target: Target): number {
    return this.#targets.push(target) - 1
  }

  removeTarget(target: number): void {
    this.#targets[target] = null
    this.events.cancelTarget(target)
  }

  /** Lets a target be fired after a delay; returns the alarm. */
  schedule(delayNs: number, source: number, target: number, signal: number, datum: number): number {
    const { f } = this.memory
    f[CELL_EVENT_TIME] = f[CELL_NOW]! + delayNs
    f[CELL_EVENT_COUNTER] = this.nextCounter(source)
    return this.events.add(source, target, signal, datum)
  }

  /** When something is due next, or Infinity. */
  nextTime(): number {
    return this.instants.count > 0 ? this.nowNs : this.events.nextTime()
  }

  /**
   * Fires what comes next, up to and including a time, at most `budget` events; returns how many. What was caused at this instant comes
   * among the events of the instant by the rank of its source; of one source, what was scheduled before comes first.
   */
  fire(untilNs: number, budget: number): number {
    const { events, instants, memory } = this
    let fired = 0
    while (fired < budget) {
      const next = events.nextTime()
      if (instants.count > 0 && (next > memory.f[CELL_NOW]! || events.nextRank() > instants.firstRank())) {
        fired += 1
        this.lanes[instants.take()]!.arriveAtOnce()
        continue
      }
      if (next > untilNs) break
      memory.f[CELL_NOW] = next
      events.take()
      fired += 1
      this.#targets[events.target]?.fire(events.signal, events.datum)
    }
    this.eventCount += fired
    return fired
  }

  addLedger(nodeIndex: number, id: string): Ledger {
    const ledger = new Ledger(this.memory, this.memory.reserve(LEDGER_CELLS))
    this.ledgers[nodeIndex] = ledger
    this.#idHash[nodeIndex] = mix(id, 0)
    return ledger
  }

  /** Index of the node whose ledger is at this address; −1 for none. */
  nodeOfLedger(address: number): number {
    return this.ledgers.findIndex(ledger => ledger.at === address)
  }

  idHash(nodeIndex: number): number {
    return this.#idHash[nodeIndex]!
  }

  /** A fact: folded into the digest by names, never by indices, so that a new node changes nothing that was there. `reason` is 0 or 1 + its index. */
  fact(verb: number, node: number, message: Handle, detail: number, reason: number): void {
    const { f } = this.memory
    const { messages } = this
    const what = this.#idHash[node]! ^ (verb << 8) ^ reason
    const origin = message === 0 ? -1 : messages.origin(message)
    const at = this.trace.state(node, verb, origin, reason)
    const now = f[CELL_NOW]!
    const serial = message === 0 ? 0 : messages.serial(message)
    f[at] = now
    f[at + 1] = serial
    this.digest.foldFact(now, what, origin < 0 ? 0 : this.#idHash[origin]!, serial, detail)
  }

  discarded(node: number, message: Handle, reason: DiscardReason, verb: number): void {
    this.fact(verb, node, message, 0, REASON_INDEX.get(reason)!)
    if (this.hops) this.#showLoss(message, reason)
  }

  mark(mark: Mark['mark'], part: string, says: string): void {
    if (this.marks.length < MARKS_MAX) this.marks.push({ atNs: this.nowNs, mark, part, says })
  }

  /** Shows a copy that was discarded as it arrived, falling off the end of its channel. */
  #showLoss(message: Handle, reason: DiscardReason): void {
    if (this.delivering < 0) return
    const channel = this.delivering >> 1
    const way = (this.delivering & 1) | (REASON_INDEX.get(reason)! << 8)
    this.hops?.push(channel, this.messages.look(message), this.nowNs, this.nowNs, message, way)
  }

  markLoss(node: number, part: string, label: string, reason: DiscardReason): void {
    const key = node * 256 + REASON_INDEX.get(reason)!
    const last = this.#lossMarkedNs.get(key)
    if (last !== undefined && this.nowNs - last < LOSS_MARK_NS) return
    this.#lossMarkedNs.set(key, this.nowNs)
    this.mark('loss', part, `${label}: message lost, ${reason}`)
  }
}
