/** Below this many spent places, copying the rest of the inbox isn't worth it. */
const SPENT_MAX = 64

/**
 * An inbox in front of workers: jobs start in order of arrival, at most `concurrency` at once. Plain data; who uses it decides what a
 * job is and how long it takes.
 */
export class WorkStation<Job> {
  concurrency = 1
  #inbox: Job[] = []
  /** Index of the first job still waiting: shifting a long array costs as much as the array is long. */
  #head = 0
  readonly #busy = new Map<number, Job>()
  #number = 0

  get waiting(): number {
    return this.#inbox.length - this.#head
  }

  get working(): number {
    return this.#busy.size
  }

  add(job: Job): void {
    this.#inbox.push(job)
  }

  /** Starts the next job when a worker is free; its number names it until `finish`. */
  begin(): { readonly number: number; readonly job: Job } | null {
    if (this.#busy.size >= this.concurrency) return null
    if (this.#head === this.#inbox.length) return null
    const job = this.#inbox[this.#head]!
    this.#head += 1
    if (this.#head >= SPENT_MAX && this.#head * 2 >= this.#inbox.length) this.#keep(this.#inbox.slice(this.#head))
    this.#number += 1
    this.#busy.set(this.#number, job)
    return { number: this.#number, job }
  }

  /** The job of this number, still in work; undefined when it was forgotten in between. */
  job(number: number): Job | undefined {
    return this.#busy.get(number)
  }

  /** The job of this number, done; undefined when it was forgotten in between. */
  finish(number: number): Job | undefined {
    const job = this.#busy.get(number)
    this.#busy.delete(number)
    return job
  }

  /** Takes out waiting jobs. */
  withdraw(which: (job: Job) => boolean): Job[] {
    const waiting = this.#inbox.slice(this.#head)
    const out = waiting.filter(which)
    if (out.length > 0) this.#keep(waiting.filter(job => !which(job)))
    return out
  }

  /** Empties everything; numbers go on, so that a late wake-up finds nothing. */
  clear(): Job[] {
    const all = this.jobs()
    this.#busy.clear()
    this.#keep([])
    return all
  }

  /** Jobs in work first, then the inbox. */
  jobs(): Job[] {
    return [...this.#busy.values(), ...this.#inbox.slice(this.#head)]
  }

  #keep(waiting: Job[]): void {
    this.#inbox = waiting
    this.#head = 0
  }
}
