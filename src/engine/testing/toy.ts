import { OP_CLOSED, OP_FIRST } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { wireFields } from '../../contract/fields.ts'
import { WAITING } from '../../contract/ledger.ts'
import { catalogueOf, type Catalogue, type FamilyManifest } from '../../contract/manifest.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint, EndpointContext, ModelCatalogue, SystemModule } from '../../contract/model.ts'
import { IdleProgram } from '../../contract/testing/idle-program.ts'
import type { Config, Topology } from '../../topology/document.ts'

/**
 * A family of its own for the engine's tests: sources send through plain wires to sinks, so that wires, faults, edits and the ledger are
 * tested without any broker. Copies travel whole; nothing is acknowledged; a closed end stays closed for a millisecond.
 */
const manifest: FamilyManifest = {
  family: 'toy',
  title: 'Toy',
  colour: 'application',
  terms: { key: 'key' },
  nodes: [
    {
      type: 'toy.source', title: 'Source', summary: '', icon: 'box', form: 'card', can: ['send'], headline: [], subtitle: '', docs: [],
      fields: [
        { id: 'gap', label: 'Gap', help: '', type: 'law', default: { law: 'exponential', mean: 10 }, unit: 'ms' },
        { id: 'body', label: 'Body', help: '', type: 'text', default: 'hello', maxLength: 100_000 },
      ],
      probes: [{ id: 'sent', title: 'Sent', kind: 'counter', unit: 'messages' }],
    },
    {
      type: 'toy.sink', title: 'Sink', summary: '', icon: 'box', form: 'card', can: ['receive'], headline: [], subtitle: '', docs: [],
      fields: [{ id: 'work', label: 'Work', help: '', type: 'law', default: { law: 'exponential', mean: 5 }, unit: 'ms' }],
      probes: [
        { id: 'waiting', title: 'Waiting', kind: 'level', unit: 'messages' },
        { id: 'latency', title: 'Latency', kind: 'duration', unit: 'ns' },
      ],
    },
  ],
  channels: [{ type: 'toy.wire', title: 'Wire', summary: '', form: 'solid', from: { can: 'send' }, to: { can: 'receive' }, parallel: 'many', carries: 'forward', fields: wireFields(1, { loss: 'either' }), docs: [] }],
  claims: [],
}

const OP_OPEN = OP_FIRST
const OP_DATA = OP_FIRST + 1
const WAKE = 1

class ToyEndpoint implements Endpoint {
  readonly channel
  readonly canSend
  readonly canReceive
  readonly #context: EndpointContext
  #open = false

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.canSend = context.end === 'from'
    this.canReceive = context.end === 'to'
  }
  isOpen(): boolean {
    return this.#open
  }
  start(): void {
    if (this.#context.end === 'from') {
      this.#open = true
      this.channel.send('from', OP_OPEN, 0, 0)
    }
  }
  wake(): void {
    this.start()
  }
  crash(): void {
    this.#open = false
  }
  reconfigured(): void {}
  settle(): void {}
  send(message: Handle) {
    if (!this.#open) return 'refused' as const
    this.channel.sendCopy('from', OP_DATA, message, 0, 0)
    return 'sent' as const
  }
  receive(_channel: unknown, op: number, message: Handle): void {
    if (op === OP_CLOSED) {
      const was = this.#open
      this.#open = false
      if (was && this.#context.end === 'from') this.#context.after(1e6, WAKE, 0)
    } else if (op === OP_OPEN) this.#open = true
    else this.#context.client.deliver(this, message, 0)
  }
}

class Source extends IdleProgram {
  readonly #context: BehaviourContext
  readonly #sent: number
  constructor(context: BehaviourContext) {
    super()
    this.#context = context
    this.#sent = context.probe('sent')
  }
  override start(): void {
    this.#next()
  }
  #next(): void {
    this.#context.after(this.#context.random('gap').sampleMs(this.#context.config()['gap'] as never), WAKE, 0)
  }
  override wake(): void {
    this.sendByHand()
    if (this.#context.isUp()) this.#next()
  }
  sendByHand(): void {
    if (!this.#context.isUp()) return
    const body = String(this.#context.config()['body'])
    for (const endpoint of this.#context.endpoints) {
      const message = this.#context.publish({ key: this.#context.id, body, type: 'event' })
      this.#context.count(this.#sent)
      if (endpoint.send(message) === 'refused') this.#context.discard(message, 'connection lost')
    }
  }
}

class Sink implements Behaviour {
  readonly #context: BehaviourContext
  #waiting: Handle[] = []
  #epoch = 0
  constructor(context: BehaviourContext) {
    this.#context = context
  }
  start(): void {
    this.#epoch += 1
  }
  deliver(_endpoint: Endpoint, message: Handle): void {
    this.#context.hold(message, WAITING)
    this.#waiting.push(message)
    this.#context.level(0, this.#waiting.length)
    if (this.#waiting.length === 1) this.#work()
  }
  #work(): void {
    this.#context.after(this.#context.random('work').sampleMs(this.#context.config()['work'] as never), WAKE, this.#epoch)
  }
  wake(_signal: number, epoch: number): void {
    if (epoch !== this.#epoch) return
    const message = this.#waiting.shift()!
    this.#context.record(1, this.#context.nowNs() - this.#context.messages.bornNs(message))
    this.#context.fact(FACT.finished, message)
    this.#context.process(message)
    this.#context.level(0, this.#waiting.length)
    if (this.#waiting.length > 0) this.#work()
  }
  crash(): void {
    this.#epoch += 1
    for (const message of this.#waiting) this.#context.discard(message, 'application crashed')
    this.#waiting = []
    this.#context.level(0, 0)
  }
  reconfigured(): void {}
  endpointsChanged(): void {}
  opened(): void {}
  closed(): void {}
  contents(out: Handle[], from: number, limit: number): number {
    for (const message of this.#waiting.slice(from, from + limit)) out.push(message)
    return this.#waiting.length
  }
  notes(): readonly string[] {
    return []
  }
}

const system: SystemModule = { family: 'toy', endpoint: context => new ToyEndpoint(context) }
const behaviour: BehaviourModule = { types: ['toy.source', 'toy.sink'], create: context => (context.type === 'toy.source' ? new Source(context) : new Sink(context)) }

export function toyCatalogue(): Catalogue {
  return catalogueOf([manifest])
}
export function toyModels(): ModelCatalogue {
  return { systems: [system], behaviours: [behaviour] }
}

/** Sources s1…, sinks t1…, and a wire from each source to each sink. */
export function toyTopology(options: { sources: number; sinks: number; source?: Config; sink?: Config; wire?: Config; seed?: number }): Topology {
  const at = { x: 0, y: 0 }
  const sources = Array.from({ length: options.sources }, (_, n) => ({ id: `s${n + 1}`, type: 'toy.source', label: `source ${n + 1}`, at, config: options.source ?? {} }))
  const sinks = Array.from({ length: options.sinks }, (_, n) => ({ id: `t${n + 1}`, type: 'toy.sink', label: `sink ${n + 1}`, at, config: options.sink ?? {} }))
  const channels = sources.flatMap(source => sinks.map(sink => ({ id: `${source.id}-${sink.id}`, type: 'toy.wire', from: source.id, to: sink.id, config: options.wire ?? {} })))
  return { format: 1, title: 'toy', seed: options.seed ?? 1, nodes: [...sources, ...sinks], channels }
}
