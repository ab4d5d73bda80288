import type { Memory } from '../kernel/memory.ts'
import { EVENT_COUNTER } from '../kernel/event-records.ts'
import * as L from '../machine/layout.ts'

const FIRST = 16

/** Where a station is parked while the machine works in its place: see contract/parking.ts. */
export interface StationBay {
  readonly memory: Memory
  block(part: object, name: string, cells: number): number
  onMore(record: number, more: () => void): void
}

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
  /** How many rows there are in the bay. */
  #parkedRows = 0

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

  /** Whether every job came from such a source by such a tag. */
  every(fits: (source: Source, tag: number, settled: boolean) => boolean): boolean {
    return this.jobs().every(job => fits(this.#sources[job]!, this.#tags[job]!, this.#settled[job] === 1))
  }

  /** Into the record of an application. `place` says where a source is parked, and what its tags count from. */
  park(bay: StationBay, record: number, place: (source: Source) => { readonly record: number; readonly base: number }): void {
    const rows = this.#messages.length
    const jobs = bay.block(this, 'jobs', rows * L.JOB_CELLS)
    const { f, i } = bay.memory
    f.fill(0, jobs, jobs + rows * L.JOB_CELLS)
    const at = record * 2
    for (const job of this.jobs()) {
      const row = jobs + job * L.JOB_CELLS
      const { record: from, base } = place(this.#sources[job]!)
      i[row * 2 + L.JOB_TAG] = this.#tags[job]! - base
      i[row * 2 + L.JOB_MESSAGE] = this.#messages[job]!
      i[row * 2 + L.JOB_SUBSCRIPTION] = from
      if (this.#started[job] !== 0) i[row * 2 + L.JOB_ALARM] = this.#alarms[job]!
    }
    const inbox = Array.from({ length: this.waiting }, (_, n) => this.#inbox[(this.#head + n) & (rows - 1)]!)
    link(i, jobs, inbox)
    link(i, jobs, Array.from({ length: this.#freeCount }, (_, n) => this.#free[this.#freeCount - 1 - n]!))
    i[at + L.APP_JOBS] = jobs
    i[at + L.APP_JOBS_ROOM] = rows
    i[at + L.APP_FREE] = this.#freeCount === 0 ? -1 : this.#free[this.#freeCount - 1]!
    i[at + L.APP_INBOX_HEAD] = inbox[0] ?? -1
    i[at + L.APP_INBOX_TAIL] = inbox.at(-1) ?? -1
    i[at + L.APP_CONCURRENCY] = this.concurrency
    i[at + L.APP_WORKING] = this.working
    i[at + L.APP_WAITING] = this.waiting
    f[record + L.F_APP_STARTS] = this.#starts
    this.#parkedRows = rows
    bay.onMore(record, () => this.#moreParked(bay, record))
  }

  /** Reads back; `source` says who is parked in a record, and what its tags count from. */
  unpark(bay: StationBay, record: number, source: (record: number) => { readonly source: Source; readonly base: number }): void {
    while (this.#messages.length < this.#parkedRows) this.#grow()
    const { f, i } = bay.memory
    const at = record * 2
    const jobs = i[at + L.APP_JOBS]!
    this.working = i[at + L.APP_WORKING]!
    this.waiting = i[at + L.APP_WAITING]!
    this.#starts = f[record + L.F_APP_STARTS]!
    const free = chain(i, jobs, i[at + L.APP_FREE]!)
    const inbox = chain(i, jobs, this.waiting === 0 ? -1 : i[at + L.APP_INBOX_HEAD]!)
    this.#started.fill(0)
    this.#sources.fill(null)
    this.#freeCount = 0
    for (const job of free.reverse()) this.#free[this.#freeCount++] = job
    this.#head = 0
    inbox.forEach((job, n) => (this.#inbox[n] = job))
    const rests = new Set([...free, ...inbox])
    const working = Array.from({ length: this.#parkedRows }, (_, job) => job).filter(job => !rests.has(job))
    for (const job of [...working, ...inbox]) {
      const row = (jobs + job * L.JOB_CELLS) * 2
      const from = source(i[row + L.JOB_SUBSCRIPTION]!)
      this.#sources[job] = from.source
      this.#messages[job] = i[row + L.JOB_MESSAGE]!
      this.#tags[job] = (i[row + L.JOB_TAG]! >>> 0) + from.base
      this.#settled[job] = 0
      this.#alarms[job] = i[row + L.JOB_ALARM]!
    }
    // Events of one source are numbered: who started later waits for one of a higher number.
    working.sort((a, b) => f[this.#alarms[a]! + EVENT_COUNTER]! - f[this.#alarms[b]! + EVENT_COUNTER]!)
    working.forEach((job, n) => (this.#started[job] = this.#starts - working.length + 1 + n))
  }

  /** Twice the rows in the bay: none is free there. */
  #moreParked(bay: StationBay, record: number): void {
    const rows = this.#parkedRows
    const jobs = bay.block(this, 'jobs', rows * 2 * L.JOB_CELLS)
    const { f, i } = bay.memory
    f.fill(0, jobs + rows * L.JOB_CELLS, jobs + rows * 2 * L.JOB_CELLS)
    link(i, jobs, Array.from({ length: rows }, (_, n) => rows + n))
    i[record * 2 + L.APP_JOBS] = jobs
    i[record * 2 + L.APP_FREE] = rows
    this.#parkedRows = rows * 2
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

/** Links rows into a chain; the last one ends it. */
function link(i: Int32Array, jobs: number, rows: readonly number[]): void {
  rows.forEach((row, n) => (i[(jobs + row * L.JOB_CELLS) * 2 + L.JOB_NEXT] = rows[n + 1] ?? -1))
}

function chain(i: Int32Array, jobs: number, first: number): number[] {
  const rows: number[] = []
  for (let row = first; row >= 0; row = i[(jobs + row * L.JOB_CELLS) * 2 + L.JOB_NEXT]!) rows.push(row)
  return rows
}
