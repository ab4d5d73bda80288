import type { FiguresFeed, NodeFigures, Series, SeriesMetric } from './app.ts'

const SAMPLES_MAX = 300

/** Samples of each node's main figures, one a pull: for sparklines and charts. */
export class SeriesKeeper {
  #version = 0
  #timeNs: number[] = []
  readonly #columns = new Map<string, number[]>()

  series(): Series {
    return { version: this.#version, timeNs: this.#timeNs, columns: this.#columns }
  }

  clear(): void {
    this.#timeNs = []
    this.#columns.clear()
    this.#version += 1
  }

  sample(feed: FiguresFeed, nowNs: number): void {
    if (this.#timeNs.at(-1) === nowNs) return
    this.#timeNs.push(nowNs)
    const drop = this.#timeNs.length > SAMPLES_MAX
    if (drop) this.#timeNs.shift()
    for (const { id } of feed.layout().nodes) {
      const figures = feed.node(id)
      if (!figures) continue
      this.#push(id, 'in', figures.inRate)
      this.#push(id, 'out', figures.outRate)
      this.#pushProbes(id, figures)
    }
    for (const column of this.#columns.values()) while (column.length > this.#timeNs.length) column.shift()
    this.#version += 1
  }

  #pushProbes(id: string, figures: NodeFigures): void {
    const { ready, busy, latency } = figures.probes
    if (ready?.kind === 'level') this.#push(id, 'depth', ready.now)
    if (busy?.kind === 'level') this.#push(id, 'utilization', busy.lately)
    if (latency?.kind !== 'duration') return
    this.#push(id, 'p50', latency.lateP50Ns)
    this.#push(id, 'p95', latency.lateP95Ns)
    this.#push(id, 'p99', latency.lateP99Ns)
  }

  #push(id: string, metric: SeriesMetric, value: number): void {
    const key = `${id}/${metric}`
    let column = this.#columns.get(key)
    if (!column) {
      // A node that came later has no values before.
      column = new Array<number>(Math.max(0, this.#timeNs.length - 1)).fill(NaN)
      this.#columns.set(key, column)
    }
    column.push(value)
  }
}
