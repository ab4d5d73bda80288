import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import { FACT, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle } from '../../contract/model.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import { correlationOf } from '../../messaging/correlation.ts'
import { JobKeeper } from '../../messaging/job-keeper.ts'
import { fillTemplate, templateValues } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'
import { Asking } from './asking.ts'

const DONE = 1
const PAUSED = 2
const ASK = 3
const NS_A_MS = 1e6

const SLOTS = ['hits', 'busy', 'tasks', 'failed', 'lost', 'inbox', 'service', 'latency'] as const
type Slots = Readonly<Record<(typeof SLOTS)[number], number>>

/** Works on one task after the other, and sends a result only where it found something; the task is settled before or after that. */
class Worker implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #jobs: JobKeeper<Endpoint, HeldState>
  readonly #asking: Asking
  #plan: Plan
  #count = 0
  /** It was told to stop: it begins nothing more. */
  #stopping = false

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#jobs = new JobKeeper(context, WAITING)
    this.#asking = new Asking(context, ASK)
    this.#slots = Object.fromEntries(SLOTS.map(id => [id, context.probe(id)])) as unknown as Slots // all of its keys
    this.#plan = planOf(context)
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
    const { failureRate, pauseNs } = this.#plan
    const failed = signal === DONE && failureRate > 0 && this.#context.random('failure').chance(failureRate)
    if (signal === DONE && !failed) {
      this.#firstStep(job)
      if (pauseNs > 0) return this.#jobs.station.setAlarm(job, this.#context.after(pauseNs, PAUSED, job))
    }
    const task = this.#jobs.station.message(job)
    const belongs = correlationOf(this.#context.messages.properties(task), this.#context.messages.headers(task))
    if (failed) this.#fail(job)
    else this.#secondStep(job)
    this.#jobs.finish(job)
    this.#asking.ended(failed ? 'failed' : 'done', this.#stopping ? 0 : this.#room(), belongs)
    if (this.#stopping && this.#jobs.station.working === 0) this.#context.exit()
    this.#begin()
  }

  crash(): void {
    this.#jobs.crash()
    this.#asking.stop()
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

  /** A program that waits for a send to go through doesn't take up the next task. */
  #begin(): void {
    const context = this.#context
    const { station } = this.#jobs
    for (let job = this.#stopping ? -1 : this.#jobs.next(); job >= 0; job = this.#jobs.next()) {
      context.fact(FACT.started, station.message(job))
      station.setAlarm(job, context.afterDraw(this.#plan.service, DONE, job, this.#slots.service))
    }
    this.#levels()
  }

  /** The work is done: what it found goes out, or the task is acknowledged. What is left is the second step, after the pause. */
  #firstStep(job: number): void {
    const message = this.#jobs.station.message(job)
    this.#context.fact(FACT.finished, message)
    this.#context.count(this.#slots.tasks)
    if (!this.#jobs.settlesFirst(job)) this.#tell(message)
  }

  #secondStep(job: number): void {
    if (this.#jobs.station.isSettled(job)) this.#tell(this.#jobs.station.message(job))
    this.#jobs.accept(job)
  }

  #fail(job: number): void {
    this.#context.count(this.#slots.failed)
    this.#context.fact(FACT.failed, this.#jobs.station.message(job))
    this.#jobs.fail(job)
  }

  #tell(task: Handle): void {
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

  #levels(): void {
    const { working, waiting, concurrency } = this.#jobs.station
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
  readonly acknowledgesFirst: boolean
  readonly pauseNs: number
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
    service: context.draw('service', config['serviceTime'] as unknown as Law), // a law field: parsed
    concurrency: Number(config['concurrency']),
    failureRate: Number(config['failureRate']),
    acknowledgesFirst: config['acknowledge'] === 'before',
    pauseNs: Math.round(Number(config['pause']) * NS_A_MS),
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
