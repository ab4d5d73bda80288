import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import { FACT, FLAG_REDELIVERED, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Law } from '../../kernel/law.ts'
import { JobKeeper } from '../../messaging/job-keeper.ts'
import { workSentence } from '../../messaging/work-sentence.ts'

const STORED = 1
const PAUSED = 2
const NS_A_MS = 1e6
/** How much of the store is kept for people to read. */
const SHOWN = 20

/**
 * Stores messages one after the other. The store is on disk: it outlives a crash. What was acknowledged before it was stored is ours to
 * store, whatever becomes of the connection.
 */
class History implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #writes: JobKeeper<Endpoint, HeldState>
  readonly #slots: { stored: number; busy: number; inbox: number; redelivered: number; latency: number }
  #store: string[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#writes = new JobKeeper(context, WAITING)
    const slot = (id: string): number => context.probe(id)
    this.#slots = { stored: slot('stored'), busy: slot('busy'), inbox: slot('inbox'), redelivered: slot('redelivered'), latency: slot('latency') }
  }

  start(): void {
    this.#begin()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    if ((context.messages.flags(message) & FLAG_REDELIVERED) !== 0) context.count(this.#slots.redelivered)
    const settled = context.config()['acknowledge'] === 'before'
    this.#writes.take(endpoint, message, tag, settled)
    if (settled) endpoint.settle(tag, 'accepted')
    this.#begin()
  }

  wake(signal: number, write: number): void {
    const { station } = this.#writes
    if (signal === STORED) {
      this.#storeIt(station.message(write))
      const pauseNs = Math.round(Number(this.#context.config()['pause']) * NS_A_MS)
      if (pauseNs > 0 && station.tag(write) !== 0 && !station.isSettled(write)) return station.setAlarm(write, this.#context.after(pauseNs, PAUSED, write))
    }
    this.#writes.accept(write)
    this.#writes.finish(write)
    this.#begin()
  }

  crash(): void {
    this.#writes.crash()
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
    this.#writes.withdraw(endpoint)
    this.#levels()
    connectionLost(this.#context, endpoint)
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#writes.station.contents(out, from, limit)
  }

  notes(): readonly string[] {
    return this.#store.length === 0 ? ['Nothing stored yet'] : ['Stored last:', ...[...this.#store].reverse().slice(0, 5)]
  }

  why(asked: Asked): readonly Why[] {
    const ahead = this.#writes.station.ahead(asked.message)
    return ahead === null ? [] : [{ asks: ahead < 0 ? 'here' : 'waits', says: workSentence({ who: this.#context.label(), ahead, concurrency: this.#writes.station.concurrency, work: 'storing' }), grounds: [] }]
  }

  #begin(): void {
    const context = this.#context
    const { station } = this.#writes
    for (let write = this.#writes.next(); write >= 0; write = this.#writes.next()) {
      context.fact(FACT.started, station.message(write))
      station.setAlarm(write, context.after(context.random('store').sampleMs(context.config()['storeTime'] as unknown as Law), STORED, write)) // a law field: parsed
    }
    this.#levels()
  }

  #storeIt(message: Handle): void {
    const context = this.#context
    context.count(this.#slots.stored)
    context.recordAge(this.#slots.latency, message)
    context.fact(FACT.stored, message)
    this.#store.push(context.messages.body(message))
    if (this.#store.length > SHOWN) this.#store.shift()
  }

  #levels(): void {
    this.#context.level(this.#slots.busy, this.#writes.station.working)
    this.#context.level(this.#slots.inbox, this.#writes.station.waiting)
  }
}

export const behaviour: BehaviourModule = { types: ['chat.history'], create: context => new History(context) }
