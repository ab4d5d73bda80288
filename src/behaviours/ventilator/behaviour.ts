import type { Alarm } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import { fillTemplate, templateValues } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'
import { Leases, type Task } from './leases.ts'

const START = 1
const LEASE_OVER = 2
const NS_A_MS = 1e6

const SLOTS = ['sent', 'left', 'jobs', 'lost', 'leased', 'done', 'expired', 'late', 'handingOut'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

/** Cuts a job, a range of numbers, into tasks and hands them out: as fast as its lines take them, or to who asks, for a time. */
class Ventilator implements Behaviour {
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #leases: Leases
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
    this.#slots = probeSlots(context, SLOTS)
    this.#plan = planOf(context.config())
    this.#leases = new Leases(context, LEASE_OVER)
  }

  start(): void {
    this.#plan = planOf(this.#context.config())
    this.#tasks = 0
    this.#turn = 0
    this.#outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
    if (this.#plan.byItself) this.#alarm = this.#context.after(this.#plan.startAfterNs, START, 0)
  }

  wake(signal: number, lease: number): void {
    if (signal === LEASE_OVER) {
      this.#leases.expire(lease)
      this.#context.count(this.#slots.expired)
      return this.#goOn()
    }
    this.#alarm = 0
    if (this.#context.isUp()) this.#beginJob()
  }

  crash(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
    this.#next = this.#end + 1
    this.#waitingJobs = 0
    this.#leases.clear()
    this.#levels()
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
  closed(endpoint: Endpoint): void {
    this.#leases.forget(endpoint)
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
    const said = this.#plan.onDemand && this.#heard(endpoint, message)
    if (tag === 0 && said) this.#context.process(message)
    else if (tag === 0) this.#context.discard(message, 'refused')
    else endpoint.settle(tag, said ? 'accepted' : 'rejected')
    if (said) this.#goOn()
  }
  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    const { out } = this.#leases
    return [...(out > 0 ? [`${out} tasks are with somebody`] : []), ...(this.#next <= this.#end ? [`Job ${this.#job}: ${this.#part} of ${this.#parts} tasks handed out`] : []), ...(this.#waitingJobs > 0 ? [`${this.#waitingJobs} more jobs wait`] : [])]
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

  /** A worker is free, and has done or failed a task: which it was its headers say. False for anything else. */
  #heard(endpoint: Endpoint, message: Handle): boolean {
    const { messages } = this.#context
    const key = messages.key(message)
    const { room, part } = messages.headers(message) ?? {}
    if (!['ready', 'done', 'failed'].includes(key) || typeof room !== 'number') return false
    this.#leases.asked(endpoint, room)
    if (key === 'ready' || typeof part !== 'number') return true
    const id = String(messages.properties(message)?.['correlationId'])
    const job = Number(id.slice(id.lastIndexOf(':') + 1))
    const task = this.#leases.ended(job, part)
    if (!task) this.#context.count(this.#slots.late)
    else if (key === 'done') this.#context.count(this.#slots.done)
    else this.#leases.again(task)
    return true
  }

  #goOn(): void {
    if (!this.#context.isUp()) return
    if (this.#plan.onDemand) this.#handOutOnDemand()
    else this.#handOutAtOnce()
    this.#levels()
  }

  #handOutOnDemand(): void {
    const leases = this.#leases
    while (leases.hasFree && (leases.hasAgain || this.#next <= this.#end)) {
      const line = leases.takeFree()
      const again = leases.hasAgain
      const task = again ? leases.takeAgain() : this.#nextTask()
      if (this.#give(task, line)) leases.lend(task, this.#plan.leaseNs)
      else leases.again(task)
      if (!again) this.#perhapsTheLast()
    }
  }

  #handOutAtOnce(): void {
    while (this.#next <= this.#end && this.#outlets.length > 0 && this.#outlets[(this.#turn + 1) % this.#outlets.length]!.blocked !== true) {
      const task = this.#nextTask()
      this.#turn += 1
      if (!this.#give(task, this.#outlets[this.#turn % this.#outlets.length]!)) this.#context.count(this.#slots.lost)
      this.#perhapsTheLast()
    }
  }

  #nextTask(): Task {
    const from = this.#next
    const to = Math.min(this.#end, from + this.#size - 1)
    this.#part += 1
    this.#next = to + 1
    return { job: this.#job, part: this.#part, parts: this.#parts, from, to }
  }

  /** All tasks of a job are handed out: the next one begins, if one waits. */
  #perhapsTheLast(): void {
    if (this.#next <= this.#end) return
    this.#context.record(this.#slots.handingOut, this.#context.nowNs() - this.#begunNs)
    if (this.#waitingJobs === 0) return
    this.#waitingJobs -= 1
    this.#beginJob()
  }

  /** False when the line takes nothing. */
  #give({ job, part, parts, from, to }: Task, line: Endpoint): boolean {
    const context = this.#context
    const { key, body, persistent } = this.#plan
    this.#tasks += 1
    const values = templateValues(context, this.#tasks)
    const filled = (text: string): string => fillTemplate(text.replaceAll('{from}', String(from)).replaceAll('{to}', String(to)), values)
    const message = context.publish({ key: filled(key), body: filled(body), type: 'command', persistent, headers: { part, parts }, properties: { correlationId: `${context.id}:${job}` } })
    if (line.send(message) === 'refused') {
      context.discard(message, 'connection lost')
      return false
    }
    context.count(this.#slots.sent)
    return true
  }

  #levels(): void {
    this.#context.level(this.#slots.left, this.#next <= this.#end ? this.#parts - this.#part : 0)
    this.#context.level(this.#slots.leased, this.#leases.out)
  }
}

interface Plan {
  readonly byItself: boolean
  readonly onDemand: boolean
  readonly leaseNs: number
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
    onDemand: config['handsOut'] === 'asked',
    leaseNs: typeof config['lease'] === 'number' ? Math.round(config['lease'] * NS_A_MS) : Infinity,
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
