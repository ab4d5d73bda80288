import { valuesAt } from '../app/earlier-runs.ts'
import type { EarlierRun, Series, SeriesMetric } from '../app/figures.ts'
import type { NodeId, Topology } from '../topology/document.ts'
import { duration, percent, perSecond, short } from '../ui/format.ts'

export interface ChartSpec {
  readonly id: string
  readonly title: string
  readonly metric: SeriesMetric
  /** What is drawn of a node that is looked at alone; its metric where there is nothing more to tell. */
  readonly alone: readonly SeriesMetric[]
  readonly text: (value: number) => string
  readonly empty: string
  /** How far lines of the grid may be apart, for what comes in whole numbers of something; other axes find their own. */
  readonly steps?: readonly number[]
  /** Shares have no orders of magnitude. */
  readonly log: boolean
}

export interface ChartSeries {
  readonly key: string
  readonly node: NodeId
  readonly label: string
  readonly values: readonly number[]
  /** Index of the colour `--message-n`. */
  readonly colour: number
  /** Of several lines of one node, which: lines of one colour differ in their dashes. */
  readonly place: number
}

export type Percentile = 'p50' | 'p95' | 'p99'
export const PERCENTILES: readonly Percentile[] = ['p50', 'p95', 'p99']

const decades = (exponents: readonly number[]): readonly number[] => exponents.flatMap(exponent => [1, 2, 5].map(step => Number(`${step}e${exponent}`)))
/** No queue holds half a message. */
const WHOLE = decades([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
const PERCENTS = [...decades([-2, -1]), 1, 2, 5]

const orDash = (text: (value: number) => string) => (value: number): string => (Number.isFinite(value) ? text(value) : '–')

/** The charts; of latencies one percentile of everybody, and all of them of one node. */
export function chartsFor(percentile: Percentile): readonly ChartSpec[] {
  return [
    { id: 'throughput', title: 'Throughput', metric: 'in', alone: ['in'], text: orDash(perSecond), empty: 'No messages have moved yet.', log: true },
    { id: 'depth', title: 'Queue depth', metric: 'depth', alone: ['depth'], text: orDash(short), empty: 'There is no queue here.', steps: WHOLE, log: true },
    { id: 'latency', title: `Latency ${percentile}`, metric: percentile, alone: PERCENTILES, text: orDash(duration), empty: 'Nothing has arrived yet.', log: true },
    { id: 'utilization', title: 'Utilization', metric: 'utilization', alone: ['utilization'], text: orDash(percent), empty: 'Nobody works here.', steps: PERCENTS, log: false },
  ]
}

/** More lines than this can't be told apart: the highest are shown. */
const LINES_MAX = 6
const COLOURS = 8

/** The nodes that have the chart's metric, with its values: the highest, in the order of the topology, so that no entry of a legend moves under the pointer. */
export function seriesOf(spec: ChartSpec, topology: Topology, series: Pick<Series, 'columns'>): readonly ChartSeries[] {
  const found: ChartSeries[] = []
  topology.nodes.forEach(({ id, label }, index) => {
    const values = series.columns.get(`${id}/${spec.metric}`)
    // An empty queue is worth a line at zero; a percentile of nothing is not.
    if (!values || !values.some(value => value > 0 || (value === 0 && spec.metric === 'depth'))) return
    found.push({ key: `${id}/${spec.metric}`, node: id, label, values, colour: index % COLOURS, place: 0 })
  })
  const height = (one: ChartSeries): number => one.values.reduce((most, value) => (value > most ? value : most), 0)
  const drawn = new Set(found.toSorted((a, b) => height(b) - height(a)).slice(0, LINES_MAX))
  return toldApart(found.filter(one => drawn.has(one)))
}

/** A node has the same colour in every chart, unless another line of this one has it already. */
function toldApart(lines: readonly ChartSeries[]): readonly ChartSeries[] {
  const taken = new Set<number>()
  return lines.map(line => {
    let { colour } = line
    while (taken.has(colour)) colour = (colour + 1) % COLOURS
    taken.add(colour)
    return { ...line, colour }
  })
}

/** The lines that are drawn: of all nodes, or all there is to tell of one. */
export function linesOf(spec: ChartSpec, all: readonly ChartSeries[], series: Pick<Series, 'columns'>, alone: NodeId | null): readonly ChartSeries[] {
  const one = all.find(line => line.node === alone)
  if (!one) return all
  return spec.alone.map((metric, place) => ({ ...one, key: `${one.node}/${metric}`, label: spec.alone.length > 1 ? `${one.label} ${metric}` : one.label, values: series.columns.get(`${one.node}/${metric}`) ?? [], place }))
}

export interface Plotted {
  readonly timeNs: readonly number[]
  readonly now: readonly (readonly number[])[]
  /** Of each line the same of the earlier run, at the same times; empty when nothing is compared. */
  readonly before: readonly (readonly number[])[]
}

/** What goes into the plot. Until the present run shows something, the earlier one is shown over its own time. */
export function plotted(lines: readonly ChartSeries[], timeNs: readonly number[], earlier: EarlierRun | undefined): Plotted {
  const now = lines.map(line => line.values)
  if (!earlier) return { timeNs, now, before: [] }
  if (timeNs.length < 2) return { timeNs: earlier.timeNs, now: lines.map(() => earlier.timeNs.map(() => NaN)), before: lines.map(line => earlier.columns.get(line.key) ?? earlier.timeNs.map(() => NaN)) }
  return { timeNs, now, before: lines.map(line => valuesAt(earlier, line.key, timeNs)) }
}

/** What stands for all lines: the highest of them, be it the deepest queue or who is slowest. NaN while none has a value. */
export function highest(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most || !Number.isFinite(most) ? value : most), NaN)
}

/** The newest value there is: a percentile of a quiet moment is nothing, and the one before still stands. */
export function newest(values: readonly number[]): number {
  for (let n = values.length - 1; n >= 0; n -= 1) if (Number.isFinite(values[n])) return values[n]!
  return NaN
}
