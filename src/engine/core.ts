import type { DiscardReason } from '../contract/ledger.ts'
import { DISCARD_REASONS } from '../contract/ledger.ts'
import type { Mark } from '../contract/mark.ts'
import type { Handle } from '../contract/message.ts'
import { Digest } from '../kernel/digest.ts'
import { EventList } from '../kernel/event-list.ts'
import { InstantList } from '../kernel/instant-list.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, CELL_NOW, CELL_NUMBERED, Memory } from '../kernel/memory.ts'
import { mix } from '../kernel/random.ts'
import { Ledger, LEDGER_HASH, LEDGER_NODE } from '../stats/ledger.ts'
import { CONTENT_OBJECT, CONTENT_ORIGIN } from './contents.ts'
import type { HopTaker } from './hop-sink.ts'
import type { Lane } from './lane.ts'
import { MESSAGE_CONTENT, MESSAGE_SERIAL, MessageTable } from './message-table.ts'
import { FACT_AT, FACT_BYTE, FACT_CONTENT, FACT_DETAIL, FACT_NODE, FACT_ORIGIN, FACT_RECORD, FACT_SERIAL, Trace } from './trace.ts'
import { Troubles } from './troubles.ts'
import type { Witness } from './watching/witness.ts'

/** Whatever an event can be for: a node's model, an endpoint, a channel's wires, the journal. */
export interface Target {
  fire(signal: number, datum: number): void
}

const REASON_INDEX = new Map<DiscardReason, number>(DISCARD_REASONS.map((reason, index) => [reason, index + 1]))
const MARKS_MAX = 500
/** The same kind of death at the same node is marked at most this often, so that a flood is one mark a second. */
const DEATH_MARK_NS = 1e9
/**
 * A burst of ten thousand messages to a thousand queues is a few tens of millions of events in one instant; what has more never ends. The limit is
 * counted from the instant's first event, so it falls on the same event however a run is sliced.
 */
const INSTANT_EVENTS_MAX = 100_000_000
/** Events of a source are numbered from 1, in blocks of cells that grow with the topology. */

/** What every part of one run shares: memory, clock, event list, messages, ledgers, digest, trace, hops. */
export class Core {
  eventCount = 0
  readonly seed: number
  readonly memory = new Memory()
  readonly events = new EventList(this.memory)
  readonly instants = new InstantList(this.memory)
  readonly #digest = new Digest(this.memory)
  readonly trace = new Trace(this.memory)
  /** By index of the node. */
  readonly ledgers: Ledger[] = []
  readonly total = new Ledger(this.memory)
  readonly messages = new MessageTable(this.memory)
  /** By number: both ways of every channel. */
  readonly lanes: (Lane | null)[] = []
  hops: HopTaker | null = null
  /** Who watches, if anybody does. The machine tells nobody: it rests meanwhile. */
  witness: Witness | null = null
  /** Numbers, among those of channels, of ways that are drawn without a channel: by `wayId`. */
  readonly ways = new Map<string, number>()
  /** Target of programs that end of their own accord; the datum is the index of the node. */
  exits = 0
  /** Channel × 2 + way whose packet is being received, or −1: a message discarded on arrival falls off there. */
  delivering = -1
  marks: Mark[] = []
  readonly troubles = new Troubles()
  readonly #targets: (Target | null)[] = [null]
  /** How many more events this instant may have, of how many. */
  instantLeft: number
  readonly instantMax: number
  readonly #ids: string[] = ['']
  /** Ids of nodes by their index, those that were removed included. */
  readonly #nodeIds: string[] = []
  readonly #deathMarkedNs = new Map<number, number>()

  constructor(seed: number, instantEventsMax = INSTANT_EVENTS_MAX) {
    this.seed = seed
    this.instantMax = instantEventsMax
    this.instantLeft = instantEventsMax
    // Source 0 is the journal: its entries come before everything else of their instant.
    this.events.setRank(0, -1)
  }

