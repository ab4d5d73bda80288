const FIRST = 16

/**
 * An inbox in front of workers: jobs start in order of arrival, at most `concurrency` at once. A job is a number that names its row in a few
 * columns until it ends; who uses the station decides how long a job takes. `Source` is where it came from, and where it is answered.
 */
export class WorkStation<Source extends object> {
  concurrency = 1
  working = 0
  waiting = 0
  #messages = new Int32Array(FIRST)
  #tags = new Float64Array(FIRST)
  /** 1 when the job was acknowledged before its work is done. */
  #settled = new Uint8Array(FIRST)
  /** The wake-up that ends the present step of a job in work. */
  #alarms = new Float64Array(FIRST)
  /** When it started, as a count; 0 while it waits. */
  #started = new Float64Array(FIRST)
  readonly #sources: (Source | null)[] = new Array<Source | null>(FIRST).fill(null)
  /** Free rows, a stack; and the inbox, a ring of rows. Both have room for every row. */
  #free = new Int32Array(FIRST)
  #freeCount = 0
  #inbox = new Int32Array(FIRST)
  #head = 0
  #starts = 0

  constructor() {
    for (let row = FIRST - 1; row >= 0; row -= 1) this.#free[this.#freeCount++] = row
  }

  add(source: Source, message: number, tag: number, settled: boolean): void {
    if (this.#freeCount === 0) this.#grow()
    this.#freeCount -= 1
    const job = this.#free[this.#freeCount]!
    this.#messages[job] = message
    this.#tags[job] = tag
    this.#settled[job] = settled ? 1 : 0
    this.#sources[job] = source
    this.#inbox[(this.#head + this.waiting) & (this.#inbox.length - 1)] = job
    this.waiting += 1
  }

  /** Starts the next job when a worker is free; −1 when there is none to start. */
  begin(): number {
    if (this.waiting === 0 || this.working >= this.concurrency) return -1
    const job = this.#inbox[this.#head]!
    this.#head = (this.#head + 1) & (this.#inbox.length - 1)
    this.waiting -= 1
    this.working += 1
    this.#starts += 1
    this.#started[job] = this.#starts
    return job
  }

  message(job: number): number {
    return this.#messages[job]!
  }
  tag(job: number): number {
    return this.#tags[job]!
  }
  source(job: number): Source {
    return this.#sources[job]!
  }
  isSettled(job: number): boolean {
    return this.#settled[job] === 1
  }
  setSettled(job: number): void {
    this.#settled[job] = 1
  }
  /** Whoever forgets a job in work cancels this. */
  alarm(job: number): number {
    return this.#alarms[job]!
  }
  setAlarm(job: number, alarm: number): void {
    this.#alarms[job] = alarm
  }

  /** A job in work is done: its row is free for the next, and keeps what it says until then. */
  finish(job: number): void {
    this.working -= 1
    this.#release(job)
  }

  /** Takes out waiting jobs of a source, in order; `withdraw` is told each and says whether it goes. */
  withdraw(source: Source, goes: (job: number) => boolean): void {
    const mask = this.#inbox.length - 1
    const count = this.waiting
    let kept = 0
    for (let n = 0; n < count; n += 1) {
      const job = this.#inbox[(this.#head + n) & mask]!
      if (this.#sources[job] === source && goes(job)) this.#release(job)
      else {
        this.#inbox[(this.#head + kept) & mask] = job
        kept += 1
      }
    }
    this.waiting = kept
  }

  /** Empties everything; `end` is told each job, those in work first. */
  clear(end: (job: number) => void): void {
    const all = this.jobs()
    this.working = 0
    this.waiting = 0
    for (const job of all) {
      end(job)
      this.#release(job)
    }
  }

  /** Jobs in work first, in the order they started, then the inbox. */
  jobs(): readonly number[] {
    const rows: number[] = []
    for (let row = 0; row < this.#started.length; row += 1) if (this.#started[row] !== 0) rows.push(row)
    rows.sort((a, b) => this.#started[a]! - this.#started[b]!)
    for (let n = 0; n < this.waiting; n += 1) rows.push(this.#inbox[(this.#head + n) & (this.#inbox.length - 1)]!)
    return rows
  }

  /** How many jobs are before a message's in the inbox; −1 while it is in work, null when it isn't here. */
  ahead(message: number): number | null {
    const place = this.jobs().findIndex(job => this.#messages[job] === message)
    return place < 0 ? null : Math.max(-1, place - this.working)
  }

  /** Messages of jobs from one place on, at most `limit`; returns how many there are in all. */
  contents(out: number[], from: number, limit: number): number {
    const count = this.working + this.waiting
    if (from >= count || limit <= 0) return count
    for (const job of this.jobs().slice(from, from + limit)) out.push(this.#messages[job]!)
    return count
  }

  #release(job: number): void {
    this.#started[job] = 0
    this.#sources[job] = null
    this.#free[this.#freeCount] = job
    this.#freeCount += 1
  }

  /** Only when every row is taken: waiting or in work. */
  #grow(): void {
    const size = this.#messages.length
    const inbox = new Int32Array(size * 2)
    for (let n = 0; n < this.waiting; n += 1) inbox[n] = this.#inbox[(this.#head + n) & (size - 1)]!
    this.#inbox = inbox
    this.#head = 0
    const messages = new Int32Array(size * 2)
    messages.set(this.#messages)
    this.#messages = messages
    const settled = new Uint8Array(size * 2)
    settled.set(this.#settled)
    this.#settled = settled
    this.#tags = twice(this.#tags)
    this.#alarms = twice(this.#alarms)
    this.#started = twice(this.#started)
    this.#free = new Int32Array(size * 2)
    for (let row = size * 2 - 1; row >= size; row -= 1) {
      this.#free[this.#freeCount++] = row
      this.#sources.push(null)
    }
  }
}

function twice(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(column.length * 2)
  bigger.set(column)
  return bigger
}
