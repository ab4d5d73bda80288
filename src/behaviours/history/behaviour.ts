import { WAITING } from '../../contract/ledger.ts'
import { FACT, FLAG_REDELIVERED, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle } from '../../contract/model.ts'
import type { Law } from '../../kernel/law.ts'
import { WorkStation } from '../../messaging/work-station.ts'

const STORED = 1
const PAUSED = 2
const NS_A_MS = 1e6
/** How much of the store is kept for people to read. */
const SHOWN = 20

interface Write {
  readonly endpoint: Endpoint
  readonly message: Handle
  readonly tag: number
  /** Acknowledged before it was stored: whatever becomes of the connection, storing it is ours to do. */
  readonly settled: boolean
}

/** Stores messages one after the other. The store is on disk: it outlives a crash. */
class History implements Behaviour {
  readonly #context: BehaviourContext
  readonly #writes = new WorkStation<Write>()
  readonly #slots: { stored: number; busy: number; inbox: number; redelivered: number; latency: number }
  #store: string[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    const slot = (id: string): number => context.probe(id)
    this.#slots = { stored: slot('stored'), busy: slot('busy'), inbox: slot('inbox'), redelivered: slot('redelivered'), latency: slot('latency') }
  }

  start(): void {
    this.#begin()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    if ((context.messages.flags(message) & FLAG_REDELIVERED) !== 0) context.count(this.#slots.redelivered)
    if (tag === 0) context.hold(message, WAITING)
    else context.messages.retain(message)
    const settled = context.config()['acknowledge'] === 'before'
    if (settled) endpoint.settle(tag, 'accepted')
    this.#writes.add({ endpoint, message, tag, settled })
    this.#begin()
  }

  wake(signal: number, number: number): void {
    const write = this.#writes.job(number)
    if (!write) return
    if (signal === STORED) {
      this.#storeIt(write.message)
      const pauseNs = Math.round(Number(this.#context.config()['pause']) * NS_A_MS)
      if (pauseNs > 0 && write.tag !== 0 && !write.settled) return void this.#context.after(pauseNs, PAUSED, number)
    }
    this.#writes.finish(number)
    this.#end(write)
    this.#begin()
  }

  crash(): void {
    for (const write of this.#writes.clear()) {
      if (write.tag === 0) this.#context.discard(write.message, 'application crashed')
      else this.#context.messages.release(write.message)
    }
    this.#levels()
  }

  reconfigured(): void {
    // The next write takes the new time.
  }
  endpointsChanged(): void {
    // What comes next comes from whoever is connected.
  }
  opened(): void {
    // The endpoint subscribes by itself.
  }

  closed(endpoint: Endpoint): void {
    for (const write of this.#writes.withdraw(one => one.endpoint === endpoint && one.tag !== 0 && !one.settled)) this.#context.messages.release(write.message)
    this.#levels()
  }

  contents(out: Handle[], from: number, limit: number): number {
    const writes = this.#writes.jobs()
    for (const write of writes.slice(from, from + limit)) out.push(write.message)
    return writes.length
  }

  notes(): readonly string[] {
    return this.#store.length === 0 ? ['Nothing stored yet'] : ['Stored last:', ...[...this.#store].reverse().slice(0, 5)]
  }

  #begin(): void {
    const context = this.#context
    for (let next = this.#writes.begin(); next; next = this.#writes.begin()) {
      context.fact(FACT.started, next.job.message)
      context.after(context.random('store').sampleMs(context.config()['storeTime'] as unknown as Law), STORED, next.number) // a law field: parsed
    }
    this.#levels()
  }

  #storeIt(message: Handle): void {
    const context = this.#context
    context.count(this.#slots.stored)
    context.record(this.#slots.latency, context.nowNs() - context.messages.bornNs(message))
    context.fact(FACT.stored, message)
    this.#store.push(context.messages.body(message))
    if (this.#store.length > SHOWN) this.#store.shift()
  }

  #end({ endpoint, message, tag, settled }: Write): void {
    if (tag === 0) return this.#context.process(message)
    if (!settled) endpoint.settle(tag, 'accepted')
    this.#context.messages.release(message)
  }

  #levels(): void {
    this.#context.level(this.#slots.busy, this.#writes.working)
    this.#context.level(this.#slots.inbox, this.#writes.waiting)
  }
}

export const behaviour: BehaviourModule = { types: ['chat.history'], create: context => new History(context) }
