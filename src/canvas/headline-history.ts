import { app } from '../app/current.ts'

/** Four seconds at ten samples a second. */
export const HISTORY_SAMPLES = 40

/** The newest headline figures of the nodes that are drawn, for their sparklines: applications have no other series of their own. */
class HeadlineHistory {
  readonly #watched = new Map<string, { readonly probe: string; readonly values: number[] }>()
  #stop: (() => void) | null = null
  #atNs = -1

  /** From now on this node's figure is kept; returns the way to stop. */
  watch(id: string, probe: string): () => void {
    if (this.#watched.get(id)?.probe !== probe) this.#watched.set(id, { probe, values: [] })
    this.#stop ??= app().figures.subscribe(() => this.#sample())
    return () => {
      this.#watched.delete(id)
      if (this.#watched.size > 0 || !this.#stop) return
      this.#stop()
      this.#stop = null
    }
  }

  values(id: string): readonly number[] {
    return this.#watched.get(id)?.values ?? NONE
  }

  #sample(): void {
    const { figures } = app()
    const nowNs = figures.nowNs()
    if (nowNs === this.#atNs) return
    const anew = nowNs < this.#atNs
    this.#atNs = nowNs
    for (const [id, { probe, values }] of this.#watched) {
      if (anew) values.length = 0
      const figure = figures.node(id)?.probes[probe]
      values.push(figure?.kind === 'counter' ? figure.rate : figure?.kind === 'level' ? figure.now : 0)
      if (values.length > HISTORY_SAMPLES) values.shift()
    }
  }
}

export const headlineHistory = new HeadlineHistory()
const NONE: readonly number[] = []
