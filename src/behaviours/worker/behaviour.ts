import { WAITING } from '../../contract/ledger.ts'
import { FACT, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle } from '../../contract/model.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import { correlationOf } from '../../messaging/correlation.ts'
import { fillTemplate } from '../../messaging/template.ts'
import { WorkStation } from '../../messaging/work-station.ts'
import type { Config } from '../../topology/document.ts'

const SLOTS = ['hits', 'busy', 'tasks', 'failed', 'lost', 'inbox', 'service', 'latency'] as const
type Slots = Readonly<Record<(typeof SLOTS)[number], number>>

/** Works on one task after the other, and sends a result only where it found something; then the task is settled. */
class Worker implements Behaviour {
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

  /** A program that waits for a send to go through doesn't take up the next task. */
  #stands(): boolean {
    for (const gate of this.#gates) if (gate.blocked === true) return true
    return false
  }

  #succeed(job: number): void {
    const context = this.#context
    const station = this.#station
    const message = station.message(job)
    context.fact(FACT.finished, message)
    context.count(this.#slots.tasks)
    if (this.#found(message)) this.#sendResult(message)
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

  #found(task: Handle): boolean {
    const { finds, hitRate, target } = this.#plan
    if (finds === 'range') return spans(this.#context.messages.body(task), target)
    return finds === 'every' || this.#context.random('hits').chance(hitRate)
  }

  /** Goes out on every line. */
  #sendResult(task: Handle): void {
    const context = this.#context
    const { messages } = context
    const { key, body, persistent, target } = this.#plan
    context.count(this.#slots.hits)
    context.recordAge(this.#slots.latency, task)
    if (this.#outlets.length === 0) return
    this.#count += 1
    const values = { n: this.#count, id: context.label(), timeNs: context.nowNs(), random: () => context.random('template').integer(1000) }
    const result = context.publish({ key: fillTemplate(key, values) || messages.key(task), body: fillTemplate(body.replaceAll('{target}', String(target)), values), type: 'document', persistent, ...correlationOf(messages.properties(task), messages.headers(task)), cause: task })
    // Copies are made before the first leaves: afterwards the message is no longer here.
    const copies = this.#outlets.slice(1).map(() => context.copy(result))
    this.#outlets.forEach((outlet, n) => {
      const copy = n === 0 ? result : copies[n - 1]!
      if (outlet.send(copy) !== 'refused') return
      context.count(this.#slots.lost)
      context.discard(copy, 'connection lost')
    })
  }

  #levels(): void {
    const { working, waiting, concurrency } = this.#station
    this.#context.level(this.#slots.busy, working / concurrency)
    this.#context.level(this.#slots.inbox, waiting)
  }
}

/** Whether a task is a range of numbers, {"from":1,"to":10}, with this one in it. */
function spans(body: string, target: number): boolean {
  try {
    const task: unknown = JSON.parse(body)
    if (typeof task !== 'object' || task === null || !('from' in task) || !('to' in task)) return false
    return typeof task.from === 'number' && typeof task.to === 'number' && task.from <= target && target <= task.to
  } catch {
    return false
  }
}

interface Plan {
  readonly service: Draw
  readonly concurrency: number
  readonly failureRate: number
  readonly finds: string
  readonly hitRate: number
  readonly target: number
  readonly key: string
  readonly body: string
  readonly persistent: boolean
}

function planOf(context: BehaviourContext): Plan {
  const config: Config = context.config()
  return {
    service: context.draw('service', config['serviceTime'] as unknown as Law), // a law field: parsed
    concurrency: Number(config['concurrency']),
    failureRate: Number(config['failureRate']),
    finds: String(config['finds']),
    hitRate: Number(config['hitRate']),
    target: Number(config['target']),
    key: String(config['key']),
    body: String(config['body']),
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.worker'], create: context => new Worker(context) }
