import type { Alarm, Trouble } from '../contract/context.ts'
import { FACT } from '../contract/fact.ts'
import type { DiscardReason, HeldState } from '../contract/ledger.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Amendment, Composition, Draft, Handle, Nanos } from '../contract/message.ts'
import type { Behaviour, BehaviourContext, Endpoint, SystemModel } from '../contract/model.ts'
import { Draw } from '../kernel/draw.ts'
import type { Law } from '../kernel/law.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, CELL_NOW, CELL_NUMBERED, CELL_SCRATCH, type Memory } from '../kernel/memory.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import { LEDGER_DEAD_LETTERED, LEDGER_HASH, LEDGER_PUBLISHED, LEDGER_REDELIVERED, type Ledger } from '../stats/ledger.ts'
import { PROBE_AREA, PROBE_HIGHEST, PROBE_SINCE, PROBE_VALUE, ProbeBank } from '../stats/probe-bank.ts'
import type { Config, NodeId } from '../topology/document.ts'
import { reasonNumber, type Core, type Target } from './core.ts'
import { MESSAGE_BORN, MESSAGE_SINCE, type MessageTable } from './message-table.ts'

/** One node of a run: what its model sees of time, chance, figures and the ledger. */
export class NodeRuntime implements BehaviourContext, Target {
  readonly id: NodeId
  readonly index: number
  readonly type: string
  readonly manifest: NodeManifest
  readonly messages: MessageTable
  readonly probes: ProbeBank
  readonly ledger: Ledger
  readonly endpoints: Endpoint[] = []
  /** What its endpoints have in common, by name. */
  readonly shared = new Map<string, object>()
  readonly source: number
  readonly target: number
  up = true
  there = true
  sinceNs = 0
  /** While the node is being removed, everything it gives up is accounted for as this. */
  discardAs: DiscardReason | null = null
  /** Who animates it: an application of its own, or the model of the system that it is part of. */
  behaviour: Behaviour | null = null
  system: SystemModel | null = null
  #label: string
  #config: Config
  readonly #core: Core
  readonly #memory: Memory
  /** Addresses of the ledger and of the probes, at hand. */
  readonly #at: number
  readonly #places: Int32Array
  readonly #streams = new Map<string, RandomStream>()

  constructor(core: Core, options: { index: number; id: NodeId; label: string; config: Config; manifest: NodeManifest }) {
    this.#core = core
    this.#memory = core.memory
    this.index = options.index
    this.id = options.id
    this.type = options.manifest.type
    this.manifest = options.manifest
    this.#label = options.label
    this.#config = options.config
    this.messages = core.messages
    this.probes = new ProbeBank(core.memory, options.manifest.probes, core.nowNs)
    this.ledger = core.addLedger(this.index, this.id)
    this.#at = this.ledger.at
    this.#places = this.probes.places
    this.source = core.addSource(this.id)
    this.target = core.addTarget(this)
    this.sinceNs = core.nowNs
  }

  label(): string {
    return this.#label
  }
  setLabel(label: string): void {
    this.#label = label
  }
  config(): Config {
    return this.#config
  }
  setConfig(config: Config): void {
    this.#config = config
  }
  nowNs(): Nanos {
    return this.#memory.f[CELL_NOW]!
  }

