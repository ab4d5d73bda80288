import type { Breakpoint, Hit, StepEnd, Stride } from '../../contract/breakpoint.ts'
import { RETAINED } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import { CONTENT_OBJECT } from '../contents.ts'
import type { Core } from '../core.ts'
import { MESSAGE_CONTENT } from '../message-table.ts'
import type { Parts } from '../parts.ts'
import { Ends } from './ends.ts'
import { factTest, levelTest, packetTest, type FactTest, type LevelTest, type PacketTest } from './tests.ts'
import { ARRIVES, DEPARTS, type Witness } from './witness.ts'

/** A copy that came to its end in the present event. */
interface Ended {
  readonly origin: number
  readonly serial: number
  /** Index of the node that had it. */
  readonly node: number
}

/**
 * Looks at a run after each event, while there are breakpoints or a step is being made, and says when it is to stop. Facts are read from the trace's
 * ring; packets and the ends of copies are told as they happen. It changes nothing: with it or without, the history is the same.
 */
export class Watch implements Witness {
  /** The run is to stop after the present event. */
  stopped = false
  readonly #core: Core
  readonly #parts: Parts
  readonly #ends: Ends
  #breakpoints: readonly Breakpoint[] = []
  #facts: readonly FactTest[] = []
  /** By index of the channel. */
  readonly #packets = new Map<number, PacketTest[]>()
  #levels: readonly LevelTest[] = []
  /** Ids of breakpoints that were good for one hit, and had it. */
  readonly #spent = new Set<string>()
  /** Facts before this number were looked at. */
  #seen = 0
  #hits: Hit[] = []
  #stride: Stride | null = null
  #step: StepEnd | null = null
  /** Departures and arrivals in the event that ends a step. */
  #hops = 0
  readonly #ended: Ended[] = []

  constructor(core: Core, parts: Parts) {
    this.#core = core
    this.#parts = parts
    this.#ends = new Ends(core, parts)
  }

  /** Whether there is anything to look for. */
  get armed(): boolean {
    return this.#stride !== null || this.#facts.length + this.#packets.size + this.#levels.length > 0
  }

