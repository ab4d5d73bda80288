import type { Breakpoint, Hit, StepEnd, Stride } from '../contract/breakpoint.ts'
import type { JournalEntry, LiveInput } from '../contract/input.ts'
import type { LedgerFigures } from '../contract/ledger.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { Behaviour, ModelCatalogue, SystemModel } from '../contract/model.ts'
import type { Ledger } from '../stats/ledger.ts'
import type { NodeId, Topology } from '../topology/document.ts'
import { applyEdits } from '../topology/edit.ts'
import type { Problem } from '../topology/problem.ts'
import { assertLedger } from './check.ts'
import { Carrier } from './carrier/carrier.ts'
import { Core } from './core.ts'
import { CursorNames } from './cursor-names.ts'
import { applyFault, startApplication, watchExits } from './faults.ts'
import type { HopTaker } from './hop-sink.ts'
import { applyTopology } from './live-edits.ts'
import { Parts } from './parts.ts'
import { Watch } from './watching/watch.ts'

/** The clock stays exact up to here: 2^53 ns are 104 days. A run ends with a sentence before it. */
export const END_NS = Number.MAX_SAFE_INTEGER

export interface RunOptions {
  readonly topology: Topology
  readonly catalogue: Catalogue
  readonly models: ModelCatalogue
  readonly journal?: readonly JournalEntry[]
  /** Checks the ledger after every event: for tests. */
  readonly check?: boolean
  /** Events of one instant after which the run ends; a hundred million unless a test says otherwise. */
  readonly instantEventsMax?: number
  /** After how many events the machine takes over; Infinity for never: for tests. */
  readonly machineAfter?: number
}

/** Why `advance` came back: time reached, budget of events spent, what is watched for happened, or the end of the clock. */
export type StopReason = 'reached' | 'budget' | 'watched' | 'ended'

/** 'clock': 2^53 ns are full; 'instant': events follow each other without time passing. */
export type RunEnd = 'clock' | 'instant'

/** One simulation of one topology: a pure function of topology, seed and journal, advanced in slices of any size. */
export class Run {
  readonly core: Core
  readonly #parts: Parts
  readonly journal: JournalEntry[] = []
  /** Numbers of names in figures; whoever watches makes them, and the run knows nothing of it. */
  readonly cursorNames = new CursorNames()
  /** Why the run has ended: its clock is full, or it never leaves its instant. Null while it can go on. */
  end: RunEnd | null = null
  #topology: Topology
  readonly #catalogue: Catalogue
  readonly #check: boolean
  readonly #carrier: Carrier
  readonly #watch: Watch
  #pending: JournalEntry[]

