import { FACT } from '../../contract/fact.ts'
import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint, SendResult } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import type { JobKeeper } from '../../messaging/job-keeper.ts'
import { fillTemplate, templateValues } from '../../messaging/template.ts'
import { SIGNAL_FIRST, TwoStepWork, workPlanOf, type WorkPlan } from '../../messaging/two-step-work.ts'
import type { Config } from '../../topology/document.ts'
import { Registration } from './registration.ts'
import { wayBack } from './way-back.ts'

const REGISTER = SIGNAL_FIRST

const SLOTS = ['replies', 'busy', 'received', 'failed', 'unroutable', 'lost', 'inbox', 'service'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

/** Works on each request and sends the result to its return address, with its correlation id; the request is settled before or after that. */
class Replier implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #work: TwoStepWork<Endpoint, HeldState>
  readonly #jobs: JobKeeper<Endpoint, HeldState>
  readonly #registration: Registration
  #plan: Plan
  #count = 0

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#registration = new Registration(context, REGISTER)
    this.#slots = probeSlots(context, SLOTS)
    this.#plan = planOf(context)
    this.#work = new TwoStepWork(context, { waiting: WAITING, told: { facts: FACT, slots: this.#slots }, plan: this.#plan, result: job => this.#reply(job) })
    this.#jobs = this.#work.jobs
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
    this.#work.begin()
  }

  wake(signal: number, job: number): void {
    if (signal === REGISTER) return this.#registration.due()
    if (this.#work.wake(signal, job) !== 'pauses') this.#work.begin()
  }

  /** In good order: who looks for it is told before it goes. */
  stop(): void {
    this.#registration.stop()
  }

  crash(): void {
    this.#jobs.crash()
    this.#registration.crash()
    this.#work.tell()
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context)
    this.#work.plan = this.#plan
    this.#work.begin()
  }

  endpointsChanged(): void {
    this.#jobs.connect()
    this.#work.begin()
  }
  opened(): void {
    this.#work.begin()
  }
  unblocked(): void {
    this.#work.begin()
  }

  closed(endpoint: Endpoint): void {
    this.#jobs.withdraw(endpoint)
    this.#work.begin()
    connectionLost(this.#context, endpoint)
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#jobs.station.contents(out, from, limit)
  }
  notes(): readonly string[] {
    return this.#work.notes()
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
}

interface Plan extends WorkPlan {
  readonly body: string
  readonly persistent: boolean
}

function planOf(context: BehaviourContext): Plan {
  const config: Config = context.config()
  return {
    ...workPlanOf(context, config),
    body: String(config['body']),
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.replier'], create: context => new Replier(context) }
