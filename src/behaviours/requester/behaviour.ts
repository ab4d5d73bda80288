import type { Alarm } from '../../contract/context.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import type { Draft, Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import { OpenRequests } from '../../messaging/open-requests.ts'
import { fillTemplate, templateValues } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'
import { ARRIVAL_FIELDS, planOf, type Plan } from './plan.ts'

const ARRIVAL = 1
const THOUGHT = 2
const TIMEOUT = 3
const AGAIN = 4
/** Who was refused a request doesn't ask again in the same instant, even if it needs no time to think. */
const REFUSED_PAUSE_NS = 1e7

const SLOTS = ['requests', 'replies', 'errors', 'timeouts', 'late', 'lost', 'retries', 'outstanding', 'waiting', 'latency'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

/**
 * Asks, and waits for the replies: each request carries a number of its own and where its reply is to go. Either requests come by themselves, or
 * somebody asks, waits, thinks, and asks again. Without a reply in time it may send the same request again, under the same number. What is due and can't be asked yet (too many open, or a send has to wait) is only a count.
 */
class Requester implements Behaviour {
  /** What may be asked again, by the row of its request. */
  readonly #drafts = new Map<number, { readonly draft: Draft; asked: number }>()
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #open = new OpenRequests()
  readonly #prefix: string
  #plan: Plan
  /** Requests so far; never starts anew, so a reply to a request of before a crash is known to be late. */
  #count = 0
  #made = 0
  #due = 0
  /** Those that ask, wait and think in turn. */
  #askers = 0
  /** Wake-ups of askers of before a restart are void. */
  #life = 0
  #alarm: Alarm = 0
  #turn = 0
  #asking = false
  #outlets: readonly Endpoint[] = []
  #replyTo: string | null = null

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = probeSlots(context, SLOTS)
    this.#prefix = `${context.id}:`
    this.#plan = planOf(context, context.config())
  }

  start(): void {
    this.#made = 0
    this.#plan = planOf(this.#context, this.#context.config())
    this.#connect()
    this.#begin()
  }

  wake(signal: number, datum: number): void {
    if (signal === TIMEOUT) return this.#timedOut(datum)
    if (signal === AGAIN) return this.#askAgain(datum)
    if (!this.#context.isUp()) return
    if (signal === ARRIVAL) {
      this.#alarm = 0
      if (this.#outlets.length > 0) this.#due += 1
      this.#schedule()
    } else if (datum === this.#life) this.#due += 1
    else return
    this.#go()
  }

  crash(): void {
    const context = this.#context
    this.#open.clear(row => context.cancel(this.#open.alarm(row)))
    this.#drafts.clear()
    this.#stop()
    this.#levels()
  }

  reconfigured(before: Config): void {
    const context = this.#context
    const config = context.config()
    this.#plan = planOf(context, config)
    this.#connect()
    if (!context.isUp()) return
    const same = ARRIVAL_FIELDS.every(field => JSON.stringify(before[field]) === JSON.stringify(config[field]))
    if (!same) {
      this.#stop()
      this.#begin()
    }
    this.#moreAskers()
    this.#go()
  }

  endpointsChanged(): void {
    this.#connect()
    this.#go()
  }
  opened(): void {
    this.#go()
  }
  closed(endpoint: Endpoint): void {
    this.#go()
    connectionLost(this.#context, endpoint)
  }
  unblocked(): void {
    this.#go()
  }

  sendByHand(template: Config): void {
    if (this.#outlets.length > 0) this.#ask({ ...planOf(this.#context, { ...this.#context.config(), ...template }), limit: Infinity }, true)
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    const row = this.#requestOf(message)
    if (row < 0) context.count(this.#slots.late)
    else {
      context.count(this.#slots.replies)
      context.record(this.#slots.latency, context.nowNs() - this.#open.sentNs(row))
    }
    if (tag === 0) context.process(message)
    else endpoint.settle(tag, 'accepted')
    if (row >= 0) this.#ended(row, 0)
  }

  /** Refused, broken, or answered with an error: nobody waits for a reply to that any more. */
  failed(_endpoint: Endpoint, message: Handle): boolean {
    this.#context.count(this.#slots.errors)
    const row = this.#requestOf(message)
    if (row >= 0 && !this.#willAskAgain(row)) this.#ended(row, REFUSED_PAUSE_NS)
    return false
  }

  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    return [`${this.#open.count} open`, ...(this.#due > 0 ? [`${this.#due} wait to be asked`] : []), ...this.#outlets.slice(0, 1).flatMap(outlet => this.#addressFor(outlet) ?? []).map(address => `Replies go to ${address}`)]
  }

  #connect(): void {
    const { endpoints, id } = this.#context
    this.#outlets = endpoints.filter(endpoint => endpoint.canSend)
    // Where requests and replies share a line, the reply finds its way back by itself, or the line has an address of its own.
    const inlet = endpoints.find(endpoint => endpoint.canReceive && !endpoint.canSend && !this.#outlets.some(outlet => outlet.canReceive && outlet.channel.type === endpoint.channel.type))
    const far = inlet?.channel.from === id ? 'to' : 'from'
    this.#replyTo = inlet ? (inlet.channel.nodeName(far) ?? inlet.channel[far]) : null
  }

  #begin(): void {
    if (this.#plan.closed) this.#moreAskers()
    else this.#schedule()
  }

  #stop(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#due = 0
    this.#askers = 0
    this.#life += 1
  }

  #schedule(): void {
    // What is due already may be all that is left to ask.
    if (this.#plan.gap !== null && this.#made + this.#due < this.#plan.limit) this.#alarm = this.#context.afterDraw(this.#plan.gap, ARRIVAL, 0, -1)
  }

  #moreAskers(): void {
    if (!this.#plan.closed) return
    for (; this.#askers < this.#plan.concurrency; this.#askers += 1) this.#think(0)
  }

  #think(leastNs: number): void {
    const ns = this.#plan.think.ns()
    this.#context.after(ns > leastNs ? ns : leastNs, THOUGHT, this.#life)
  }

  /** Asks what is due, as far as limit and outlets allow. */
  #go(): void {
    if (!this.#asking && this.#context.isUp()) {
      this.#asking = true
      const { concurrency, limit } = this.#plan
      while (this.#due > 0 && this.#made < limit && this.#open.count < concurrency && this.#outlets.length > 0 && this.#outlets[(this.#turn + 1) % this.#outlets.length]!.blocked !== true) {
        this.#due -= 1
        if (!this.#ask(this.#plan, false) && this.#plan.closed) this.#think(REFUSED_PAUSE_NS)
      }
      if (this.#made >= limit) this.#due = 0
      this.#asking = false
    }
    this.#levels()
  }

  #ask(plan: Plan, byHand: boolean): boolean {
    const context = this.#context
    this.#turn += 1
    this.#count += 1
    if (!byHand) this.#made += 1
    const { type, persistent } = plan
    const values = templateValues(context, this.#count)
    const draft: Draft = { key: fillTemplate(plan.key, values), body: fillTemplate(plan.body, values), type, persistent, properties: { correlationId: `${this.#prefix}${this.#count}` } }
    const row = this.#open.add(this.#count, context.nowNs())
    // Nobody thinks after the reply to what was sent by hand, or before the way of asking was changed.
    this.#open.setMark(row, byHand ? -1 : this.#life)
    if (!this.#send(draft)) {
      this.#open.end(row)
      return false
    }
    context.count(this.#slots.requests)
    if (plan.retries > 0) this.#drafts.set(row, { draft, asked: 1 })
    this.#waitFor(row, plan.timeoutNs)
    this.#levels()
    return true
  }

  /** On the line whose turn it is, with the address that its replies come back to. */
  #send(draft: Draft): boolean {
    const context = this.#context
    const outlet = this.#outlets[this.#turn % this.#outlets.length]
    const replyTo = outlet ? this.#addressFor(outlet) : null
    const message = context.publish(replyTo === null ? draft : { ...draft, properties: { ...draft.properties, replyTo } })
    if (outlet && outlet.send(message) !== 'refused') return true
    context.count(this.#slots.lost)
    context.discard(message, 'connection lost')
    return false
  }

  #addressFor(outlet: Endpoint): string | null {
    return this.#plan.replyTo !== '' ? this.#plan.replyTo : (outlet.returnAddress?.() ?? this.#replyTo)
  }

  #waitFor(row: number, timeoutNs: number): void {
    if (timeoutNs !== Infinity) this.#open.setAlarm(row, this.#context.after(timeoutNs, TIMEOUT, row))
  }

  #timedOut(row: number): void {
    this.#open.setAlarm(row, 0)
    if (this.#willAskAgain(row)) return
    this.#context.count(this.#slots.timeouts)
    this.#ended(row, 0)
  }

  /** True when the request is sent again in a while, instead of being given up. */
  #willAskAgain(row: number): boolean {
    const kept = this.#drafts.get(row)
    if (!kept || kept.asked > this.#plan.retries) return false
    if (this.#open.alarm(row) !== 0) this.#context.cancel(this.#open.alarm(row))
    this.#open.setAlarm(row, this.#context.after(this.#plan.backOffNs(kept.asked), AGAIN, row))
    return true
  }

  /** The same request once more; what could not be sent has its timeout too. */
  #askAgain(row: number): void {
    const kept = this.#drafts.get(row)! // the alarm is cancelled with the request
    this.#open.setAlarm(row, 0)
    this.#turn += 1
    kept.asked += 1
    if (this.#send(kept.draft)) this.#context.count(this.#slots.retries)
    this.#waitFor(row, this.#plan.timeoutNs)
    this.#levels()
  }

  /** With a reply or without: the request is no longer open. Whoever asked it thinks, at least for so long, before the next. */
  #ended(row: number, leastNs: number): void {
    if (this.#open.alarm(row) !== 0) this.#context.cancel(this.#open.alarm(row))
    const asker = this.#open.mark(row) === this.#life
    this.#drafts.delete(row)
    this.#open.end(row)
    if (asker && this.#plan.closed && this.#context.isUp()) {
      if (this.#askers > this.#plan.concurrency) this.#askers -= 1
      else this.#think(leastNs)
    }
    this.#go()
  }

  /** The row of the open request that a message answers. One that names none is taken for an answer to the oldest. */
  #requestOf(message: Handle): number {
    const id = this.#context.messages.properties(message)?.['correlationId']
    if (id === undefined) return this.#open.oldest()
    if (typeof id !== 'string' || !id.startsWith(this.#prefix)) return -1
    const number = Number(id.slice(this.#prefix.length))
    return Number.isSafeInteger(number) && number > 0 ? this.#open.find(number) : -1
  }

  #levels(): void {
    this.#context.level(this.#slots.outstanding, this.#open.count)
    this.#context.level(this.#slots.waiting, this.#due)
  }
}

export const behaviour: BehaviourModule = { types: ['app.requester'], create: context => new Requester(context) }
