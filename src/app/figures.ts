import type { FiguresLayout } from '../contract/figures.ts'
import type { LedgerFigures } from '../contract/ledger.ts'
import type { ChannelId, NodeId } from '../topology/document.ts'
import type { LogFigures } from './log-figures.ts'

/** Live figures outside React: typed arrays, versioned. Only what is mounted and near subscribes. */
export interface FiguresFeed {
  /** Called after each pull (about 10 Hz of wall time while running, and once after each step or input). */
  subscribe(listener: () => void): () => void
  /** Grows by one at each pull. */
  version(): number
  /** The head of the newest frame; valid until the next pull. Indices: contract/figures. */
  head(): Float64Array
  layout(): FiguresLayout
  ledger(): LedgerFigures
  nowNs(): number
  /** Numbers derived by comparing frames over the last second or so of simulated time. */
  node(id: NodeId): NodeFigures | undefined
  channel(id: ChannelId): ChannelFigures | undefined
  /** Nodes whose queue grows and grows, or runs over; cheap, whatever the size of the topology. */
  growing(): readonly NodeId[]
  /** Samples kept for charts and sparklines, oldest first; one a pull, about 300. */
  series(): Series
  /** Series of runs before this one, of the same topology, the newest first. */
  earlier(): readonly EarlierRun[]
}
export interface NodeFigures {
  readonly state: 'up' | 'down' | 'absent'
  readonly sinceNs: number
  readonly ledger: LedgerFigures
  readonly tubeCount: number
  readonly tube: readonly number[]
  readonly probes: Readonly<Record<string, ProbeFigures>>
  /** Per simulated second, lately: copies that came in + were published here; copies processed, sent or handed out here. */
  readonly inRate: number
  readonly outRate: number
  /** True when a queue has been growing for the whole window and nothing points to an end. */
  readonly growing: boolean
  /** Copies that died here lately because there was no room, per simulated second. */
  readonly overflowRate: number
  readonly log?: LogFigures
}
export type ProbeFigures =
  | { readonly kind: 'counter'; readonly total: number; readonly rate: number }
  | { readonly kind: 'level'; readonly now: number; readonly mean: number; readonly highest: number; /** Mean of the last two simulated seconds or so. */ readonly lately: number }
  | { readonly kind: 'duration'; readonly count: number; readonly meanNs: number; readonly p50Ns: number; readonly p95Ns: number; readonly p99Ns: number; readonly lateP50Ns: number; readonly lateP95Ns: number; readonly lateP99Ns: number }
export interface ChannelFigures {
  readonly state: 'open' | 'cut' | 'closed'
  readonly sinceNs: number
  /** Messages per simulated second, lately, both ways together. */
  readonly rate: number
  readonly inFlight: number
  readonly total: number
  /** Messages that were lost here, and packets that the network lost and the stream sent again. */
  readonly lost: number
  readonly resent: number
}
/** Columns of equal length. NaN where there is no value. Reset when the run is reset. */
export interface Series {
  readonly version: number
  readonly timeNs: readonly number[]
  /** Headline rate (or depth) per node, for sparklines; utilization; latency percentiles. Keys: `${nodeId}/${metric}`. */
  readonly columns: ReadonlyMap<string, readonly number[]>
}
/** A run that is over: its columns over all of its time, as in `Series`, with fewer samples the longer it was. */
export interface EarlierRun {
  /** Counts the runs of this topology since the page was opened. */
  readonly number: number
  readonly seed: number
  readonly timeNs: readonly number[]
  readonly columns: ReadonlyMap<string, readonly number[]>
}
export type SeriesMetric = 'in' | 'out' | 'depth' | 'p50' | 'p95' | 'p99' | 'utilization'
