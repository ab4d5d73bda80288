import { FACT } from '../../contract/fact.ts'
import { WAITING } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import { FLAG_REDELIVERED, type Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint, Outcome } from '../../contract/model.ts'
import { parkWork, unparkWork, workFits } from '../../contract/parked-work.ts'
import type { Parkable } from '../../contract/parking.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import * as L from '../../machine/layout.ts'
import { workSentence } from '../../messaging/work-sentence.ts'
import { WorkStation } from '../../messaging/work-station.ts'
import type { Config } from '../../topology/document.ts'

const DONE = 1

/**
 * Works on each message for a while and settles it before, after or never. A job with tag 0 is a copy of our own; any other stays with the
 * sender until it is settled, and we keep its record readable.
 */
class Consumer implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #station = new WorkStation<Endpoint>()
  readonly #slots: { processed: number; busy: number; received: number; failed: number; redelivered: number; inbox: number; service: number; latency: number }
  /** What the config says, read once per change of it. */
  #plan: Plan
  /** Levels are told when they change. */
  #toldWorking = 0
  #toldConcurrency = 1
  #toldWaiting = 0

  constructor(context: BehaviourContext) {
    this.#context = context
    const slot = (id: string): number => context.probe(id)
    this.#slots = { processed: slot('processed'), busy: slot('busy'), received: slot('received'), failed: slot('failed'), redelivered: slot('redelivered'), inbox: slot('inbox'), service: slot('service'), latency: slot('latency') }
    this.#plan = planOf(context)
  }

  start(): void {
    this.reconfigured()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    const { messages } = context
    context.count(this.#slots.received)
    if ((messages.flags(message) & FLAG_REDELIVERED) !== 0) context.count(this.#slots.redelivered)
    if (tag === 0) context.hold(message, WAITING)
    else messages.retain(message)
    const settled = this.#plan.acknowledge === 'before' && endpoint.acknowledges !== false
    if (settled) endpoint.settle(tag, 'accepted')
    this.#station.add(endpoint, message, tag, settled)
    this.#begin()
  }

  wake(_signal: number, job: number): void {
    const station = this.#station
    const message = station.message(job)
    const tag = station.tag(job)
    const endpoint = station.source(job)
    const settled = station.isSettled(job)
    station.finish(job)
    const { failureRate } = this.#plan
    if (failureRate > 0 && this.#context.random('failure').chance(failureRate)) this.#fail(endpoint, message, tag, settled)
    else this.#succeed(endpoint, message, tag, settled)
    endpoint.finished?.(tag)
    this.#begin()
  }

  crash(): void {
    const station = this.#station
    station.clear(job => {
      this.#context.cancel(station.alarm(job))
      this.#giveUp(job)
    })
    this.#levels()
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context)
    this.#station.concurrency = this.#plan.concurrency
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
    const station = this.#station
    station.withdraw(endpoint, job => {
      const goes = station.tag(job) !== 0 && !station.isSettled(job)
      if (goes) this.#giveUp(job)
      return goes
    })
    this.#levels()
    connectionLost(this.#context, endpoint)
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#station.contents(out, from, limit)
  }

  notes(): readonly string[] {
    return [`Working on ${this.#station.working}, ${this.#station.waiting} in the inbox`]
  }

  why(asked: Asked): readonly Why[] {
    const context = this.#context
    const ahead = this.#station.ahead(asked.message)
    if (ahead === null && this.#plan.acknowledge === 'never' && asked.last('finished', 'failed')?.node === context.id) return [{ asks: 'waits', says: `${context.label()} has worked on it and never acknowledges anything.`, grounds: [] }]
    return ahead === null ? [] : [{ asks: ahead < 0 ? 'here' : 'waits', says: workSentence({ who: context.label(), ahead, concurrency: this.#station.concurrency, work: 'working on' }), grounds: [] }]
  }

  /** What acknowledges after its work. */
  readonly parking: Parkable = {
    weigh: bay => {
      if (this.#plan.acknowledge !== 'after' || !workFits(bay, this.#context, this.#station)) bay.refuse(this)
    },
    park: bay => {
      if (!bay.fits(this)) return
      const { service, failureRate, onFailure } = this.#plan
      parkWork(bay, { part: this, kind: L.KIND_CONSUMER, context: this.#context, station: this.#station, slots: { ...this.#slots, done: this.#slots.processed }, service, failureRate, givesBack: onFailure === 'released' })
    },
    unpark: bay => {
      if (!bay.fits(this)) return
      unparkWork(bay, this, this.#context, this.#station)
      this.#toldWorking = this.#station.working
      this.#toldWaiting = this.#station.waiting
    },
  }

  #giveUp(job: number): void {
    const message = this.#station.message(job)
    if (this.#station.tag(job) === 0) this.#context.discard(message, 'application crashed')
    else this.#context.messages.release(message)
  }

  #begin(): void {
    const context = this.#context
    const station = this.#station
    for (let job = station.begin(); job >= 0; job = station.begin()) {
      context.fact(FACT.started, station.message(job))
      station.setAlarm(job, context.afterDraw(this.#plan.service, DONE, job, this.#slots.service))
    }
    this.#levels()
  }

  #succeed(endpoint: Endpoint, message: Handle, tag: number, settled: boolean): void {
    const context = this.#context
    context.count(this.#slots.processed)
    context.recordAge(this.#slots.latency, message)
    context.fact(FACT.finished, message)
    if (tag === 0) return context.process(message)
    if (!settled) this.#settle(endpoint, tag, 'accepted')
    context.messages.release(message)
  }

  #fail(endpoint: Endpoint, message: Handle, tag: number, settled: boolean): void {
    const context = this.#context
    context.count(this.#slots.failed)
    context.fact(FACT.failed, message)
    if (tag === 0) return context.discard(message, 'rejected')
    if (!settled) this.#settle(endpoint, tag, this.#plan.onFailure)
    context.messages.release(message)
  }

  /**
   * After the work. What came under "after" is settled even if the setting says "before" by now: nobody else will do it. Where nothing is
   * acknowledged the program is done with it now, whatever the setting says.
   */
  #settle(endpoint: Endpoint, tag: number, outcome: Outcome): void {
    if (this.#plan.acknowledge !== 'never' || endpoint.acknowledges === false) endpoint.settle(tag, outcome)
  }

  #levels(): void {
    const { working, waiting, concurrency } = this.#station
    if (working !== this.#toldWorking || concurrency !== this.#toldConcurrency) {
      this.#toldWorking = working
      this.#toldConcurrency = concurrency
      this.#context.level(this.#slots.busy, working / concurrency)
    }
    if (waiting === this.#toldWaiting) return
    this.#toldWaiting = waiting
    this.#context.level(this.#slots.inbox, waiting)
  }
}

interface Plan {
  readonly service: Draw
  readonly acknowledge: string
  readonly failureRate: number
  readonly onFailure: Outcome
  readonly concurrency: number
}

function planOf(context: BehaviourContext): Plan {
  const config: Config = context.config()
  return {
    service: context.draw('service', config['serviceTime'] as unknown as Law), // a law field: parsed
    acknowledge: String(config['acknowledge']),
    failureRate: Number(config['failureRate']),
    onFailure: config['onFailure'] === 'requeue' ? 'released' : 'rejected',
    concurrency: Number(config['concurrency']),
  }
}

export const behaviour: BehaviourModule = { types: ['app.consumer'], create: context => new Consumer(context) }
