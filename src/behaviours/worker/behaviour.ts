import { FACT } from '../../contract/fact.ts'
import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import { correlationOf } from '../../messaging/correlation.ts'
import type { JobKeeper } from '../../messaging/job-keeper.ts'
import { fillTemplate, templateValues } from '../../messaging/template.ts'
import { SIGNAL_FIRST, TwoStepWork, workPlanOf, type WorkPlan } from '../../messaging/two-step-work.ts'
import type { Config } from '../../topology/document.ts'
import { Asking } from './asking.ts'

const ASK = SIGNAL_FIRST

const SLOTS = ['hits', 'busy', 'tasks', 'failed', 'lost', 'inbox', 'service', 'latency'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

/** Works on one task after the other, and sends a result only where it found something; the task is settled before or after that. */
class Worker implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #work: TwoStepWork<Endpoint, HeldState>
  readonly #jobs: JobKeeper<Endpoint, HeldState>
  readonly #asking: Asking
  #plan: Plan
  #count = 0
  /** It was told to stop: it begins nothing more. */
  #stopping = false

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#asking = new Asking(context, ASK)
    this.#slots = probeSlots(context, SLOTS)
    this.#plan = planOf(context)
    this.#work = new TwoStepWork(context, { waiting: WAITING, told: { facts: FACT, slots: { ...this.#slots, finished: this.#slots.tasks } }, plan: this.#plan, result: job => this.#tell(job) })
    this.#jobs = this.#work.jobs
  }

  start(): void {
    this.#count = 0
    this.#stopping = false
    this.reconfigured()
    this.endpointsChanged()
    this.#asking.start()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const { stopKey, finishesFirst } = this.#plan
    if (stopKey !== '' && this.#context.messages.key(message) === stopKey) {
      if (tag === 0) this.#context.process(message)
      else endpoint.settle(tag, 'accepted')
      this.#stopping = true
      if (!finishesFirst || this.#jobs.station.working === 0) this.#context.exit()
      return
    }
    this.#jobs.take(endpoint, message, tag)
    this.#begin()
  }

  wake(signal: number, job: number): void {
    if (signal === ASK) return this.#asking.due(this.#stopping ? 0 : this.#room())
    // Afterwards the task may be gone.
    const task = this.#jobs.station.message(job)
    const belongs = correlationOf(this.#context.messages.properties(task), this.#context.messages.headers(task))
    const how = this.#work.wake(signal, job)
    if (how === 'pauses') return
    this.#asking.ended(how, this.#stopping ? 0 : this.#room(), belongs)
    if (this.#stopping && this.#jobs.station.working === 0) this.#context.exit()
    this.#begin()
  }

  crash(): void {
    this.#jobs.crash()
    this.#asking.stop()
    this.#work.tell()
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context)
    this.#work.plan = this.#plan
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
    return this.#work.notes()
  }

  #begin(): void {
    if (this.#stopping) this.#work.tell()
    else this.#work.begin()
  }

  #tell(job: number): void {
    const task = this.#jobs.station.message(job)
    if (this.#found(task)) this.#sendResult(task)
  }

  #found(task: Handle): boolean {
    const { finds, hitRate, target } = this.#plan
    if (finds === 'range') return spans(this.#context.messages.body(task), target)
    return finds === 'every' || this.#context.random('hits').chance(hitRate)
  }

  /** Goes out on every line but those that tasks are asked for on. */
  #sendResult(task: Handle): void {
    const context = this.#context
    const { messages } = context
    const { key, body, persistent, target } = this.#plan
    context.count(this.#slots.hits)
    context.recordAge(this.#slots.latency, task)
    const outlets = this.#jobs.outlets.filter(outlet => !this.#asking.owns(outlet))
    if (outlets.length === 0) return
    this.#count += 1
    const values = templateValues(context, this.#count)
    const result = context.publish({ key: fillTemplate(key, values) || messages.key(task), body: fillTemplate(body.replaceAll('{target}', String(target)), values), type: 'document', persistent, ...correlationOf(messages.properties(task), messages.headers(task)), cause: task })
    // Copies are made before the first leaves: afterwards the message is no longer here.
    const copies = outlets.slice(1).map(() => context.copy(result))
    outlets.forEach((outlet, n) => {
      const copy = n === 0 ? result : copies[n - 1]!
      if (outlet.send(copy) !== 'refused') return
      context.count(this.#slots.lost)
      context.discard(copy, 'connection lost')
    })
  }

  /** How many more tasks it has room for. */
  #room(): number {
    const { concurrency, waiting, working } = this.#jobs.station
    return Math.max(0, concurrency - working - waiting)
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

interface Plan extends WorkPlan {
  readonly finds: string
  readonly stopKey: string
  readonly finishesFirst: boolean
  readonly hitRate: number
  readonly target: number
  readonly key: string
  readonly body: string
  readonly persistent: boolean
}

function planOf(context: BehaviourContext): Plan {
  const config: Config = context.config()
  return {
    ...workPlanOf(context, config),
    finds: String(config['finds']),
    stopKey: String(config['stopKey']),
    finishesFirst: config['whenStopped'] === 'finishes',
    hitRate: Number(config['hitRate']),
    target: Number(config['target']),
    key: String(config['key']),
    body: String(config['body']),
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.worker'], create: context => new Worker(context) }
