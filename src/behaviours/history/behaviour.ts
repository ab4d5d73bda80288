import { WAITING } from '../../contract/ledger.ts'
import { FACT, FLAG_REDELIVERED, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Law } from '../../kernel/law.ts'
import { workSentence } from '../../messaging/work-sentence.ts'
import { WorkStation } from '../../messaging/work-station.ts'

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
  readonly #writes = new WorkStation<Endpoint>()
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
    this.#writes.add(endpoint, message, tag, settled)
    this.#begin()
  }

  wake(signal: number, write: number): void {
    const writes = this.#writes
    if (signal === STORED) {
      this.#storeIt(writes.message(write))
      const pauseNs = Math.round(Number(this.#context.config()['pause']) * NS_A_MS)
      if (pauseNs > 0 && writes.tag(write) !== 0 && !writes.isSettled(write)) {
        writes.setAlarm(write, this.#context.after(pauseNs, PAUSED, write))
        return
      }
    }
    this.#end(write)
    const endpoint = writes.source(write)
    const tag = writes.tag(write)
    writes.finish(write)
    endpoint.finished?.(tag)
    this.#begin()
  }

  crash(): void {
    this.#writes.clear(write => {
      this.#context.cancel(this.#writes.alarm(write))
      this.#giveUp(write)
    })
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
    const writes = this.#writes
    writes.withdraw(endpoint, write => {
      const goes = writes.tag(write) !== 0 && !writes.isSettled(write)
      if (goes) this.#giveUp(write)
      return goes
    })
    this.#levels()
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#writes.contents(out, from, limit)
  }

  notes(): readonly string[] {
    return this.#store.length === 0 ? ['Nothing stored yet'] : ['Stored last:', ...[...this.#store].reverse().slice(0, 5)]
  }

  why(asked: Asked): readonly Why[] {
    const ahead = this.#writes.ahead(asked.message)
    return ahead === null ? [] : [{ asks: ahead < 0 ? 'here' : 'waits', says: workSentence({ who: this.#context.label(), ahead, concurrency: this.#writes.concurrency, work: 'storing' }), grounds: [] }]
  }

  #giveUp(write: number): void {
    const message = this.#writes.message(write)
    if (this.#writes.tag(write) === 0) this.#context.discard(message, 'application crashed')
    else this.#context.messages.release(message)
  }

  #begin(): void {
    const context = this.#context
    const writes = this.#writes
    for (let write = writes.begin(); write >= 0; write = writes.begin()) {
      context.fact(FACT.started, writes.message(write))
      writes.setAlarm(write, context.after(context.random('store').sampleMs(context.config()['storeTime'] as unknown as Law), STORED, write)) // a law field: parsed
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

  #end(write: number): void {
    const writes = this.#writes
    const message = writes.message(write)
    if (writes.tag(write) === 0) return this.#context.process(message)
    if (!writes.isSettled(write)) writes.source(write).settle(writes.tag(write), 'accepted')
    this.#context.messages.release(message)
  }

  #levels(): void {
    this.#context.level(this.#slots.busy, this.#writes.working)
    this.#context.level(this.#slots.inbox, this.#writes.waiting)
  }
}

export const behaviour: BehaviourModule = { types: ['chat.history'], create: context => new History(context) }
