import * as F from '../contract/figures.ts'
import { EarlierRuns, type RunIdentity } from './earlier-runs.ts'
import type { EarlierRun, Series, SeriesMetric } from './figures.ts'
import type { RateWindow } from './rate-window.ts'

const SAMPLES_MAX = 300
/** Who begins at once to work is busy all of the first millisecond: that share is told of a second at least, as rates are. */
const WORK_SPAN_NS = 1e9
/** Old samples go in bundles: moving thousands of columns by one place with every sample would be most of the work. */
const BUNDLE = 30

/** One figure of one node over time, and how it is read from a frame. */
interface Column {
  readonly values: number[]
  readonly read: (frame: Float64Array, window: RateWindow) => number
}

/** Samples of each node's main figures, one a pull: for sparklines and charts. */
export class SeriesKeeper {
  #version = 0
  #timeNs: number[] = []
  #columns = new Map<string, Column>()
  #values = new Map<string, readonly number[]>()
  readonly #runs = new EarlierRuns()

  series(): Series {
    return { version: this.#version, timeNs: this.#timeNs, columns: this.#values }
  }

  /** Runs before the present one, of the same topology: the newest first. */
  earlier(): readonly EarlierRun[] {
    return this.#runs.earlier()
  }

  /** Samples begin anew; with a run that begins, what is left of the one before is kept. */
  clear(begins?: RunIdentity): void {
    if (begins) this.#runs.begin(begins)
    this.#timeNs.length = 0
    for (const { values } of this.#columns.values()) values.length = 0
    this.#version += 1
  }

  /** Parts came or went: what stayed keeps its samples, what is new has none before. */
  relayout(layout: F.FiguresLayout): void {
    const before = this.#columns
    this.#columns = new Map()
    const keep = (id: string, metric: SeriesMetric, read: Column['read']): void => {
      const key = `${id}/${metric}`
      this.#columns.set(key, { values: before.get(key)?.values ?? new Array<number>(this.#timeNs.length).fill(NaN), read })
    }
    for (const node of layout.nodes) {
      const ledger = node.offset + F.NODE_LEDGER
      keep(node.id, 'in', (_frame, window) => window.rate(ledger) + window.rate(ledger + 2))
      keep(node.id, 'out', (_frame, window) => window.rate(ledger + 3) + window.rate(ledger + 7) + window.rate(ledger + 9))
      for (const { id, kind, offset } of node.probes) {
        if (id === 'ready' && kind === 'level') keep(node.id, 'depth', frame => frame[offset + F.LEVEL_NOW]!)
        if (id === 'busy' && kind === 'level') keep(node.id, 'utilization', (_frame, window) => window.levelMean(offset) * Math.min(1, window.spanNs() / WORK_SPAN_NS))
        if (id !== 'latency' || kind !== 'duration') continue
        keep(node.id, 'p50', frame => frame[offset + F.DURATION_LATE_P50]!)
        keep(node.id, 'p95', frame => frame[offset + F.DURATION_LATE_P95]!)
        keep(node.id, 'p99', frame => frame[offset + F.DURATION_LATE_P99]!)
      }
    }
    this.#values = new Map([...this.#columns].map(([key, { values }]) => [key, values]))
    this.#version += 1
  }

  sample(frame: Float64Array, window: RateWindow): void {
    const nowNs = frame[F.HEAD_NOW_NS]!
    if (this.#timeNs.at(-1) === nowNs) return
    const full = this.#timeNs.length >= SAMPLES_MAX + BUNDLE
    if (full) this.#timeNs.splice(0, BUNDLE)
    this.#timeNs.push(nowNs)
    for (const { values, read } of this.#columns.values()) {
      if (full) values.splice(0, BUNDLE)
      values.push(read(frame, window))
    }
    this.#runs.sample(nowNs, this.#values)
    this.#version += 1
  }
}
