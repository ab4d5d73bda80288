import type { DiscardReason, HeldState } from '../contract/ledger.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import { FACT, type Alarm, type Behaviour, type BehaviourContext, type Composition, type Draft, type Endpoint, type Handle, type Nanos, type SystemModel } from '../contract/model.ts'
import { Draw } from '../kernel/draw.ts'
import type { Law } from '../kernel/law.ts'
import { CELL_NOW, type Memory } from '../kernel/memory.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import { LEDGER_DEAD_LETTERED, LEDGER_PUBLISHED, LEDGER_REDELIVERED, type Ledger } from '../stats/ledger.ts'
import { ProbeBank } from '../stats/probe-bank.ts'
import type { Config, NodeId } from '../topology/document.ts'
import type { Core, Target } from './core.ts'
import type { MessageTable } from './message-table.ts'

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
    return new Draw(this.random(purpose), law)
  }

  after(delayNs: Nanos, signal: number, datum: number): Alarm {
    return this.#core.schedule(delayNs, this.source, this.target, signal, datum)
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
    this.probes.count(slot, by)
  }
  level(slot: number, value: number): void {
    this.probes.level(slot, value, this.#memory.f[CELL_NOW]!)
  }
  record(slot: number, durationNs: Nanos): void {
    this.probes.record(slot, durationNs)
  }
  recordStay(slot: number, message: Handle): void {
    this.probes.record(slot, this.#memory.f[CELL_NOW]! - this.messages.sinceNs(message))
  }
  recordAge(slot: number, message: Handle): void {
    this.probes.record(slot, this.#memory.f[CELL_NOW]! - this.messages.bornNs(message))
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
    const message = this.messages.create(composition, this.ledger.at, cause)
    this.#core.fact(FACT.published, this.index, message, 0, 0)
    return message
  }

  copy(message: Handle): Handle {
    return this.messages.copyOf(message, this.ledger.at)
  }
  hold(message: Handle, state: HeldState): void {
    this.messages.move(message, this.ledger.at, state)
  }
  process(message: Handle): void {
    this.messages.process(message, this.ledger.at)
  }

  discard(message: Handle, reason: DiscardReason): void {
    const why = this.discardAs ?? reason
    this.#core.discarded(this.index, message, why, FACT.discarded)
    this.messages.discard(message, this.ledger.at, why)
    this.#core.markLoss(this.index, this.id, this.#label, why)
  }

  deadLettered(): void {
    this.ledger.count(LEDGER_DEAD_LETTERED)
  }
  redelivered(): void {
    this.ledger.count(LEDGER_REDELIVERED)
  }

  fact(fact: number, message: Handle, detail = 0): void {
    this.#core.fact(fact, this.index, message, detail, 0)
  }

  isUp(): boolean {
    return this.up
  }
  present(there: boolean): void {
    if (this.there === there) return
    this.there = there
    this.sinceNs = this.#core.nowNs
  }
  setUp(up: boolean): void {
    this.up = up
    this.sinceNs = this.#core.nowNs
  }

  #asOrigin(): { readonly index: number; readonly hash: number; readonly serial: number } {
    return { index: this.index, hash: this.#core.idHash(this.index), serial: this.ledger.total(LEDGER_PUBLISHED) }
  }
}
