import type { FactRow, FactTerm, LogPage, LogQuery } from '../worker/api.ts'

/** Rows while the newest are followed: more than a pane shows. */
const FOLLOWED_MAX = 400
/** All that the trace has. */
const ALL = Infinity

/**
 * The rows of an event log: the newest, which change up to ten times a second while the run runs, or, once somebody goes back in it, all that the trace
 * had at that moment, standing still. Filtered by the simulation; one question at a time. Counts its changes.
 */
export class LogFeed {
  readonly #ask: (query: LogQuery) => Promise<LogPage>
  readonly #listeners = new Set<() => void>()
  #version = 0
  #filter: readonly FactTerm[] = []
  #rows: readonly FactRow[] = []
  #run = -1
  /** Facts before this number are in the rows, or don't fit. */
  #seen = 0
  #page: Pick<LogPage, 'count' | 'oldest'> = { count: 0, oldest: 0 }
  #following = true
  #asking = false
  #again = false
  /** Grows when the rows begin anew: an answer to what was asked before is of no use. */
  #turn = 0

  constructor(ask: (query: LogQuery) => Promise<LogPage>) {
    this.#ask = ask
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  version(): number {
    return this.#version
  }

  /** Oldest first. */
  rows(): readonly FactRow[] {
    return this.#rows
  }
  /** Whether the newest are followed. */
  get following(): boolean {
    return this.#following
  }
  /** Facts were stated since the log stands still. */
  get newer(): boolean {
    return !this.#following && this.#page.count > this.#seen
  }
  /** Facts that are not kept any more. */
  get forgotten(): number {
    return this.#page.oldest
  }
  /** How many are kept. */
  get kept(): number {
    return this.#page.count - this.#page.oldest
  }

  setFilter(filter: readonly FactTerm[]): void {
    this.#filter = filter
    this.#begin()
    this.#following = true
    void this.pull()
  }

  /** Stands still with all that is kept now; or goes along with the newest. */
  async follow(on: boolean): Promise<void> {
    if (on === this.#following) return
    this.#following = on
    this.#turn += 1
    const turn = this.#turn
    if (on) {
      this.#begin()
      return this.pull()
    }
    this.#changed()
    const page = await this.#ask({ filter: this.#filter, from: 0, before: this.#seen, limit: ALL })
    if (turn !== this.#turn || page.run !== this.#run) return
    this.#rows = page.rows
    this.#page = page
    this.#changed()
  }

  /** Asks what is new. */
  async pull(): Promise<void> {
    if (this.#asking) {
      this.#again = true
      return
    }
    this.#asking = true
    do {
      this.#again = false
      const turn = this.#turn
      const page = await this.#ask({ filter: this.#filter, from: this.#seen, before: Infinity, limit: this.#following ? FOLLOWED_MAX : 0 })
      if (turn === this.#turn) this.#take(page)
      else this.#again = true
    } while (this.#again)
    this.#asking = false
  }

  #take(page: LogPage): void {
    if (page.run !== this.#run || page.count < this.#seen) {
      // Another run: its facts are counted from the beginning.
      const fresh = this.#seen === 0
      this.#run = page.run
      this.#following = true
      if (!fresh) {
        this.#begin()
        this.#again = true
        return
      }
    }
    const same = page.count === this.#page.count && page.oldest === this.#page.oldest && page.rows.length === 0
    this.#page = page
    if (this.#following) {
      this.#rows = page.rows.length === 0 ? this.#rows : [...this.#rows, ...page.rows].slice(-FOLLOWED_MAX)
      this.#seen = page.count
    }
    if (!same) this.#changed()
  }

  #begin(): void {
    this.#turn += 1
    this.#rows = []
    this.#seen = 0
    this.#changed()
  }

  #changed(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