  random(purpose: string): RandomStream {
    let stream = this.#streams.get(purpose)
    if (!stream) {
      stream = randomStream(this.#core.seed, `${this.id}/${purpose}`, this.#memory)
      this.#streams.set(purpose, stream)
    }
    return stream
  }
  draw(purpose: string, law: Law): Draw {
    return new Draw(this.#memory, this.random(purpose), law)
  }

  after(delayNs: Nanos, signal: number, datum: number): Alarm {
    this.#memory.f[CELL_SCRATCH] = delayNs
    return this.#afterScratch(signal, datum)
  }
  afterDraw(draw: Draw, signal: number, datum: number, probe: number): Alarm {
    draw.toScratch()
    if (probe >= 0) this.probes.recordScratch(probe)
    return this.#afterScratch(signal, datum)
  }
  cancel(alarm: Alarm): void {
    this.#core.events.cancel(alarm, this.target)
  }
  fire(signal: number, datum: number): void {
    if (this.behaviour) this.behaviour.wake(signal, datum)
    else this.system?.wake(this, signal, datum)
  }

  probe(id: string): number {
    return this.probes.slot(id)
  }
  count(slot: number, by = 1): void {
    this.#memory.f[this.#places[slot]! + PROBE_VALUE]! += by
  }
  level(slot: number, value: number): void {
    const { f } = this.#memory
    const at = this.#places[slot]!
    const before = f[at + PROBE_VALUE]!
    if (value === before) return
    const now = f[CELL_NOW]!
    f[at + PROBE_AREA]! += before * (now - f[at + PROBE_SINCE]!)
    f[at + PROBE_SINCE] = now
    f[at + PROBE_VALUE] = value
    if (value > f[at + PROBE_HIGHEST]!) f[at + PROBE_HIGHEST] = value
  }
  record(slot: number, durationNs: Nanos): void {
    this.#memory.f[CELL_SCRATCH] = durationNs
    this.probes.recordScratch(slot)
  }
  recordStay(slot: number, message: Handle): void {
    const { f } = this.#memory
    f[CELL_SCRATCH] = f[CELL_NOW]! - f[message + MESSAGE_SINCE]!
    this.probes.recordScratch(slot)
  }
  recordAge(slot: number, message: Handle): void {
    const { f } = this.#memory
    f[CELL_SCRATCH] = f[CELL_NOW]! - f[message + MESSAGE_BORN]!
    this.probes.recordScratch(slot)
  }

  publish(draft: Draft): Handle {
    const { contents } = this.messages
    const content = contents.make(draft, this.#asOrigin())
    const message = this.publishComposed(content, draft.cause ?? 0)
    contents.release(content)
    return message
  }
  compose(composition: Composition): number {
    return this.messages.contents.make(composition, this.#asOrigin())
  }
  dismiss(composition: number): void {
    this.messages.contents.release(composition)
  }
  publishComposed(composition: number, cause: Handle): Handle {
    const message = this.messages.create(composition, this.#at, cause)
    this.#core.fact(FACT.published, this.#at, message, 0, 0)
    return message
  }

  copy(message: Handle): Handle {
    return this.messages.copyOf(message, this.#at)
  }
  amend(message: Handle, amendment: Amendment): void {
    this.messages.amend(message, amendment)
  }
  hold(message: Handle, state: HeldState): void {
    this.messages.move(message, this.#at, state)
  }
  process(message: Handle): void {
    this.messages.process(message, this.#at)
  }

  discard(message: Handle, reason: DiscardReason): void {
    const why = this.discardAs ?? reason
    this.#core.discarded(this.#at, message, why, FACT.discarded)
    this.#core.markDeath('loss', this, message, why)
    this.messages.discard(message, this.#at, why)
  }

  deadLettered(message: Handle, reason: DiscardReason): void {
    this.ledger.count(LEDGER_DEAD_LETTERED)
    this.#core.fact(FACT['dead-lettered'], this.#at, message, 0, reasonNumber(reason))
    this.#core.markDeath('dead-letter', this, message, reason)
  }
  redelivered(): void {
    this.ledger.count(LEDGER_REDELIVERED)
  }
  passes(message: Handle, to: { readonly id: string }): void {
    this.#core.showPassing(message, this.id, to.id)
  }

  fact(fact: number, message: Handle, detail = 0): void {
    this.#core.fact(fact, this.#at, message, detail, 0)
  }

  exit(): void {
    this.#core.schedule(0, this.source, this.#core.exits, 0, this.index)
  }
  isUp(): boolean {
    return this.up
  }
  present(there: boolean): void {
    if (this.there === there) return
    this.there = there
    this.sinceNs = this.#core.nowNs
  }
  trouble(trouble: Trouble | null): void {
    this.#core.troubles.tell(this.id, trouble)
  }
  setUp(up: boolean): void {
    this.up = up
    this.sinceNs = this.#core.nowNs
  }

  #afterScratch(signal: number, datum: number): Alarm {
    const { f } = this.#memory
    f[CELL_EVENT_TIME] = f[CELL_NOW]! + f[CELL_SCRATCH]!
    f[CELL_EVENT_COUNTER] = f[CELL_NUMBERED]! += 1
    return this.#core.events.add(this.source, this.target, signal, datum)
  }

  #asOrigin(): { readonly index: number; readonly hash: number; readonly serial: number } {
    return { index: this.index, hash: this.#memory.i[this.#at * 2 + LEDGER_HASH]!, serial: this.ledger.total(LEDGER_PUBLISHED) }
  }
}
