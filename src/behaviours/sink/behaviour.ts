import { FACT } from '../../contract/fact.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'

const SLOTS = ['results', 'first', 'last', 'gap', 'latency', 'whole'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>
const SHOWN = 5

/** Where results end: takes whatever comes at once, and tells when the first, the last and all that were expected came. */
class Sink implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  #expected = Infinity
  #startNs = 0
  #lastNs = 0
  #count = 0
  /** Records of those that came last, kept readable. */
  readonly #newest: Handle[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = probeSlots(context, SLOTS)
  }

  start(): void {
    this.#startNs = this.#context.nowNs()
    this.#count = 0
    this.#context.level(this.#slots.first, 0)
    this.#context.level(this.#slots.last, 0)
    this.reconfigured()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    const slots = this.#slots
    const now = context.nowNs()
    this.#count += 1
    context.count(slots.results)
    context.recordAge(slots.latency, message)
    context.fact(FACT.finished, message)
    if (this.#count === 1) context.level(slots.first, now - this.#startNs)
    else context.record(slots.gap, now - this.#lastNs)
    context.level(slots.last, now - this.#startNs)
    this.#lastNs = now
    if (this.#count === this.#expected) context.record(slots.whole, now - this.#startNs)
    context.messages.retain(message)
    if (this.#newest.push(message) > SHOWN) context.messages.release(this.#newest.shift()!)
    if (tag === 0) context.process(message)
    else endpoint.settle(tag, 'accepted')
    endpoint.finished?.(tag)
  }

  wake(): void {
    // Results take no time.
  }
  crash(): void {
    for (const message of this.#newest.splice(0)) this.#context.messages.release(message)
  }
  reconfigured(): void {
    const { expected } = this.#context.config()
    this.#expected = typeof expected === 'number' ? expected : Infinity
  }
  endpointsChanged(): void {
    // What comes next comes from whoever is connected.
  }
  opened(): void {
    // The endpoint subscribes by itself.
  }
  closed(): void {
    // Nothing is kept that could be taken back.
  }
  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    const { messages } = this.#context
    return this.#newest.length === 0 ? ['Nothing came yet'] : ['Came last:', ...[...this.#newest].reverse().map(message => messages.body(message))]
  }
}

export const behaviour: BehaviourModule = { types: ['app.sink'], create: context => new Sink(context) }
