import type { DiscardReason } from '../contract/ledger.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Alarm, BehaviourContext, Draft, Endpoint, FactVerb, Handle, Messages, Nanos } from '../contract/model.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import { ProbeBank } from '../stats/probe-bank.ts'
import type { Config, NodeId } from '../topology/document.ts'
import type { Core, Target } from './core.ts'

/** One node of a run: what its model sees of time, chance, figures and the ledger. */
export class NodeRuntime implements BehaviourContext, Target {
  readonly id: NodeId
  readonly index: number
  readonly type: string
  readonly manifest: NodeManifest
  readonly messages: Messages
  readonly probes: ProbeBank
  readonly endpoints: Endpoint[] = []
  readonly source: number
  readonly target: number
  up = true
  there = true
  sinceNs = 0
  /** While the node is being removed, everything it gives up is accounted for as this. */
  discardAs: DiscardReason | null = null
  onWake: (signal: number, datum: number) => void = () => undefined
  #label: string
  #config: Config
  #serial = 0
  readonly #core: Core
  readonly #streams = new Map<string, RandomStream>()

  constructor(core: Core, options: { index: number; id: NodeId; label: string; config: Config; manifest: NodeManifest }) {
    this.#core = core
    this.index = options.index
    this.id = options.id
    this.type = options.manifest.type
    this.manifest = options.manifest
    this.#label = options.label
    this.#config = options.config
    this.messages = core.messages
    this.probes = new ProbeBank(options.manifest.probes, core.nowNs)
    core.addLedger(this.index, this.id)
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
    return this.#core.nowNs
  }

  random(purpose: string): RandomStream {
    let stream = this.#streams.get(purpose)
    if (!stream) {
      stream = randomStream(this.#core.seed, `${this.id}/${purpose}`)
      this.#streams.set(purpose, stream)
    }
    return stream
  }

  after(delayNs: Nanos, signal: number, datum: number): Alarm {
    return this.#core.schedule(this.#core.nowNs + delayNs, this.source, this.target, signal, datum)
  }
  cancel(alarm: Alarm): void {
    this.#core.events.cancel(alarm)
  }
  fire(signal: number, datum: number): void {
    this.onWake(signal, datum)
  }

  probe(id: string): number {
    return this.probes.slot(id)
  }
  count(slot: number, by = 1): void {
    this.probes.count(slot, by)
  }
  level(slot: number, value: number): void {
    this.probes.level(slot, value, this.#core.nowNs)
  }
  record(slot: number, durationNs: Nanos): void {
    this.probes.record(slot, durationNs)
  }

  publish(draft: Draft): Handle {
    this.#serial += 1
    const message = this.#core.messages.create(draft, this.index, this.#serial, this.#core.nowNs)
    this.fact('published', message)
    return message
  }

  copy(message: Handle): Handle {
    return this.#core.messages.copyOf(message, this.index)
  }

  hold(message: Handle, state: 'waiting' | 'unacknowledged' | 'retained'): void {
    this.#core.messages.move(message, this.index, state)
  }

  process(message: Handle): void {
    this.#core.messages.end(message, this.index, 'processed', null)
  }

  discard(message: Handle, reason: DiscardReason): void {
    const why = this.discardAs ?? reason
    this.#core.fact('discarded', this.index, message, 0, why)
    if (this.#core.hops) this.#core.showLoss(message, why)
    this.#core.messages.end(message, this.index, 'discarded', why)
    this.#core.markLoss(this.id, this.#label, why)
  }

  deadLettered(): void {
    this.#core.ledgers[this.index]!.deadLettered += 1
  }
  redelivered(): void {
    this.#core.ledgers[this.index]!.redelivered += 1
  }

  fact(verb: FactVerb, message: Handle, detail = 0): void {
    this.#core.fact(verb, this.index, message, detail, null)
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
}
