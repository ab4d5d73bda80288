import { FACT } from '../../contract/fact.ts'
import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import { LASTING_KEYS, type Draft, type Handle, type MessageType } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { onlyOutlet, parkWork, unparkWork, wayOut, workFits } from '../../contract/parked-work.ts'
import type { Parkable } from '../../contract/parking.ts'
import type { Asked, Why } from '../../contract/why.ts'
import * as L from '../../machine/layout.ts'
import { correlationOf, type Correlation } from '../../messaging/correlation.ts'
import type { JobKeeper } from '../../messaging/job-keeper.ts'
import { fillsLate, fillTemplate, hasGaps, templateValues } from '../../messaging/template.ts'
import { TwoStepWork, workPlanOf, type WorkPlan } from '../../messaging/two-step-work.ts'
import { workSentence } from '../../messaging/work-sentence.ts'
import type { Config } from '../../topology/document.ts'

/** A stage: consumes, works, publishes a result on every channel that leaves it, and settles before or after that. */
class Service implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #work: TwoStepWork<Endpoint, HeldState>
  readonly #jobs: JobKeeper<Endpoint, HeldState>
  readonly #slots: { sent: number; busy: number; received: number; failed: number; lost: number; inbox: number; service: number; latency: number }
  #count = 0
  /** What the config says, read once per change of it. */
  #plan: Plan
  /** By number of the key: results that are said again and again, composed when they are first said; 0 is not yet. */
  #compositions: number[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    const slot = (id: string): number => context.probe(id)
    this.#slots = { sent: slot('sent'), busy: slot('busy'), received: slot('received'), failed: slot('failed'), lost: slot('lost'), inbox: slot('inbox'), service: slot('service'), latency: slot('latency') }
    this.#plan = planOf(context, context.config())
    this.#work = new TwoStepWork(context, { waiting: WAITING, told: { facts: FACT, slots: this.#slots }, plan: this.#plan, result: job => this.#sendResult(job) })
    this.#jobs = this.#work.jobs
  }

  start(): void {
    this.#count = 0
    this.reconfigured()
    this.endpointsChanged()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    this.#context.count(this.#slots.received)
    this.#jobs.take(endpoint, message, tag)
    this.#work.begin()
  }

  wake(signal: number, job: number): void {
    if (this.#work.wake(signal, job) !== 'pauses') this.#work.begin()
  }

  crash(): void {
    this.#jobs.crash()
    this.#work.tell()
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context, this.#context.config())
    for (const composition of this.#compositions) if (composition) this.#context.dismiss(composition)
    this.#compositions = []
    this.#work.plan = this.#plan
    this.#work.begin()
  }

  /** The next result goes to whatever is connected then. */
  endpointsChanged(): void {
    this.#jobs.connect()
    if (this.#context.isUp()) this.#work.begin()
  }
  opened(): void {
    this.#work.begin()
  }
  unblocked(): void {
    if (this.#context.isUp()) this.#work.begin()
  }

  closed(endpoint: Endpoint): void {
    this.#jobs.withdraw(endpoint)
    this.#work.tell()
    connectionLost(this.#context, endpoint)
  }

  /** A result without a cause, as if work had just ended. */
  sendByHand(template: Config): void {
    this.#publish({ ...planOf(this.#context, { ...this.#context.config(), ...template }), composed: false }, 0)
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#jobs.station.contents(out, from, limit)
  }

  notes(): readonly string[] {
    return this.#work.notes()
  }

  why(asked: Asked): readonly Why[] {
    const ahead = this.#jobs.station.ahead(asked.message)
    return ahead === null ? [] : [{ asks: ahead < 0 ? 'here' : 'waits', says: workSentence({ who: this.#context.label(), ahead, concurrency: this.#jobs.station.concurrency, work: 'working on' }), grounds: [] }]
  }

  /** What acknowledges after its result went out, on one channel, without a pause. */
  readonly parking: Parkable = {
    weigh: bay => {
      const { pauseNs, acknowledgesFirst, composed } = this.#plan
      const plain = pauseNs === 0 && !acknowledgesFirst && composed && onlyOutlet(bay, this.#jobs.outlets) !== null
      if (!plain || !workFits(bay, this.#context, this.#jobs.station)) bay.refuse(this)
    },
    park: bay => {
      if (!bay.fits(this)) return
      const { service, failureRate, key } = this.#plan
      const record = parkWork(bay, { part: this, kind: L.KIND_SERVICE, context: this.#context, station: this.#jobs.station, slots: { ...this.#slots, done: this.#slots.sent, redelivered: -1 }, service, failureRate, givesBack: true })
      const outlet = this.#jobs.outlets[0]!
      const lane = wayOut(bay, this.#context, outlet)
      const room = Math.min(this.#compositions.length, LASTING_KEYS)
      const compositions = bay.block(this, 'compositions', room + 1)
      const { f, i } = bay.memory
      for (let n = 0; n < room; n += 1) i[compositions * 2 + n] = this.#compositions[n] ?? 0
      const at = record * 2
      i[at + L.APP_LANE] = lane
      i[at + L.APP_BITS] = outlet.bits!
      i[at + L.APP_COMPOSITIONS] = compositions
      i[at + L.APP_COMPOSITIONS_ROOM] = room
      i[at + L.APP_KEEPS_KEY] = key === '' ? 1 : 0
      f[record + L.F_APP_COUNT] = this.#count
    },
    unpark: bay => {
      if (!bay.fits(this)) return
      const record = unparkWork(bay, this, this.#context, this.#jobs.station)
      this.#count = bay.memory.f[record + L.F_APP_COUNT]!
    },
  }

  #sendResult(job: number): void {
    const message = this.#jobs.station.message(job)
    this.#context.recordAge(this.#slots.latency, message)
    this.#publish(this.#plan, message)
  }

  #publish(plan: Plan, cause: Handle): void {
    const context = this.#context
    const outlets = this.#jobs.outlets
    if (outlets.length === 0) return
    this.#count += 1
    const { messages } = context
    // Whoever waits for the result of a question, or of a part, has to know it.
    const correlation = cause === 0 ? null : correlationOf(messages.properties(cause), messages.headers(cause))
    const composed = correlation === null && plan.composed && this.#lasts(plan, cause)
    const message = composed ? context.publishComposed(this.#composition(plan, cause), cause) : context.publish(this.#draft(plan, cause, correlation))
    // Copies are made before the first leaves: afterwards the message is no longer here.
    const copies = outlets.length === 1 ? NONE : outlets.slice(1).map(() => context.copy(message))
    this.#hand(outlets[0]!, message)
    for (let n = 1; n < outlets.length; n += 1) this.#hand(outlets[n]!, copies[n - 1]!)
  }

  #hand(outlet: Endpoint, message: Handle): void {
    if (outlet.send(message) === 'refused') {
      this.#context.count(this.#slots.lost)
      this.#context.discard(message, 'connection lost')
    } else this.#context.count(this.#slots.sent)
  }

  /** Whether the key of a result may be remembered by its number. */
  #lasts(plan: Plan, cause: Handle): boolean {
    return plan.key !== '' || cause === 0 || this.#context.messages.keyId(cause) < LASTING_KEYS
  }

  /** A result without a key of its own keeps the key of what caused it. */
  #composition(plan: Plan, cause: Handle): number {
    const { messages } = this.#context
    const keyNumber = plan.key !== '' || cause === 0 ? 0 : messages.keyId(cause)
    const known = this.#compositions[keyNumber]
    if (known) return known
    const { body, type, persistent, reply } = plan
    const numbered = hasGaps(body) ? { numbered: { before: this.#count - 1, id: this.#context.label() } } : {}
    const made = this.#context.compose({ key: keyNumber === 0 ? plan.key : messages.text(keyNumber), body, type, persistent, reply, ...numbered })
    this.#compositions[keyNumber] = made
    return made
  }

  #draft(plan: Plan, cause: Handle, correlation: Correlation | null): Draft {
    const context = this.#context
    const values = templateValues(context, this.#count)
    const ownKey = fillTemplate(plan.key, values)
    const { type, persistent, reply } = plan
    return { key: ownKey !== '' || cause === 0 ? ownKey : context.messages.key(cause), body: fillTemplate(plan.body, values), type, persistent, reply, ...correlation, ...(cause === 0 ? {} : { cause }) }
  }
}

interface Plan extends WorkPlan {
  readonly key: string
  readonly body: string
  /** False when the key has gaps, or the body one of chance: then each result is filled in as it is made. */
  readonly composed: boolean
  readonly type: MessageType
  readonly persistent: boolean
  readonly reply: boolean
}

const NONE: readonly Handle[] = []

function planOf(context: BehaviourContext, config: Config): Plan {
  const key = String(config['key'])
  const body = String(config['body'])
  return {
    ...workPlanOf(context, config),
    key,
    body,
    composed: !hasGaps(key) && fillsLate(body),
    type: config['messageType'] as MessageType, // a choice field: parsed
    persistent: config['persistent'] === true,
    reply: config['reply'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.service'], create: context => new Service(context) }