  /** Of all facts so far. */
  get digest(): Digest {
    this.trace.fold()
    return this.#digest
  }

  get nowNs(): number {
    return this.memory.f[CELL_NOW]!
  }
  set nowNs(nowNs: number) {
    this.memory.f[CELL_NOW] = nowNs
  }

  /** A source orders events at one instant by its id: a node or a channel. Call rankSources() after the last of a batch. */
  addSource(id: string): number {
    return this.#ids.push(id) - 1
  }

  /** Sources ever added: ranks are below this. */
  get sourceCount(): number {
    return this.#ids.length
  }

  rankSources(): void {
    const order = this.#ids.map((_, index) => index).slice(1)
    order.sort((a, b) => (this.#ids[a]! < this.#ids[b]! ? -1 : this.#ids[a]! > this.#ids[b]! ? 1 : a - b))
    order.forEach((source, rank) => this.events.setRank(source, rank))
    this.instants.rerank(lane => this.events.rank(this.lanes[lane]!.source))
  }

  addTarget(target: Target): number {
    return this.#targets.push(target) - 1
  }

  /** Targets have numbers below this. */
  get targetCount(): number {
    return this.#targets.length
  }

  removeTarget(target: number): void {
    this.#targets[target] = null
    this.events.cancelTarget(target)
  }

  /** Lets a target be fired after a delay; returns the alarm. */
  schedule(delayNs: number, source: number, target: number, signal: number, datum: number): number {
    const { f } = this.memory
    f[CELL_EVENT_TIME] = f[CELL_NOW]! + delayNs
    f[CELL_EVENT_COUNTER] = f[CELL_NUMBERED]! += 1
    return this.events.add(source, target, signal, datum)
  }

  /** When something is due next, or Infinity. */
  nextTime(): number {
    return this.instants.count > 0 ? this.nowNs : this.events.nextTime()
  }

  /**
   * Fires what comes next, up to and including a time, at most `budget` events; returns how many. What was caused at this instant comes
   * among the events of the instant by the rank of its source; of one source, what was scheduled before comes first. After INSTANT_EVENTS_MAX
   * events of one instant nothing fires any more: `stuck` is true.
   */
  fire(untilNs: number, budget: number): number {
    const { events, instants, memory } = this
    let fired = 0
    let endless = this.instantLeft
    let stop = Math.min(budget, endless)
    while (fired < stop) {
      const next = events.nextTime()
      if (instants.count > 0 && (next > memory.f[CELL_NOW]! || events.nextRank() > instants.firstRank())) {
        fired += 1
        this.lanes[instants.take()]!.arriveAtOnce()
        continue
      }
      if (next > untilNs) break
      if (next > memory.f[CELL_NOW]!) {
        memory.f[CELL_NOW] = next
        endless = fired + this.instantMax
        stop = Math.min(budget, endless)
      }
      events.take()
      fired += 1
      this.#targets[events.target]?.fire(events.signal, events.datum)
    }
    this.instantLeft = endless - fired
    this.eventCount += fired
    return fired
  }

  /** True when time doesn't go on: a loop of parts that take no time. */
  get stuck(): boolean {
    return this.instantLeft <= 0
  }

  addLedger(nodeIndex: number, id: string): Ledger {
    const ledger = new Ledger(this.memory)
    this.ledgers[nodeIndex] = ledger
    this.#nodeIds[nodeIndex] = id
    const hash = mix(id, 0)
    this.memory.i[ledger.at * 2 + LEDGER_NODE] = nodeIndex
    this.memory.i[ledger.at * 2 + LEDGER_HASH] = hash
    this.trace.addNode(nodeIndex, hash)
    return ledger
  }

  /** Index of the node whose ledger is at this address. */
  nodeOfLedger(address: number): number {
    return this.memory.i[address * 2 + LEDGER_NODE]!
  }

  /**
   * A fact: the digest names its node and its message by their ids, never by indices, so that a new node changes nothing that was there. `ledger` is
   * the address of the node's ledger, `reason` 0 or 1 + its index.
   */
  fact(verb: number, ledger: number, message: Handle, detail: number, reason: number): void {
    const { trace } = this
    const { f, i } = this.memory
    const cursor = trace.cursor * 2
    const at = i[cursor]!
    f[at + FACT_AT] = f[CELL_NOW]!
    f[at + FACT_SERIAL] = message === 0 ? 0 : f[message + MESSAGE_SERIAL]!
    i[at * 2 + FACT_NODE] = i[ledger * 2 + LEDGER_NODE]! | (verb << FACT_BYTE)
    const content = message === 0 ? 0 : i[message * 2 + MESSAGE_CONTENT]! * 2
    i[at * 2 + FACT_ORIGIN] = (message === 0 ? 0 : i[content + CONTENT_ORIGIN]! + 1) | (reason << FACT_BYTE)
    i[at * 2 + FACT_CONTENT] = message === 0 ? 0 : i[content + CONTENT_OBJECT]!
    i[at * 2 + FACT_DETAIL] = detail
    const next = at + FACT_RECORD
    i[cursor] = next
    if (next === trace.end) trace.wrap()
  }

  discarded(ledger: number, message: Handle, reason: DiscardReason, verb: number): void {
    this.fact(verb, ledger, message, 0, reasonNumber(reason))
    if (this.hops) this.#showLoss(message, reason)
  }

  mark(mark: Mark['mark'], part: string, says: string, message: Handle = 0): void {
    if (this.marks.length >= MARKS_MAX) return
    this.marks.push({ atNs: this.nowNs, mark, part, says, ...(message === 0 ? {} : { message: { identity: this.#identity(message), handle: message } }) })
  }

  /** Shows a copy that was discarded as it arrived, falling off the end of its channel. */
  #showLoss(message: Handle, reason: DiscardReason): void {
    if (this.delivering >= 0) this.showFall({ channel: this.delivering >> 1, way: (this.delivering & 1) as 0 | 1, look: this.messages.look(message) }, message, reason)
  }

  /** Shows what a packet carried, falling off the end of its channel; the copy itself may be gone already. */
  showFall({ channel, way, look }: { readonly channel: number; readonly way: 0 | 1; readonly look: number }, message: Handle, reason: DiscardReason): void {
    this.hops?.push(channel, look, this.nowNs, this.nowNs, message, way | (reasonNumber(reason) << 8))
  }

  /** Shows a copy that goes from node to node at once, where a way is drawn between them. */
  showPassing(message: Handle, from: string, to: string): void {
    if (this.hops === null) return
    const channel = this.ways.get(wayId(from, to))
    if (channel !== undefined) this.hops.push(channel, this.messages.look(message), this.nowNs, this.nowNs, message, 0)
  }

  /** Marks the end of a copy at a node, or that it became a dead letter there. */
  markDeath(mark: 'loss' | 'dead-letter', at: { readonly index: number; readonly id: string; label(): string }, message: Handle, reason: DiscardReason): void {
    const key = at.index * 256 + reasonNumber(reason) * 2 + (mark === 'loss' ? 0 : 1)
    const last = this.#deathMarkedNs.get(key)
    if (last !== undefined && this.nowNs - last < DEATH_MARK_NS) return
    this.#deathMarkedNs.set(key, this.nowNs)
    this.mark(mark, at.id, mark === 'loss' ? `${at.label()}: message lost, ${reason}` : `${at.label()}: dead letter, ${reason}`, message)
  }

  #identity(message: Handle): string {
    return `${this.#nodeIds[this.messages.origin(message)]}#${this.messages.serial(message)}`
  }
}

/** Names a way in figures and pictures. A space is in no id of a channel that the app makes. */
export function wayId(from: string, to: string): string {
  return `way ${from} ${to}`
}

/** A reason as facts have it: 1 + its index. */
export function reasonNumber(reason: DiscardReason): number {
  return REASON_INDEX.get(reason)!
}
