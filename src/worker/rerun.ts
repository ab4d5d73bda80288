import type { Catalogue } from '../contract/manifest.ts'
import type { ModelCatalogue } from '../contract/model.ts'
import type { History, Sequence, SequenceAsk } from '../contract/sequence.ts'
import { Recorder } from '../engine/recorder.ts'
import { createRun, type Run } from '../engine/run.ts'
import { breathe } from './breathe.ts'

/** A synchronous stretch on the way to what is asked for; other questions are answered in between. */
const STRETCH_EVENTS = 50_000
/** Facts are read before so many events can have filled the trace. */
const RECORDED_EVENTS = 256

/**
 * The same run once more, beside the one that people watch: a run is a function of topology, seed and journal, so any stretch of it can be looked at, also
 * one that is over. It goes on from where it is when what is asked for comes later, and begins again when it comes before.
 */
export class Rerun {
  readonly #catalogue: Catalogue
  readonly #models: ModelCatalogue
  /** Which run it is, and how many of its inputs are known. */
  #of = -1
  #inputs = 0
  #run: Run | null = null
  #recorder: Recorder | null = null
  /** Counts questions: a newer one ends the work for the one before. */
  #asked = 0
  #goalNs = 0

  constructor(catalogue: Catalogue, models: ModelCatalogue) {
    this.#catalogue = catalogue
    this.#models = models
  }

  /** How much of the way to what was asked for is behind it, from 0 to 1. */
  get progress(): number {
    return this.#run === null || this.#goalNs === 0 ? 0 : Math.min(1, this.#run.nowNs / this.#goalNs)
  }

  /** A stretch that is over: up to the history's now, and not beyond. Null when something else was asked for meanwhile. */
  async record(history: History, ask: SequenceAsk): Promise<Sequence | null> {
    this.#asked += 1
    const mine = this.#asked
    const toNs = Math.max(0, Math.min(ask.toNs, history.nowNs))
    const fromNs = Math.max(0, Math.min(ask.fromNs, toNs))
    this.#goalNs = toNs
    this.#take(history, fromNs, ask.message)
    const run = this.#run!
    if (this.#recorder === null) {
      if (fromNs > 0 && !(await this.#advance(mine, fromNs - 1, STRETCH_EVENTS))) return null
      this.#recorder = new Recorder(run, ask.message)
      run.record(this.#recorder)
    }
    if (!(await this.#advance(mine, toNs, RECORDED_EVENTS))) return null
    return this.#recorder.told(fromNs, toNs)
  }

  /** Makes sure of a run that is on the way to the stretch: the one there is, without its recorder when that began too late, or a new one. */
  #take(history: History, fromNs: number, message: string | null): void {
    const run = this.#of === history.run ? this.#run : null
    // What has been put in since: nothing of it can be in the past of a run that went no further than the one that is watched.
    run?.foresee(history.journal.slice(this.#inputs))
    this.#of = history.run
    this.#inputs = history.journal.length
    if (run && this.#recorder?.message === message && this.#recorder.fromNs <= fromNs) return
    this.#recorder = null
    if (run && run.nowNs < fromNs) run.record(null)
    else this.#run = createRun({ topology: history.topology, catalogue: this.#catalogue, models: this.#models, journal: history.journal })
  }

  /** Goes on to a time; false when something else was asked for meanwhile. */
  async #advance(mine: number, untilNs: number, stretch: number): Promise<boolean> {
    const run = this.#run!
    let since = 0
    for (;;) {
      const reason = run.proceed(untilNs, stretch)
      this.#recorder?.readFacts()
      if (reason !== 'budget') break
      since += stretch
      if (since < STRETCH_EVENTS) continue
      since = 0
      await breathe()
      if (mine !== this.#asked) return false
    }
    return mine === this.#asked
  }
}
