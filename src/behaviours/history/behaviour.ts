import { FACT } from '../../contract/fact.ts'
import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import { FLAG_REDELIVERED, type Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Law } from '../../kernel/law.ts'
import { correlationOf } from '../../messaging/correlation.ts'
import { JobKeeper } from '../../messaging/job-keeper.ts'
import { workSentence } from '../../messaging/work-sentence.ts'

const STORED = 1
const PAUSED = 2
const READ = 3
const NS_A_MS = 1e6
/** Questions are read for at the same time, as many as there are. */
const READS_MAX = 10_000

/**
 * Stores messages one after the other, and answers who asks for them. The store is on disk: it outlives a crash. What was acknowledged before it
 * was stored is ours to store, whatever becomes of the connection.
 */
class History implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #writes: JobKeeper<Endpoint, HeldState>
  readonly #reads: JobKeeper<Endpoint, HeldState>
  readonly #slots: { stored: number; busy: number; inbox: number; redelivered: number; answered: number; latency: number }
  #store: string[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#writes = new JobKeeper(context, WAITING)
    this.#reads = new JobKeeper(context, WAITING)
    this.#reads.station.concurrency = READS_MAX
    const slot = (id: string): number => context.probe(id)
    this.#slots = { stored: slot('stored'), busy: slot('busy'), inbox: slot('inbox'), redelivered: slot('redelivered'), answered: slot('answered'), latency: slot('latency') }
  }

  start(): void {
    this.#begin()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    // Who can be answered on the same line asks; everything else is to be stored.
    if (endpoint.canSend) return this.#asked(endpoint, message, tag)
    const context = this.#context
    if ((context.messages.flags(message) & FLAG_REDELIVERED) !== 0) context.count(this.#slots.redelivered)
    const settled = context.config()['acknowledge'] === 'before'
    this.#writes.take(endpoint, message, tag, settled)
    if (settled) endpoint.settle(tag, 'accepted')
    this.#begin()
  }

  wake(signal: number, write: number): void {
    if (signal === READ) return this.#answer(write)
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
    this.#reads.crash()
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
    this.#reads.withdraw(endpoint)
    this.#levels()
    connectionLost(this.#context, endpoint)
  }

  contents(out: Handle[], from: number, limit: number): number {
    const stored = this.#writes.station.contents(out, from, limit)
    return stored + this.#reads.station.contents(out, Math.max(0, from - stored), limit - out.length)
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
    const { keeps } = context.config()
    if (typeof keeps === 'number' && this.#store.length > keeps) this.#store.shift()
  }

  #asked(endpoint: Endpoint, message: Handle, tag: number): void {
    const { station } = this.#reads
    this.#reads.take(endpoint, message, tag)
    for (let read = this.#reads.next(); read >= 0; read = this.#reads.next()) station.setAlarm(read, this.#context.after(this.#context.random('read').sampleMs(this.#context.config()['readTime'] as unknown as Law), READ, read)) // a law field: parsed
  }

  /** What is stored by now, oldest first: a list of texts. */
  #answer(read: number): void {
    const context = this.#context
    const { station } = this.#reads
    const question = station.message(read)
    const { answers } = context.config()
    const texts = typeof answers === 'number' ? this.#store.slice(-answers) : this.#store
    const correlation = correlationOf(context.messages.properties(question), null)
    const reply = context.publish({ key: context.messages.key(question), body: JSON.stringify(texts), type: 'document', reply: true, cause: question, ...correlation })
    if (station.source(read).send(reply) === 'refused') context.discard(reply, 'connection lost')
    else context.count(this.#slots.answered)
    this.#reads.accept(read)
    this.#reads.finish(read)
  }

  #levels(): void {
    this.#context.level(this.#slots.busy, this.#writes.station.working)
    this.#context.level(this.#slots.inbox, this.#writes.station.waiting)
  }
}

export const behaviour: BehaviourModule = { types: ['chat.history'], create: context => new History(context) }
