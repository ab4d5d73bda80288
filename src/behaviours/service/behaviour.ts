import { WAITING } from '../../contract/ledger.ts'
import { FACT, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle, type MessageType } from '../../contract/model.ts'
import type { Law } from '../../kernel/law.ts'
import { fillTemplate } from '../../messaging/template.ts'
import { WorkStation } from '../../messaging/work-station.ts'
import type { Config } from '../../topology/document.ts'

const DONE = 1
const PAUSED = 2
const NS_A_MS = 1e6

interface Job {
  readonly endpoint: Endpoint
  readonly message: Handle
  readonly tag: number
  /** Acknowledged with its result still to be sent. */
  settled: boolean
}

/** A stage: consumes, works, publishes a result on every channel that leaves it, and settles before or after that. */
class Service implements Behaviour {
  readonly #context: BehaviourContext
  readonly #station = new WorkStation<Job>()
  readonly #slots: { sent: number; busy: number; received: number; failed: number; lost: number; inbox: number; service: number; latency: number }
  #count = 0

  constructor(context: BehaviourContext) {
    this.#context = context
    const slot = (id: string): number => context.probe(id)
    this.#slots = { sent: slot('sent'), busy: slot('busy'), received: slot('received'), failed: slot('failed'), lost: slot('lost'), inbox: slot('inbox'), service: slot('service'), latency: slot('latency') }
  }

  start(): void {
    this.#count = 0
    this.reconfigured()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    this.#context.count(this.#slots.received)
    if (tag === 0) this.#context.hold(message, WAITING)
    else this.#context.messages.retain(message)
    this.#station.add({ endpoint, message, tag, settled: false })
    this.#begin()
  }

  wake(signal: number, number: number): void {
    const job = this.#station.job(number)
    if (!job) return
    const config = this.#context.config()
    const failed = signal === DONE && this.#context.random('failure').chance(Number(config['failureRate']))
    if (signal === DONE && !failed) {
      this.#firstStep(job, config)
      const pauseNs = Math.round(Number(config['pause']) * NS_A_MS)
      if (pauseNs > 0) return void this.#context.after(pauseNs, PAUSED, number)
    }
    this.#station.finish(number)
    if (failed) this.#fail(job)
    else this.#secondStep(job, config)
    this.#begin()
  }

  crash(): void {
    for (const job of this.#station.clear()) {
      if (job.tag === 0) this.#context.discard(job.message, 'application crashed')
      else this.#context.messages.release(job.message)
    }
    this.#levels()
  }

  reconfigured(): void {
    this.#station.concurrency = Number(this.#context.config()['concurrency'])
    this.#begin()
  }

  endpointsChanged(): void {
    // The next result goes to whatever is connected then.
  }
  opened(): void {
    // The endpoint subscribes by itself.
  }

  closed(endpoint: Endpoint): void {
    for (const job of this.#station.withdraw(one => one.endpoint === endpoint && one.tag !== 0)) this.#context.messages.release(job.message)
    this.#levels()
  }

  /** A result without a cause, as if work had just ended. */
  sendByHand(template: Config): void {
    this.#publish({ ...this.#context.config(), ...template }, 0)
  }

  contents(out: Handle[], from: number, limit: number): number {
    const jobs = this.#station.jobs()
    for (const job of jobs.slice(from, from + limit)) out.push(job.message)
    return jobs.length
  }

  notes(): readonly string[] {
    return [`Working on ${this.#station.working}, ${this.#station.waiting} in the inbox`]
  }

  #begin(): void {
    const context = this.#context
    for (let next = this.#station.begin(); next; next = this.#station.begin()) {
      const durationNs = context.random('service').sampleMs(context.config()['serviceTime'] as unknown as Law) // a law field: parsed
      context.record(this.#slots.service, durationNs)
      context.fact(FACT.started, next.job.message)
      context.after(durationNs, DONE, next.number)
    }
    this.#levels()
  }

  /** The work is done: the result goes out, or the task is acknowledged. What is left is the second step, after the pause. */
  #firstStep(job: Job, config: Config): void {
    this.#context.fact(FACT.finished, job.message)
    job.settled = config['acknowledge'] === 'before'
    if (job.settled) job.endpoint.settle(job.tag, 'accepted')
    else this.#sendResult(job, config)
  }

  #secondStep(job: Job, config: Config): void {
    const context = this.#context
    if (job.settled) this.#sendResult(job, config)
    if (job.tag === 0) return context.process(job.message)
    if (!job.settled) job.endpoint.settle(job.tag, 'accepted')
    context.messages.release(job.message)
  }

  #sendResult(job: Job, config: Config): void {
    this.#context.record(this.#slots.latency, this.#context.nowNs() - this.#context.messages.bornNs(job.message))
    this.#publish(config, job.message)
  }

  #fail(job: Job): void {
    const context = this.#context
    context.count(this.#slots.failed)
    context.fact(FACT.failed, job.message)
    if (job.tag === 0) return context.discard(job.message, 'rejected')
    job.endpoint.settle(job.tag, 'released')
    context.messages.release(job.message)
  }

  #publish(config: Config, cause: Handle): void {
    const context = this.#context
    const outlets = context.endpoints.filter(endpoint => endpoint.canSend)
    if (outlets.length === 0) return
    this.#count += 1
    const values = { n: this.#count, id: context.label(), timeNs: context.nowNs(), random: () => context.random('template').integer(1000) }
    const ownKey = fillTemplate(String(config['key']), values)
    const message = context.publish({
      key: ownKey !== '' || cause === 0 ? ownKey : context.messages.key(cause),
      body: fillTemplate(String(config['body']), values),
      type: config['messageType'] as MessageType, // a choice field: parsed
      persistent: config['persistent'] === true,
      reply: config['reply'] === true,
      ...(cause === 0 ? {} : { cause }),
    })
    const copies = outlets.map((_, index) => (index === 0 ? message : context.copy(message)))
    outlets.forEach((outlet, index) => {
      if (outlet.send(copies[index]!) === 'refused') {
        context.count(this.#slots.lost)
        context.discard(copies[index]!, 'connection lost')
      } else context.count(this.#slots.sent)
    })
  }

  #levels(): void {
    this.#context.level(this.#slots.busy, this.#station.working / this.#station.concurrency)
    this.#context.level(this.#slots.inbox, this.#station.waiting)
  }
}

export const behaviour: BehaviourModule = { types: ['app.service'], create: context => new Service(context) }
