import type { Series, SeriesMetric } from '../app/app.ts'
import type { Topology } from '../topology/document.ts'
import { duration, percent, perSecond, short } from '../ui/format.ts'

export interface ChartSpec {
  readonly id: string
  readonly title: string
  readonly metrics: readonly SeriesMetric[]
  /** Turns stored values into what the axis shows. */
  readonly scale: number
  readonly text: (value: number) => string
  readonly empty: string
}

export interface ChartSeries {
  readonly key: string
  readonly label: string
  readonly values: readonly number[]
  /** Index of the colour `--message-n`. */
  readonly colour: number
}

const orDash = (text: (value: number) => string) => (value: number): string => (Number.isFinite(value) ? text(value) : '–')

export const CHARTS: readonly ChartSpec[] = [
  { id: 'throughput', title: 'Throughput', metrics: ['in'], scale: 1, text: orDash(perSecond), empty: 'No messages have moved yet.' },
  { id: 'depth', title: 'Queue depth', metrics: ['depth'], scale: 1, text: orDash(short), empty: 'There is no queue here.' },
  { id: 'latency', title: 'Latency', metrics: ['p50', 'p99'], scale: 1, text: orDash(duration), empty: 'Nothing has arrived yet.' },
  { id: 'utilization', title: 'Utilization', metrics: ['utilization'], scale: 1, text: orDash(percent), empty: 'Nobody works here.' },
]

/** More lines than this can't be told apart: the highest are shown. */
const LINES_MAX = 6

/** The lines of a chart: the nodes that have the metric, the highest first. */
export function seriesOf(spec: ChartSpec, topology: Topology, series: Series): readonly ChartSeries[] {
  const found: ChartSeries[] = []
  topology.nodes.forEach((node, index) => {
    for (const metric of spec.metrics) {
      const values = series.columns.get(`${node.id}/${metric}`)
      // An empty queue is worth a line at zero; a percentile of nothing is not.
      if (!values || !values.some(value => value > 0 || (value === 0 && metric === 'depth'))) continue
      found.push({ key: `${node.id}/${metric}`, label: spec.metrics.length > 1 ? `${node.label} ${metric}` : node.label, values, colour: index % 8 })
    }
  })
  const height = (one: ChartSeries): number => one.values.reduce((most, value) => (value > most ? value : most), 0)
  return found.sort((a, b) => height(b) - height(a)).slice(0, LINES_MAX)
}

/** The newest value there is: a percentile of a quiet moment is nothing, and the one before still stands. */
export function newest(values: readonly number[]): number {
  for (let n = values.length - 1; n >= 0; n -= 1) if (Number.isFinite(values[n])) return values[n]!
  return NaN
}