  constructor(options: RunOptions) {
    this.#topology = options.topology
    this.#catalogue = options.catalogue
    this.#check = options.check ?? false
    this.#pending = [...(options.journal ?? [])]
    this.core = new Core(options.topology.seed, options.instantEventsMax)
    this.#parts = new Parts(this.core, options.catalogue, options.models)
    watchExits(this.core, this.#parts)
    this.#carrier = new Carrier(this.core, this.#parts, options.machineAfter)
    this.#watch = new Watch(this.core, this.#parts)
    this.core.trace.onWrap = () => {
      this.#watch.look()
      this.core.messages.contents.traceWrapped()
    }
    this.#parts.addAll(options.topology, options.topology.nodes, options.topology.channels)
    for (const system of this.#parts.systems.values()) system.model.start()
    for (const application of this.#parts.applications.values()) startApplication(this.#parts, application.node)
  }

  /** What there is, readable: what the machine carries is put down first. */
  get parts(): Parts {
    this.#carrier.land()
    return this.#parts
  }
  get nowNs(): number {
    return this.core.nowNs
  }
  get events(): number {
    return this.core.eventCount
  }
  /** How many of the events were the machine's. */
  get carried(): number {
    return this.#carrier.carried
  }
  get topology(): Topology {
    return this.#topology
  }
  /** Of the document: what is not as written. */
  get problems(): readonly Problem[] {
    return this.#parts.problems
  }
  /** Of the run: what products refuse now. */
  get troubles(): readonly Problem[] {
    return this.core.troubles.list()
  }

  /** Processes every event up to and including this time, at most `budget` of them. The digest doesn't depend on how a run is sliced. */
  advance(until: number, budget = Infinity): StopReason {
    const reason = this.proceed(until, budget)
    this.#carrier.land()
    return reason
  }

  /** The same for whoever comes back soon: parts may stay with the machine. Read them by `parts`, never by what was read before. */
  proceed(until: number, budget = Infinity): StopReason {
    const { core } = this
    // The clock shows whole nanoseconds only: a fraction that an input began at would make sums of times inexact.
    const untilNs = Math.floor(until)
    let left = budget
    this.#watch.stopped = false
    while (left > 0 && this.end === null) {
      // A journal entry comes before every other event of its instant; times are whole nanoseconds.
      const entryNs = this.#pending.length > 0 ? this.#pending[0]!.atNs : Infinity
      const stopNs = Math.min(untilNs, entryNs - 1, END_NS - 1)
      left -= this.#check || this.#watch.armed ? this.#fireOneByOne(stopNs, left) : this.#carrier.fire(stopNs, left)
      if (core.stuck) this.end = 'instant'
      if (this.#watch.stopped) return 'watched'
      if (left <= 0 || this.end !== null) break
      if (this.#pending.length > 0 && entryNs <= untilNs) {
        this.#apply(this.#pending.shift()!)
        left -= 1
        if (this.#watch.stops()) return 'watched'
        continue
      }
      if (untilNs >= END_NS && core.events.nextTime() !== Infinity) {
        this.end = 'clock'
        break
      }
      if (untilNs > core.nowNs && untilNs !== Infinity) core.nowNs = untilNs
      return 'reached'
    }
    return this.end === null ? 'budget' : 'ended'
  }

  /** Processes the earliest event alone; false when there is none. */
  step(): boolean {
    const next = Math.min(this.core.nextTime(), this.#pending[0]?.atNs ?? Infinity)
    if (next === Infinity || next >= END_NS || this.end !== null) return false
    this.advance(next, 1)
    return true
  }

  /**
   * A live input takes effect one nanosecond after now, before every other event of that instant; the run is advanced to there
   * so that its effect shows even while paused. A later entry of a replayed journal is dropped: history has branched.
   */
  input(live: LiveInput): JournalEntry {
    const entry: JournalEntry = { atNs: this.core.nowNs + 1, live }
    let reason: StopReason
    // What is watched for may happen on the way: it is told, but the rest of the instant comes first.
    do reason = this.advance(entry.atNs - 1)
    while (reason === 'watched')
    if (reason === 'ended') throw new Error(`the run has ended at ${this.core.nowNs} ns: it takes no more inputs`)
    this.#pending = []
    this.#apply(entry)
    this.#watch.stops()
    return entry
  }

  /** What was put in to the same run before, after what is known of it: entries later than now, in order. */
  foresee(entries: readonly JournalEntry[]): void {
    this.#pending.push(...entries)
  }

  /** From now on everything that departs is told one by one, readable at that moment; null: to nobody. Whoever watches changes nothing. */
  record(hops: HopTaker | null): void {
    this.#carrier.rest(hops !== null)
    this.core.hops = hops
  }

  /**
   * From now on the run stops right after the event in which one of these happens. TypeScript carries it meanwhile, event by event: the machine knows
   * nothing of it.
   */
  watch(breakpoints: readonly Breakpoint[]): void {
    this.#carrier.land()
    this.#watch.set(breakpoints)
  }

  /** The breakpoints that were hit since this was asked last. */
  takeHits(): readonly Hit[] {
    return this.#watch.takeHits()
  }

  /** From now on the run stops, too, when this much has happened; until `endStep`, which tells what it came to. */
  beginStep(stride: Stride): void {
    this.#carrier.land()
    this.#watch.beginStep(stride)
  }
  endStep(): StepEnd | null {
    return this.#watch.endStep()
  }

  behaviour(id: NodeId): Behaviour | undefined {
    return this.parts.applications.get(id)?.behaviour
  }

  /** The model that animates a container or one of its members. */
  system(id: NodeId): SystemModel | undefined {
    return this.parts.systemOf.get(id)?.model
  }

  digest(): string {
    return this.core.digest.text()
  }

  ledger(): LedgerFigures {
    return this.totalLedger().figures()
  }

  /** The sum of all nodes' ledgers; good until it is asked for again. */
  totalLedger(): Ledger {
    this.core.total.sum(this.core.ledgers)
    return this.core.total
  }

  #fireOneByOne(untilNs: number, budget: number): number {
    let fired = 0
    while (fired < budget && this.core.fire(untilNs, 1) === 1) {
      fired += 1
      if (this.#check) assertLedger(this)
      if (this.#watch.stops()) break
    }
    return fired
  }

  #apply(entry: JournalEntry): void {
    const { core, parts } = this
    core.nowNs = entry.atNs
    core.eventCount += 1
    this.journal.push(entry)
    const live = entry.live
    switch (live.input) {
      case 'edit': {
        const before = this.#topology
        this.#topology = applyEdits(before, live.edits).topology
        applyTopology({ core, parts, catalogue: this.#catalogue }, before, this.#topology)
        this.#watch.refresh()
        break
      }
      case 'fault':
        applyFault(core, parts, live.fault)
        break
      case 'send': {
        const application = parts.applications.get(live.node)
        if (application?.node.up) application.behaviour.sendByHand?.(live.template ?? {})
      }
    }
    if (this.#check) assertLedger(this)
  }
}

export function createRun(options: RunOptions): Run {
  return new Run(options)
}
