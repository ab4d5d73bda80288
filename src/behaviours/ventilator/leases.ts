import type { Alarm } from '../../contract/context.ts'
import type { BehaviourContext, Endpoint } from '../../contract/model.ts'

/** A part of a job, as a range of numbers. */
export interface Task {
  readonly job: number
  readonly part: number
  readonly parts: number
  readonly from: number
  readonly to: number
}

interface Lease {
  readonly task: Task
  alarm: Alarm
}

/** Tasks that are with somebody until they are done or their time is over, those that have to be done again, and who has asked for one. */
export class Leases {
  readonly #context: BehaviourContext
  readonly #signal: number
  readonly #out = new Map<number, Lease>()
  readonly #again: Task[] = []
  /** How many tasks each has room for, in the order they asked. */
  readonly #free = new Map<Endpoint, number>()
  #number = 0

  /** `signal` is that of a lease's end, which the program hands on to `expire`. */
  constructor(context: BehaviourContext, signal: number) {
    this.#context = context
    this.#signal = signal
  }

  get out(): number {
    return this.#out.size
  }
  get hasAgain(): boolean {
    return this.#again.length > 0
  }
  get hasFree(): boolean {
    return this.#free.size > 0
  }

  /** Somebody has room for so many tasks: it stands in line, or keeps its place. */
  asked(endpoint: Endpoint, room: number): void {
    if (room > 0) this.#free.set(endpoint, room)
    else this.#free.delete(endpoint)
  }

  /** The next in line. With room for more it goes to the end of the line. */
  takeFree(): Endpoint {
    const [endpoint, room] = this.#free.entries().next().value!
    this.#free.delete(endpoint)
    this.asked(endpoint, room - 1)
    return endpoint
  }

  takeAgain(): Task {
    return this.#again.shift()!
  }
  again(task: Task): void {
    this.#again.push(task)
  }

  /** The task is with somebody for so long. */
  lend(task: Task, leaseNs: number): void {
    this.#number += 1
    this.#out.set(this.#number, { task, alarm: leaseNs === Infinity ? 0 : this.#context.after(leaseNs, this.#signal, this.#number) })
  }

  /** Somebody has done with it, one way or the other: null when it was done before. */
  ended(job: number, part: number): Task | null {
    for (const [number, { task, alarm }] of this.#out) {
      if (task.job !== job || task.part !== part) continue
      if (alarm !== 0) this.#context.cancel(alarm)
      this.#out.delete(number)
      return task
    }
    // Its time was over, and nobody has begun it again.
    const place = this.#again.findIndex(task => task.job === job && task.part === part)
    return place < 0 ? null : this.#again.splice(place, 1)[0]!
  }

  /** Its time is over: it has to be done again. */
  expire(number: number): void {
    const lease = this.#out.get(number)
    if (!lease) return
    this.#out.delete(number)
    this.again(lease.task)
  }

  /** Whoever is gone asks for nothing. */
  forget(endpoint: Endpoint): void {
    this.#free.delete(endpoint)
  }

  clear(): void {
    for (const { alarm } of this.#out.values()) if (alarm !== 0) this.#context.cancel(alarm)
    this.#out.clear()
    this.#again.length = 0
    this.#free.clear()
  }
}
