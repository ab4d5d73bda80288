import { WAITING } from '../../contract/ledger.ts'
import { FACT, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle, type SendResult } from '../../contract/model.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import { fillTemplate } from '../../messaging/template.ts'
import { WorkStation } from '../../messaging/work-station.ts'
import type { Config } from '../../topology/document.ts'
import { wayBack } from './way-back.ts'

const SLOTS = ['replies', 'busy', 'received', 'failed', 'unroutable', 'lost', 'inbox', 'service'] as const
type Slots = Readonly<Record<(typeof SLOTS)[number], number>>

/** Works on each request and sends the result to its return address, with its correlation id; then the request is settled. */
class Replier implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #station = new WorkStation<Endpoint>()
  #plan: Plan
  #count = 0
  #outlets: readonly Endpoint[] = []
  /** Outlets that a send may have to wait for. */
  #gates: readonly Endpoint[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = Object.fromEntries(SLOTS.map(id => [id, context.probe(id)])) as unknown as Slots // all of its keys
    this.#plan = planOf(context)
  }

  start(): void {
    this.#count = 0
    this.reconfigured()
    this.endpointsChanged()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    this.#context.count(this.#slots.received)
    if (tag === 0) this.#context.hold(message, WAITING)
    else this.#context.messages.retain(message)
    this.#station.add(endpoint, message, tag, false)
    this.#begin()
  }

  wake(_signal: number, job: number): void {
    const station = this.#station
    const endpoint = station.source(job)
    const tag = station.tag(job)
    const { failureRate } = this.#plan
    if (failureRate > 0 && this.#context.random('failure').chance(failureRate)) this.#fail(job)
    else this.#succeed(job)
    station.finish(job)
    endpoint.finished?.(tag)
    this.#begin()
  }

  crash(): void {
    this.#station.clear(job => {
      this.#context.cancel(this.#station.alarm(job))
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
    this.#outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
    this.#gates = this.#outlets.filter(endpoint => endpoint.blocked !== undefined)
    this.#begin()
  }
  opened(): void {
    this.#begin()
  }
  unblocked(): void {
    this.#begin()
  }

  closed(endpoint: Endpoint): void {
    const station = this.#station
    station.withdraw(endpoint, job => {
      const goes = station.tag(job) !== 0
      if (goes) this.#giveUp(job)
      return goes
    })
    this.#begin()
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#station.contents(out, from, limit)
  }
  notes(): readonly string[] {
    return [`Working on ${this.#station.working}, ${this.#station.waiting} in the inbox`]
  }

  #giveUp(job: number): void {
    const message = this.#station.message(job)
    if (this.#station.tag(job) === 0) this.#context.discard(message, 'application crashed')
    else this.#context.messages.release(message)
  }

  #begin(): void {
    const context = this.#context
    const station = this.#station
    if (context.isUp() && !this.#stands()) {
      for (let job = station.begin(); job >= 0; job = station.begin()) {
        context.fact(FACT.started, station.message(job))
        station.setAlarm(job, context.afterDraw(this.#plan.service, 0, job, this.#slots.service))
      }
    }
    this.#levels()
  }

  /** A program that waits for a send to go through doesn't take up the next request. */
  #stands(): boolean {
    for (const gate of this.#gates) if (gate.blocked === true) return true
    return false
  }

  #succeed(job: number): void {
    const context = this.#context
    const station = this.#station
    const message = station.message(job)
    context.fact(FACT.finished, message)
    this.#reply(job)
    if (station.tag(job) === 0) return context.process(message)
    station.source(job).settle(station.tag(job), 'accepted')
    context.messages.release(message)
  }

  #fail(job: number): void {
    const context = this.#context
    const station = this.#station
    const message = station.message(job)
    context.count(this.#slots.failed)
    context.fact(FACT.failed, message)
    if (station.tag(job) === 0) return context.discard(message, 'rejected')
    station.source(job).settle(station.tag(job), 'released')
    context.messages.release(message)
  }

  #reply(job: number): void {
    const context = this.#context
    const { messages } = context
    const request = this.#station.message(job)
    const properties = messages.properties(request)
    const address = properties?.['replyTo']
    const replyTo = typeof address === 'string' ? address : null
    const id = properties?.['correlationId']
    this.#count += 1
    const values = { n: this.#count, id: context.label(), timeNs: context.nowNs(), random: () => context.random('template').integer(1000) }
    const reply = context.publish({
      key: replyTo ?? messages.key(request),
      body: fillTemplate(this.#plan.body, values),
      type: 'document',
      reply: true,
      persistent: this.#plan.persistent,
      cause: request,
      ...(id === undefined ? {} : { properties: { correlationId: id } }),
    })
    const result = this.#send(reply, this.#station.source(job), replyTo)
    if (result === 'nowhere') {
      context.count(this.#slots.unroutable)
      context.discard(reply, 'unroutable')
    } else if (result === 'refused') {
      context.count(this.#slots.lost)
      context.discard(reply, 'connection lost')
    } else context.count(this.#slots.replies)
  }

  #send(reply: Handle, source: Endpoint, replyTo: string | null): SendResult | 'nowhere' {
    const outlet = replyTo !== null && source.madeAddress?.(replyTo) === true ? null : wayBack(this.#context.id, this.#outlets, source, replyTo)
    if (outlet !== null) return outlet.send(reply)
    return replyTo === null || !source.reply ? 'nowhere' : source.reply(reply)
  }

  #levels(): void {
    const { working, waiting, concurrency } = this.#station
    this.#context.level(this.#slots.busy, working / concurrency)
    this.#context.level(this.#slots.inbox, waiting)
  }
}

interface Plan {
  readonly service: Draw
  readonly concurrency: number
  readonly failureRate: number
  readonly body: string
  readonly persistent: boolean
}

function planOf(context: BehaviourContext): Plan {
  const config: Config = context.config()
  return {
    service: context.draw('service', config['serviceTime'] as unknown as Law), // a law field: parsed
    concurrency: Number(config['concurrency']),
    failureRate: Number(config['failureRate']),
    body: String(config['body']),
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.replier'], create: context => new Replier(context) }
