import type { Draw } from '../kernel/draw.ts'
import type { Law } from '../kernel/law.ts'
import { JobKeeper, type JobSource, type Workplace } from './job-keeper.ts'

/** Signals of a job's alarms. */
const DONE = 1
const PAUSED = 2
/** A program's own signals are numbered from here. */
export const SIGNAL_FIRST = 3
const NS_A_MS = 1e6

/** What work in two steps needs of its node, besides what a keeper of jobs does. */
export interface Workshop<Source, Waiting> extends Workplace<Source, Waiting> {
  draw(purpose: string, law: Law): Draw
  random(purpose: string): { chance(share: number): boolean }
  after(delayNs: number, signal: number, job: number): number
  afterDraw(draw: Draw, signal: number, job: number, probe: number): number
  count(slot: number): void
  level(slot: number, value: number): void
  fact(fact: number, message: number): void
}

/** What a program says and counts of its work: facts and slots by number. */
export interface WorkTold {
  readonly facts: { readonly started: number; readonly finished: number; readonly failed: number }
  /** `finished`: where a program counts what went well apart from its results. */
  readonly slots: { readonly busy: number; readonly inbox: number; readonly service: number; readonly failed: number; readonly finished?: number }
}

/** How a program works, as its settings say. */
export interface WorkPlan {
  readonly service: Draw
  readonly concurrency: number
  readonly failureRate: number
  readonly acknowledgesFirst: boolean
  /** From the first step to the second. */
  readonly pauseNs: number
}

export function workPlanOf(place: { draw(purpose: string, law: Law): Draw }, config: Readonly<Record<string, unknown>>): WorkPlan {
  return {
    service: place.draw('service', config['serviceTime'] as Law), // a law field: parsed
    concurrency: Number(config['concurrency']),
    failureRate: Number(config['failureRate']),
    acknowledgesFirst: config['acknowledge'] === 'before',
    pauseNs: Math.round(Number(config['pause']) * NS_A_MS),
  }
}

/**
 * Work that ends in two steps: its result goes out, and what it was about is settled; or the other way round. A program that dies in the pause
 * between them has done one without the other.
 */
export class TwoStepWork<Source extends JobSource, Waiting> {
  readonly jobs: JobKeeper<Source, Waiting>
  readonly #place: Workshop<Source, Waiting>
  readonly #told: WorkTold
  readonly #result: (job: number) => void
  #plan: WorkPlan

  /** `result` sends what a job came to. */
  constructor(place: Workshop<Source, Waiting>, { waiting, told, plan, result }: { readonly waiting: Waiting; readonly told: WorkTold; readonly plan: WorkPlan; readonly result: (job: number) => void }) {
    this.jobs = new JobKeeper(place, waiting)
    this.#place = place
    this.#told = told
    this.#plan = plan
    this.#result = result
  }

  /** For what begins from now on. */
  set plan(plan: WorkPlan) {
    this.#plan = plan
    this.jobs.station.concurrency = plan.concurrency
    this.jobs.acknowledgesFirst = plan.acknowledgesFirst
  }

  /** Begins what can be begun: a program that waits for a send to go through doesn't take up the next. */
  begin(): void {
    const { jobs } = this
    const { station } = jobs
    const place = this.#place
    const { facts, slots } = this.#told
    for (let job = jobs.next(); job >= 0; job = jobs.next()) {
      place.fact(facts.started, station.message(job))
      station.setAlarm(job, place.afterDraw(this.#plan.service, DONE, job, slots.service))
    }
    this.tell()
  }

  tell(): void {
    const { working, waiting, concurrency } = this.jobs.station
    const { busy, inbox } = this.#told.slots
    this.#place.level(busy, working / concurrency)
    this.#place.level(inbox, waiting)
  }

  notes(): readonly string[] {
    const { working, waiting } = this.jobs.station
    return [`Working on ${working}, ${waiting} in the inbox`]
  }

  /** An alarm of a job: how it ended, if it has. */
  wake(signal: number, job: number): 'done' | 'failed' | 'pauses' {
    const { failureRate, pauseNs } = this.#plan
    const failed = signal === DONE && failureRate > 0 && this.#place.random('failure').chance(failureRate)
    if (signal === DONE && !failed) {
      this.#firstStep(job)
      if (pauseNs > 0) {
        this.jobs.station.setAlarm(job, this.#place.after(pauseNs, PAUSED, job))
        return 'pauses'
      }
    }
    if (failed) this.#fail(job)
    else this.#secondStep(job)
    this.jobs.finish(job)
    return failed ? 'failed' : 'done'
  }

  /** The work is done: its result goes out, or it is acknowledged. */
  #firstStep(job: number): void {
    const { facts, slots } = this.#told
    this.#place.fact(facts.finished, this.jobs.station.message(job))
    if (slots.finished !== undefined) this.#place.count(slots.finished)
    if (!this.jobs.settlesFirst(job)) this.#result(job)
  }

  #secondStep(job: number): void {
    if (this.jobs.station.isSettled(job)) this.#result(job)
    this.jobs.accept(job)
  }

  #fail(job: number): void {
    const { facts, slots } = this.#told
    this.#place.count(slots.failed)
    this.#place.fact(facts.failed, this.jobs.station.message(job))
    this.jobs.fail(job)
  }
}
