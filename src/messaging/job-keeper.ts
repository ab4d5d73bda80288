import { WorkStation } from './work-station.ts'

/** Where a message came from, and where it is settled. */
export interface JobSource {
  settle(tag: number, outcome: 'accepted' | 'released' | 'rejected'): void
  finished?(tag: number): void
  /** False where nothing is acknowledged. */
  readonly acknowledges?: boolean
  readonly canSend: boolean
  /** True while a send has to wait. */
  readonly blocked?: boolean
}

/** What a keeper of jobs needs of the node it works at. */
export interface Workplace<Source, Waiting> {
  readonly messages: { retain(message: number): void; release(message: number): void }
  readonly endpoints: readonly Source[]
  isUp(): boolean
  cancel(alarm: number): void
  hold(message: number, state: Waiting): void
  process(message: number): void
  discard(message: number, reason: 'application crashed' | 'rejected'): void
}

/**
 * The jobs of a program that works on what it is given: an inbox in front of workers, and what becomes of each message. A message with tag 0 is a copy
 * of the program's own; any other stays with its sender until it is settled, and its record is kept readable as long. How long work takes, and what
 * comes of it, is the program's business.
 */
export class JobKeeper<Source extends JobSource, Waiting> {
  readonly station = new WorkStation<Source>()
  /** Acknowledges when the work is done and before its result goes out; a crash in between loses the result instead of doubling it. */
  acknowledgesFirst = false
  outlets: readonly Source[] = []
  /** Outlets that a send may have to wait for. */
  #gates: readonly Source[] = []
  readonly #place: Workplace<Source, Waiting>
  readonly #waiting: Waiting

  constructor(place: Workplace<Source, Waiting>, waiting: Waiting) {
    this.#place = place
    this.#waiting = waiting
  }

  /** Endpoints came or went. */
  connect(): void {
    this.outlets = this.#place.endpoints.filter(endpoint => endpoint.canSend)
    this.#gates = this.outlets.filter(endpoint => endpoint.blocked !== undefined)
  }

  take(source: Source, message: number, tag: number, settled = false): void {
    if (tag === 0) this.#place.hold(message, this.#waiting)
    else this.#place.messages.retain(message)
    this.station.add(source, message, tag, settled)
  }

  /** Begins the next job, or −1: a program that is down, or waits for a send to go through, begins none. */
  next(): number {
    return this.#place.isUp() && !this.#stands() ? this.station.begin() : -1
  }

  /** The work on a job is done. True when it is acknowledged now and its result is yet to be sent; nothing is acknowledged twice. */
  settlesFirst(job: number): boolean {
    const { station } = this
    if (!this.acknowledgesFirst || station.source(job).acknowledges === false) return false
    station.setSettled(job)
    station.source(job).settle(station.tag(job), 'accepted')
    return true
  }

  /** A job went well, and is settled unless it was before. */
  accept(job: number): void {
    const { station } = this
    const message = station.message(job)
    if (station.tag(job) === 0) return this.#place.process(message)
    if (!station.isSettled(job)) station.source(job).settle(station.tag(job), 'accepted')
    this.#place.messages.release(message)
  }

  /** A job failed: its message is given back, or lost where nothing is acknowledged. */
  fail(job: number): void {
    const { station } = this
    const message = station.message(job)
    if (station.tag(job) === 0) return this.#place.discard(message, 'rejected')
    station.source(job).settle(station.tag(job), 'released')
    this.#place.messages.release(message)
  }

  /** A job that was accepted or failed leaves its place free. */
  finish(job: number): void {
    const source = this.station.source(job)
    const tag = this.station.tag(job)
    this.station.finish(job)
    source.finished?.(tag)
  }

  /** A source is gone: what it had sent and nobody had begun is its again, unless it was acknowledged. */
  withdraw(source: Source): void {
    const { station } = this
    station.withdraw(source, job => {
      const goes = station.tag(job) !== 0 && !station.isSettled(job)
      if (goes) this.#giveUp(job)
      return goes
    })
  }

  /** The program died. */
  crash(): void {
    this.station.clear(job => {
      this.#place.cancel(this.station.alarm(job))
      this.#giveUp(job)
    })
  }

  #giveUp(job: number): void {
    const message = this.station.message(job)
    if (this.station.tag(job) === 0) this.#place.discard(message, 'application crashed')
    else this.#place.messages.release(message)
  }

  #stands(): boolean {
    for (const gate of this.#gates) if (gate.blocked === true) return true
    return false
  }
}
