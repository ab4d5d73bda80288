import type { Alarm, Behaviour, BehaviourContext, BehaviourModule, Endpoint, Handle } from '../../contract/model.ts'
import { fillTemplate } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'

const START = 1
const NS_A_MS = 1e6

const SLOTS = ['sent', 'left', 'jobs', 'lost', 'handingOut'] as const
type Slots = Readonly<Record<(typeof SLOTS)[number], number>>

/** Cuts a job, a range of numbers, into tasks and hands them out as fast as its lines take them. */
class Ventilator implements Behaviour {
  readonly #context: BehaviourContext
  readonly #slots: Slots
  #plan: Plan
  #alarm: Alarm = 0
  /** Never starts anew, so jobs of before a crash have other ids. */
  #job = 0
  #tasks = 0
  /** First number of the next task; past `#end` when there is no job under way. */
  #next = 1
  #end = 0
  #part = 0
  #parts = 0
  #size = 1
  #begunNs = 0
  #waitingJobs = 0
  #turn = 0
  #outlets: readonly Endpoint[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = Object.fromEntries(SLOTS.map(id => [id, context.probe(id)])) as unknown as Slots // all of its keys
    this.#plan = planOf(context.config())
  }

  start(): void {
    this.#plan = planOf(this.#context.config())
    this.#tasks = 0
    this.#turn = 0
    this.#outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
    if (this.#plan.byItself) this.#alarm = this.#context.after(this.#plan.startAfterNs, START, 0)
  }

  wake(): void {
    this.#alarm = 0
    if (this.#context.isUp()) this.#beginJob()
  }

  crash(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#next = this.#end + 1
    this.#waitingJobs = 0
    this.#context.level(this.#slots.left, 0)
  }

  /** The next job is cut as the setting says by then. */
  reconfigured(): void {
    this.#plan = planOf(this.#context.config())
  }
  endpointsChanged(): void {
    this.#outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
    this.#goOn()
  }
  opened(): void {
    this.#goOn()
  }
  closed(): void {
    this.#goOn()
  }
  unblocked(): void {
    this.#goOn()
  }

  /** One more job, as the setting says. */
  sendByHand(): void {
    this.#beginJob()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    if (tag === 0) this.#context.discard(message, 'refused')
    else endpoint.settle(tag, 'rejected')
  }
  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    return [...(this.#next <= this.#end ? [`Job ${this.#job}: ${this.#part} of ${this.#parts} tasks handed out`] : []), ...(this.#waitingJobs > 0 ? [`${this.#waitingJobs} more jobs wait`] : [])]
  }

  #beginJob(): void {
    if (this.#next <= this.#end) {
      this.#waitingJobs += 1
      return
    }
    const { from, to, size } = this.#plan
    this.#job += 1
    this.#context.count(this.#slots.jobs)
    this.#next = from
    this.#end = to
    this.#size = size
    this.#part = 0
    this.#parts = Math.max(0, Math.ceil((to - from + 1) / size))
    this.#begunNs = this.#context.nowNs()
    this.#goOn()
  }

  #goOn(): void {
    const context = this.#context
    if (!context.isUp()) return
    while (this.#next <= this.#end && this.#outlets.length > 0 && this.#outlets[(this.#turn + 1) % this.#outlets.length]!.blocked !== true) {
      this.#handOut()
      if (this.#next <= this.#end) continue
      context.record(this.#slots.handingOut, context.nowNs() - this.#begunNs)
      if (this.#waitingJobs === 0) continue
      this.#waitingJobs -= 1
      this.#beginJob()
    }
    context.level(this.#slots.left, this.#next <= this.#end ? this.#parts - this.#part : 0)
  }

  #handOut(): void {
    const context = this.#context
    const { key, body, persistent } = this.#plan
    const last = Math.min(this.#end, this.#next + this.#size - 1)
    this.#tasks += 1
    this.#part += 1
    this.#turn += 1
    const values = { n: this.#tasks, id: context.label(), timeNs: context.nowNs(), random: () => context.random('template').integer(1000) }
    const filled = (text: string): string => fillTemplate(text.replaceAll('{from}', String(this.#next)).replaceAll('{to}', String(last)), values)
    const message = context.publish({ key: filled(key), body: filled(body), type: 'command', persistent, headers: { part: this.#part, parts: this.#parts }, properties: { correlationId: `${context.id}:${this.#job}` } })
    this.#next = last + 1
    if (this.#outlets[this.#turn % this.#outlets.length]!.send(message) === 'refused') {
      context.count(this.#slots.lost)
      context.discard(message, 'connection lost')
    } else context.count(this.#slots.sent)
  }
}

interface Plan {
  readonly byItself: boolean
  readonly startAfterNs: number
  readonly from: number
  readonly to: number
  readonly size: number
  readonly key: string
  readonly body: string
  readonly persistent: boolean
}

function planOf(config: Config): Plan {
  return {
    byItself: config['start'] === 'run',
    startAfterNs: Math.round(Number(config['startAfter']) * NS_A_MS),
    from: Number(config['from']),
    to: Number(config['to']),
    size: Number(config['taskSize']),
    key: String(config['key']),
    body: String(config['body']),
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.ventilator'], create: context => new Ventilator(context) }
