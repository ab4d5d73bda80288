/**
 * An inbox in front of workers: jobs start in order of arrival, at most `concurrency` at once. Plain data; who uses it decides what a
 * job is and how long it takes.
 */
export class WorkStation<Job> {
  concurrency = 1
  #inbox: Job[] = []
  readonly #busy = new Map<number, Job>()
  #number = 0

  get waiting(): number {
    return this.#inbox.length
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
    const job = this.#inbox.shift()
    if (job === undefined) return null
    this.#number += 1
    this.#busy.set(this.#number, job)
    return { number: this.#number, job }
  }

  /** The job of this number, done; undefined when it was forgotten in between. */
  finish(number: number): Job | undefined {
    const job = this.#busy.get(number)
    this.#busy.delete(number)
    return job
  }

  /** Takes out waiting jobs. */
  withdraw(which: (job: Job) => boolean): Job[] {
    const out = this.#inbox.filter(which)
    if (out.length > 0) this.#inbox = this.#inbox.filter(job => !which(job))
    return out
  }

  /** Empties everything; numbers go on, so that a late wake-up finds nothing. */
  clear(): Job[] {
    const all = [...this.#busy.values(), ...this.#inbox]
    this.#busy.clear()
    this.#inbox = []
    return all
  }

  /** Jobs in work first, then the inbox. */
  jobs(): Job[] {
    return [...this.#busy.values(), ...this.#inbox]
  }
}
