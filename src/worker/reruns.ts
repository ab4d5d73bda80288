import type { Catalogue } from '../contract/manifest.ts'
import type { ModelCatalogue } from '../contract/model.ts'
import type { History, Sequence, SequenceAsk } from '../contract/sequence.ts'
import type { RerunApi } from './api.ts'
import { Rerun } from './rerun.ts'

/** A rerun for each who asks: two that look at different stretches do not chase each other. */
export class Reruns implements RerunApi {
  readonly #catalogue: Catalogue
  readonly #models: ModelCatalogue
  readonly #reruns = new Map<string, Rerun>()
  #history: History | null = null

  constructor(catalogue: Catalogue, models: ModelCatalogue) {
    this.#catalogue = catalogue
    this.#models = models
  }

  tell(history: History): void {
    this.#history = history
  }

  record(who: string, nowNs: number, ask: SequenceAsk): Promise<Sequence | null> {
    if (this.#history === null) return Promise.resolve(null)
    let rerun = this.#reruns.get(who)
    if (!rerun) this.#reruns.set(who, (rerun = new Rerun(this.#catalogue, this.#models)))
    return rerun.record({ ...this.#history, nowNs }, ask)
  }

  progress(who: string): number {
    return this.#reruns.get(who)?.progress ?? 0
  }

  end(who: string): void {
    this.#reruns.delete(who)
  }
}
