import type { Alarm } from '../../contract/context.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import type { Draft, Handle, Headers, MessageType } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { onlyOutlet, wayOut } from '../../contract/parked-work.ts'
import type { Parkable } from '../../contract/parking.ts'
import * as L from '../../machine/layout.ts'
import type { TraceRow } from '../../messaging/arrival-text.ts'
import { fillsLate, fillTemplate, hasGaps, templateValues } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'
import { ARRIVAL_FIELDS, arrivalsOf, type ArrivalPlan } from './arrivals.ts'

const NEXT = 1

/** Sends messages at a rate and forgets them: one-way communication. */
class Producer implements Behaviour {
  readonly #context: BehaviourContext
  readonly #sent: number
  readonly #lost: number
  readonly #skipped: number
  #alarm: Alarm = 0
  #count = 0
  #turn = 0
  /** What the config says, read once per change of it. */
  #plan: Plan
  /** When messages are made, from the start or the last change of it. */
  #arrival: ArrivalPlan
  /** How many times of a trace have come. */
  #rows = 0
  /** By index of the key: what is said again and again, composed when it is first said; 0 is not yet. */
  #compositions: number[] = []
  #outlets: readonly Endpoint[] = []
  /** What is still to be made of a batch while an outlet is blocked: the program stands still. */
  #left = 0

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#sent = context.probe('sent')
    this.#lost = context.probe('lost')
    this.#skipped = context.probe('skipped')
    this.#plan = planOf(context.config())
    this.#arrival = arrivalsOf(context, context.config())
  }

  start(): void {
    this.endpointsChanged()
    this.#alarm = 0
    this.#left = 0
    this.#count = 0
    this.#replan()
    this.#turn = 0
    this.#begin()
  }

  wake(): void {
    this.#alarm = 0
    if (!this.#context.isUp()) return
    if (this.#arrival.later?.due !== false) this.#sendBatch()
    if (this.#left === 0) this.#schedule()
  }

  crash(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#left = 0
  }

  reconfigured(before: Config): void {
    const config = this.#context.config()
    this.#replan()
    // A law that was written again as it was is the same law: the parsed config holds the same object, or one of the same text.
    const same = ARRIVAL_FIELDS.every(field => before[field] === config[field] || JSON.stringify(before[field]) === JSON.stringify(config[field]))
    if (!this.#context.isUp()) return
    if (same) return this.#goOn()
    this.crash()
    this.#begin()
  }

  endpointsChanged(): void {
    this.#outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
    this.#goOn()
  }

  unblocked(): void {
    this.#goOn()
  }

  sendByHand(template: Config): void {
    this.#send({ ...planOf({ ...this.#context.config(), ...template }), composed: false }, null)
  }

  deliver(_endpoint: Endpoint, message: Handle): void {
    this.#context.discard(message, 'refused')
  }
  opened(): void {
    this.#goOn()
  }
  /** Messages are lost or kept by the endpoint. */
  closed(endpoint: Endpoint): void {
    this.#goOn()
    connectionLost(this.#context, endpoint)
  }
  contents(): number {
    return 0
  }

  notes(): readonly string[] {
    const { trace } = this.#arrival
    const done = this.#count >= this.#plan.limit || (trace !== null && this.#rows >= trace.rows.length)
    return [...(done ? ['It has sent all it was to send.'] : []), ...(trace?.problems ?? [])]
  }

  /** What says the same again and again on one channel, at times that are drawn one by one. */
  readonly parking: Parkable = {
    weigh: bay => {
      const plain = this.#context.isUp() && this.#left === 0 && this.#plan.composed && this.#arrival.gap !== null && this.#arrival.trace === null && this.#compositions.every(composition => composition !== 0)
      if (!plain || onlyOutlet(bay, this.#outlets) === null) bay.refuse(this)
    },
    park: bay => {
      if (!bay.fits(this)) return
      const context = this.#context
      const record = bay.at(this, L.PRODUCER_CELLS)
      const outlet = this.#outlets[0]!
      const { ledger, source } = bay.node(context)
      const lane = wayOut(bay, context, outlet)
      const draw = bay.draw(this.#arrival.gap!)
      const { length } = this.#compositions
      const compositions = length <= L.PRODUCER_OWN_KEYS ? record + L.PRODUCER_OWN_LIST : bay.block(this, 'compositions', length)
      const { f, i } = bay.memory
      this.#compositions.forEach((composition, n) => (i[compositions * 2 + n] = composition))
      const at = record * 2
      i[at] = L.KIND_PRODUCER
      i[at + L.PRODUCER_LEDGER] = ledger
      i[at + L.PRODUCER_SOURCE] = source
      i[at + L.PRODUCER_DRAW] = draw
      i[at + L.PRODUCER_ALARM] = this.#alarm
      i[at + L.PRODUCER_BATCH] = this.#plan.batchSize
      i[at + L.PRODUCER_KEYS] = this.#compositions.length
      i[at + L.PRODUCER_COMPOSITIONS] = compositions
      i[at + L.PRODUCER_LANE] = lane
      i[at + L.PRODUCER_BITS] = outlet.bits!
      bay.house(context, this.#sent, record + L.F_PRODUCER_SENT)
      f[record + L.F_PRODUCER_COUNT] = this.#count
      f[record + L.F_PRODUCER_LIMIT] = this.#plan.limit
      f[record + L.F_PRODUCER_ROWS] = this.#rows
      bay.aim(context, record)
    },
    unpark: bay => {
      if (!bay.fits(this)) return
      const record = bay.at(this, L.PRODUCER_CELLS)
      const before = this.#count
      this.#alarm = bay.memory.i[record * 2 + L.PRODUCER_ALARM]!
      this.#count = bay.memory.f[record + L.F_PRODUCER_COUNT]!
      this.#rows = bay.memory.f[record + L.F_PRODUCER_ROWS]!
      if (this.#plan.turns) this.#turn += this.#count - before
    },
  }

  /** Arrivals begin now. */
  #begin(): void {
    this.#arrival = arrivalsOf(this.#context, this.#context.config())
    this.#rows = 0
    this.#schedule()
  }

  #schedule(): void {
    if (this.#count >= this.#plan.limit) return
    const { gap, later } = this.#arrival
    if (gap !== null) this.#alarm = this.#context.afterDraw(gap, NEXT, 0, -1)
    else if (later !== null) {
      const delayNs = later.nextNs(this.#context.nowNs())
      if (delayNs !== Infinity) this.#alarm = this.#context.after(delayNs, NEXT, 0)
    }
  }

  #sendBatch(): void {
    const plan = this.#plan
    this.#rows += 1
    this.#left = plan.batchSize
    this.#sendLeft(plan)
  }

  /** As much of the batch as the outlets take; the rest waits until they are free, or is not made at all. */
  #sendLeft(plan: Plan): void {
    const row = this.#arrival.trace?.rows[this.#rows - 1] ?? null
    for (; this.#left > 0 && this.#count < plan.limit; this.#left -= 1) {
      if (!this.#mustWait(plan)) this.#send(plan, row)
      else if (plan.waits) return
      else this.#context.count(this.#skipped)
    }
    this.#left = 0
  }

  #goOn(): void {
    if (this.#left === 0 || !this.#context.isUp()) return
    this.#sendLeft(this.#plan)
    if (this.#left === 0) this.#schedule()
  }

  /** True while a send has to wait: of the outlet whose turn it is, or of any where each gets the message. */
  #mustWait(plan: Plan): boolean {
    const outlets = this.#outlets
    if (plan.turns) return outlets[(this.#turn + 1) % outlets.length]?.blocked === true
    for (const outlet of outlets) if (outlet.blocked === true) return true
    return false
  }

  /** `row` is what a trace says of the message, if there is one. */
  #send(plan: Plan, row: TraceRow | null): void {
    const outlets = this.#outlets
    if (outlets.length === 0) return
    this.#count += 1
    const own = row !== null && (row.key !== null || row.body !== null)
    const message = plan.composed && !own ? this.#context.publishComposed(this.#composition(plan), 0) : this.#context.publish(this.#draft(plan, row))
    if (plan.turns) {
      this.#turn += 1
      this.#hand(outlets[this.#turn % outlets.length]!, message)
      return
    }
    // Copies are made before the first leaves: afterwards the message is no longer here.
    const copies = outlets.length === 1 ? NONE : outlets.slice(1).map(() => this.#context.copy(message))
    this.#hand(outlets[0]!, message)
    for (let n = 1; n < outlets.length; n += 1) this.#hand(outlets[n]!, copies[n - 1]!)
  }

  #hand(outlet: Endpoint, message: Handle): void {
    if (outlet.send(message) === 'refused') {
      this.#context.count(this.#lost)
      this.#context.discard(message, 'connection lost')
    } else this.#context.count(this.#sent)
  }

  #replan(): void {
    this.#plan = planOf(this.#context.config())
    for (const composition of this.#compositions) if (composition !== 0) this.#context.dismiss(composition)
    this.#compositions = this.#plan.keys.map(() => 0)
  }

  /** Of the message that is sent now: the count has gone up for it. */
  #composition(plan: Plan): number {
    const turn = (this.#count - 1) % plan.keys.length
    const known = this.#compositions[turn]!
    if (known !== 0) return known
    const { body, type, headers, persistent } = plan
    const numbered = hasGaps(body) ? { numbered: { before: this.#count - 1, id: this.#context.label() } } : {}
    const made = this.#context.compose({ key: plan.keys[turn]!, body, type, headers, persistent, ...numbered })
    this.#compositions[turn] = made
    return made
  }

  /** Gaps of the config's texts are filled in; what a trace says is said as it stands. */
  #draft(plan: Plan, row: TraceRow | null): Draft {
    const context = this.#context
    const { type, headers, persistent } = plan
    const values = templateValues(context, this.#count)
    return { key: row?.key ?? fillTemplate(plan.keys[(this.#count - 1) % plan.keys.length]!, values), body: row?.body ?? fillTemplate(plan.body, values), type, headers, persistent }
  }
}

interface Plan {
  readonly batchSize: number
  readonly limit: number
  readonly turns: boolean
  /** Whether it stands still while an outlet is blocked. */
  readonly waits: boolean
  readonly keys: readonly string[]
  readonly body: string
  /** False when the key has gaps, or the body one of chance: then each message is filled in as it is made. */
  readonly composed: boolean
  readonly type: MessageType
  readonly headers: Headers
  readonly persistent: boolean
}

const NONE: readonly Handle[] = []

function planOf(config: Config): Plan {
  const key = String(config['key'])
  const body = String(config['body'])
  return {
    // A row of a trace is one message.
    batchSize: config['arrival'] === 'trace' ? 1 : Number(config['batchSize']),
    limit: typeof config['limit'] === 'number' ? config['limit'] : Infinity,
    turns: config['outlets'] === 'turns',
    waits: config['whenBlocked'] !== 'skip',
    keys: key.split('\n'),
    body,
    composed: !hasGaps(key) && fillsLate(body),
    type: config['messageType'] as MessageType, // a choice field: parsed
    headers: config['headers'] as Headers, // a record field: parsed
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.producer'], create: context => new Producer(context) }
