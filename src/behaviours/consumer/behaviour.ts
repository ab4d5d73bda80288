import { WAITING } from '../../contract/ledger.ts'
import { FACT, FLAG_REDELIVERED, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle, type Outcome } from '../../contract/model.ts'
import type { Law } from '../../kernel/law.ts'
import { WorkStation } from '../../messaging/work-station.ts'

const DONE = 1

interface Job {
  readonly endpoint: Endpoint
  readonly message: Handle
  /** 0: the copy is ours; else it stays with the sender until it is settled, and we keep its record readable. */
  readonly tag: number
  /** Acknowledged before the work: whatever becomes of the connection, the work is ours to do. */
  readonly settled: boolean
}

/** Works on each message for a while and settles it before, after or never. */
class Consumer implements Behaviour {
  readonly #context: BehaviourContext
  readonly #station = new WorkStation<Job>()
  readonly #slots: { processed: number; busy: number; received: number; failed: number; redelivered: number; inbox: number; service: number; latency: number }

  constructor(context: BehaviourContext) {
    this.#context = context
    const slot = (id: string): number => context.probe(id)
    this.#slots = { processed: slot('processed'), busy: slot('busy'), received: slot('received'), failed: slot('failed'), redelivered: slot('redelivered'), inbox: slot('inbox'), service: slot('service'), latency: slot('latency') }
  }

  start(): void {
    this.reconfigured()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    context.count(this.#slots.received)
    if ((context.messages.flags(message) & FLAG_REDELIVERED) !== 0) context.count(this.#slots.redelivered)
    if (tag === 0) context.hold(message, WAITING)
    else context.messages.retain(message)
    const settled = context.config()['acknowledge'] === 'before'
    if (settled) endpoint.settle(tag, 'accepted')
    this.#station.add({ endpoint, message, tag, settled })
    this.#begin()
  }

  wake(_signal: number, number: number): void {
    const job = this.#station.finish(number)
    if (!job) return
    const failed = this.#context.random('failure').chance(Number(this.#context.config()['failureRate']))
    if (failed) this.#fail(job)
    else this.#succeed(job)
    this.#begin()
  }

  crash(): void {
    for (const job of this.#station.clear()) {
      if (job.tag === 0) this.#context.discard(job.message, 'application crashed')
      else this.#context.messages.release(job.message)
    }
    this.#levels()
  }

  reconfigured(): void {
    this.#station.concurrency = Number(this.#context.config()['concurrency'])
    this.#begin()
  }

  endpointsChanged(): void {
    // Work goes on; what comes next comes from whoever is connected.
  }
  opened(): void {
    // The endpoint subscribes by itself.
  }

  /** What was neither begun nor acknowledged is dropped: the broker has taken it back. Work in progress goes on; settling it is harmless. */
  closed(endpoint: Endpoint): void {
    for (const job of this.#station.withdraw(one => one.endpoint === endpoint && one.tag !== 0 && !one.settled)) this.#context.messages.release(job.message)
    this.#levels()
  }

  contents(out: Handle[], from: number, limit: number): number {
    const jobs = this.#station.jobs()
    for (const job of jobs.slice(from, from + limit)) out.push(job.message)
    return jobs.length
  }

  notes(): readonly string[] {
    return [`Working on ${this.#station.working}, ${this.#station.waiting} in the inbox`]
  }

  #begin(): void {
    const context = this.#context
    for (let next = this.#station.begin(); next; next = this.#station.begin()) {
      const durationNs = context.random('service').sampleMs(context.config()['serviceTime'] as unknown as Law) // a law field: parsed
      context.record(this.#slots.service, durationNs)
      context.fact(FACT.started, next.job.message)
      context.after(durationNs, DONE, next.number)
    }
    this.#levels()
  }

  #succeed(job: Job): void {
    const context = this.#context
    context.count(this.#slots.processed)
    context.record(this.#slots.latency, context.nowNs() - context.messages.bornNs(job.message))
    context.fact(FACT.finished, job.message)
    if (job.tag === 0) context.process(job.message)
    else {
      this.#settle(job, 'accepted')
      context.messages.release(job.message)
    }
  }

  #fail(job: Job): void {
    const context = this.#context
    context.count(this.#slots.failed)
    context.fact(FACT.failed, job.message)
    if (job.tag === 0) return context.discard(job.message, 'rejected')
    this.#settle(job, context.config()['onFailure'] === 'requeue' ? 'released' : 'rejected')
    context.messages.release(job.message)
  }

  /** After the work. What came under "after" is settled even if the setting says "before" by now: nobody else will do it. */
  #settle(job: Job, outcome: Outcome): void {
    if (!job.settled && this.#context.config()['acknowledge'] !== 'never') job.endpoint.settle(job.tag, outcome)
  }

  #levels(): void {
    this.#context.level(this.#slots.busy, this.#station.working / this.#station.concurrency)
    this.#context.level(this.#slots.inbox, this.#station.waiting)
  }
}

export const behaviour: BehaviourModule = { types: ['app.consumer'], create: context => new Consumer(context) }
