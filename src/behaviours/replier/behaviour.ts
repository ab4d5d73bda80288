import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import { FACT, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle, type SendResult } from '../../contract/model.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import { JobKeeper } from '../../messaging/job-keeper.ts'
import { fillTemplate, templateValues } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'
import { Registration } from './registration.ts'
import { wayBack } from './way-back.ts'

const DONE = 1
const PAUSED = 2
const REGISTER = 3
const NS_A_MS = 1e6

const SLOTS = ['replies', 'busy', 'received', 'failed', 'unroutable', 'lost', 'inbox', 'service'] as const
type Slots = Readonly<Record<(typeof SLOTS)[number], number>>

/** Works on each request and sends the result to its return address, with its correlation id; the request is settled before or after that. */
class Replier implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #jobs: JobKeeper<Endpoint, HeldState>
  readonly #registration: Registration
  #plan: Plan
  #count = 0

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#jobs = new JobKeeper(context, WAITING)
    this.#registration = new Registration(context, REGISTER)
    this.#slots = Object.fromEntries(SLOTS.map(id => [id, context.probe(id)])) as unknown as Slots // all of its keys
    this.#plan = planOf(context)
  }

  start(): void {
    this.#count = 0
    this.reconfigured()
    this.endpointsChanged()
    this.#registration.start()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    if (this.#registration.owns(endpoint)) return this.#registration.heard(endpoint, message, tag)
    this.#context.count(this.#slots.received)
    this.#jobs.take(endpoint, message, tag)
    this.#begin()
  }

  wake(signal: number, job: number): void {
    if (signal === REGISTER) return this.#registration.due()
    const { failureRate, pauseNs } = this.#plan
    const failed = signal === DONE && failureRate > 0 && this.#context.random('failure').chance(failureRate)
    if (signal === DONE && !failed) {
      this.#firstStep(job)
      if (pauseNs > 0) return this.#jobs.station.setAlarm(job, this.#context.after(pauseNs, PAUSED, job))
    }
    if (failed) this.#fail(job)
    else this.#secondStep(job)
    this.#jobs.finish(job)
    this.#begin()
  }

  /** In good order: who looks for it is told before it goes. */
  stop(): void {
    this.#registration.stop()
  }

  crash(): void {
    this.#jobs.crash()
    this.#registration.crash()
    this.#levels()
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context)
    this.#jobs.station.concurrency = this.#plan.concurrency
    this.#jobs.acknowledgesFirst = this.#plan.acknowledgesFirst
    this.#begin()
  }

  endpointsChanged(): void {
    this.#jobs.connect()
    this.#begin()
  }
  opened(): void {
    this.#begin()
  }
  unblocked(): void {
    this.#begin()
  }

  closed(endpoint: Endpoint): void {
    this.#jobs.withdraw(endpoint)
    this.#begin()
    connectionLost(this.#context, endpoint)
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#jobs.station.contents(out, from, limit)
  }
  notes(): readonly string[] {
    return [`Working on ${this.#jobs.station.working}, ${this.#jobs.station.waiting} in the inbox`]
  }

  /** A program that waits for a send to go through doesn't take up the next request. */
  #begin(): void {
    const context = this.#context
    const { station } = this.#jobs
    for (let job = this.#jobs.next(); job >= 0; job = this.#jobs.next()) {
      context.fact(FACT.started, station.message(job))
      station.setAlarm(job, context.afterDraw(this.#plan.service, DONE, job, this.#slots.service))
    }
    this.#levels()
  }

  /** The work is done: the reply goes out, or the request is acknowledged. What is left is the second step, after the pause. */
  #firstStep(job: number): void {
    this.#context.fact(FACT.finished, this.#jobs.station.message(job))
    if (!this.#jobs.settlesFirst(job)) this.#reply(job)
  }

  #secondStep(job: number): void {
    if (this.#jobs.station.isSettled(job)) this.#reply(job)
    this.#jobs.accept(job)
  }

  #fail(job: number): void {
    this.#context.count(this.#slots.failed)
    this.#context.fact(FACT.failed, this.#jobs.station.message(job))
    this.#jobs.fail(job)
  }

  #reply(job: number): void {
    const context = this.#context
    const { messages } = context
    const request = this.#jobs.station.message(job)
    const properties = messages.properties(request)
    const address = properties?.['replyTo']
    const replyTo = typeof address === 'string' ? address : null
    const id = properties?.['correlationId']
    this.#count += 1
    const values = templateValues(context, this.#count)
    const reply = context.publish({
      key: replyTo ?? messages.key(request),
      body: fillTemplate(this.#plan.body, values),
      type: 'document',
      reply: true,
      persistent: this.#plan.persistent,
      cause: request,
      ...(id === undefined ? {} : { properties: { correlationId: id } }),
    })
    const result = this.#send(reply, this.#jobs.station.source(job), replyTo)
    if (result === 'nowhere') {
      context.count(this.#slots.unroutable)
      context.discard(reply, 'unroutable')
    } else if (result === 'refused') {
      context.count(this.#slots.lost)
      context.discard(reply, 'connection lost')
    } else context.count(this.#slots.replies)
  }

  #send(reply: Handle, source: Endpoint, replyTo: string | null): SendResult | 'nowhere' {
    const outlet = replyTo !== null && source.madeAddress?.(replyTo) === true ? null : wayBack(this.#context.id, this.#jobs.outlets.filter(line => !this.#registration.owns(line)), source, replyTo)
    if (outlet !== null) return outlet.send(reply)
    return replyTo === null || !source.reply ? 'nowhere' : source.reply(reply)
  }

  #levels(): void {
    const { working, waiting, concurrency } = this.#jobs.station
    this.#context.level(this.#slots.busy, working / concurrency)
    this.#context.level(this.#slots.inbox, waiting)
  }
}

interface Plan {
  readonly service: Draw
  readonly concurrency: number
  readonly failureRate: number
  readonly acknowledgesFirst: boolean
  readonly pauseNs: number
  readonly body: string
  readonly persistent: boolean
}

function planOf(context: BehaviourContext): Plan {
  const config: Config = context.config()
  return {
    service: context.draw('service', config['serviceTime'] as unknown as Law), // a law field: parsed
    concurrency: Number(config['concurrency']),
    failureRate: Number(config['failureRate']),
    acknowledgesFirst: config['acknowledge'] === 'before',
    pauseNs: Math.round(Number(config['pause']) * NS_A_MS),
    body: String(config['body']),
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.replier'], create: context => new Replier(context) }