  /** Replaces what is looked for. One that had its only hit has another when it was turned off meanwhile. */
  set(breakpoints: readonly Breakpoint[]): void {
    for (const id of this.#spent) if (!breakpoints.some(one => one.id === id && one.on)) this.#spent.delete(id)
    this.#breakpoints = breakpoints
    this.refresh()
  }

  /** Finds what is looked for in the run's numbers: anew when the topology has changed, or a breakpoint is spent. */
  refresh(): void {
    const was = this.armed
    const facts: FactTest[] = []
    const levels: LevelTest[] = []
    this.#packets.clear()
    for (const breakpoint of this.#breakpoints) {
      const { id, on, when } = breakpoint
      if (!on || this.#spent.has(id)) continue
      if (when.watch === 'packet') this.#addPacket(breakpoint, when.channel)
      else if (when.watch === 'fact') facts.push(...factTest(this.#core, this.#parts, breakpoint, when))
      else levels.push(...levelTest(this.#core, this.#parts, breakpoint, when))
    }
    this.#facts = facts
    this.#levels = levels
    this.#attend(was)
  }

  /** The run is to stop when this much has happened. */
  beginStep(stride: Stride): void {
    const was = this.armed
    this.#stride = stride
    this.#step = null
    this.#hops = 0
    this.#attend(was)
  }

  /** Where the step came to; null when nothing came of it. */
  endStep(): StepEnd | null {
    this.#stride = null
    this.#attend(true)
    const more = this.#hops - 2
    return this.#step && more > 0 ? { ...this.#step, says: `${this.#step.says} And ${more} more.` } : this.#step
  }

  /** What was hit since this was asked last: each breakpoint once. */
  takeHits(): readonly Hit[] {
    const hits = this.#hits
    this.#hits = []
    return hits
  }

  /** Asked after each event: whether the run is to stop here. */
  stops(): boolean {
    this.look()
    for (const test of this.#levels) this.#weigh(test)
    if (this.#ended.length > 0) this.#settle()
    if (this.stopped) this.#spend()
    return this.stopped
  }

  /** Looks at the facts that were stated since: before the ring goes round, too. */
  look(): void {
    if (!this.armed) return
    const { trace } = this.#core
    const { count } = trace
    for (let number = this.#seen; number < count; number += 1) {
      const at = trace.addressOf(number)
      for (const test of this.#facts) if (test.fits(at)) this.#hit(test.breakpoint, () => this.#ends.ofFact(trace.read(number)))
    }
    if (this.#stride === 'event' && count > this.#seen) this.#stopStep(this.#ends.ofFact(trace.read(count - 1)))
    this.#seen = count
  }

  packet(channel: number, way: 0 | 1, does: number, message: Handle): void {
    const end = (): StepEnd => this.#ends.ofPacket(channel, way, does, message)
    if (this.#stride === 'hop' && (does === DEPARTS || does === ARRIVES)) this.#stopHop(end)
    const tests = this.#packets.get(channel)
    if (tests === undefined) return
    const { i } = this.#core.memory
    const told = this.#core.messages.contents.told(i[i[message * 2 + MESSAGE_CONTENT]! * 2 + CONTENT_OBJECT]!)
    for (const test of tests) if ((test.does < 0 || test.does === does) && test.tells(told)) this.#hit(test.breakpoint, end)
  }

  ended(message: Handle): void {
    if (this.#stride !== 'message') return
    const { messages } = this.#core
    this.#ended.push({ origin: messages.origin(message), serial: messages.serial(message), node: this.#core.nodeOfLedger(messages.holder(message)) })
  }

  #addPacket(breakpoint: Breakpoint, id: string): void {
    const channel = this.#parts.channels.get(id)
    if (!channel || breakpoint.when.watch !== 'packet') return
    this.#packets.set(channel.index, [...(this.#packets.get(channel.index) ?? []), packetTest(breakpoint, breakpoint.when)])
  }

  /** Begins or stops to be told; what was stated before it began is not its business. */
  #attend(was: boolean): void {
    if (!was) this.#seen = this.#core.trace.count
    this.#core.witness = this.armed ? this : null
    this.#core.messages.witness = this.armed ? this : null
  }

  #hit(breakpoint: Breakpoint, end: () => StepEnd): void {
    this.stopped = true
    if (this.#hits.some(hit => hit.breakpoint === breakpoint.id)) return
    this.#hits.push({ breakpoint: breakpoint.id, ...end() })
  }

  /** What arrives often leaves again in the same event: both are told; of a fan-out the first two, and how many more. */
  #stopHop(end: () => StepEnd): void {
    this.#hops += 1
    if (this.#step === null) this.#stopStep(end())
    else if (this.#hops === 2) this.#step = { ...this.#step, says: `${this.#step.says} ${end().says}` }
  }

  #stopStep(end: StepEnd): void {
    this.#step = end
    this.stopped = true
  }

  #spend(): void {
    const spent = this.#breakpoints.filter(one => one.once && !this.#spent.has(one.id) && this.#hits.some(hit => hit.breakpoint === one.id))
    for (const { id } of spent) this.#spent.add(id)
    if (spent.length > 0) this.refresh()
  }

  #weigh(test: LevelTest): void {
    const value = this.#core.memory.f[test.at]!
    const there = value >= test.condition.from
    if (there && !test.there) this.#hit(test.breakpoint, () => this.#ends.ofLevel(test.condition, value))
    test.there = there
  }

  /** Of the messages whose copies ended: the first of which nothing is on its way any more. */
  #settle(): void {
    for (const { origin, serial, node } of this.#ended) if (this.#step === null && this.#isDone(origin, serial)) this.#stopStep(this.#ends.ofDone(origin, serial, node))
    this.#ended.length = 0
  }

  #isDone(origin: number, serial: number): boolean {
    const { messages } = this.#core
    let done = true
    messages.forEachLive((message, _, state) => {
      if (state !== RETAINED && messages.serial(message) === serial && messages.origin(message) === origin) done = false
    })
    return done
  }
}
