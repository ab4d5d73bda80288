import type uPlot from 'uplot'
import type { ChartSeries, ChartSpec } from './chart-series.ts'

/** Seconds that the axis of time shows at least: before the run has gone anywhere there is no stretch to show. */
const SPAN_MIN_S = 1
/** Cursors of all charts move together. */
const SYNC = 'relayground'
/** Lines of one node are told apart by their dashes. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3]]
const EARLIER_DASH = [3, 3]
/** Areas under more lines than this only muddy each other. */
const FILLED_MAX = 3
/** The library’s name for it is a const enum of its types: nothing that could be imported. */
const LOGARITHMIC = 3 as unknown as uPlot.Scale.Distr.Logarithmic
/** A logarithmic axis shows no more than so many orders of magnitude below its top. */
const DECADES_MAX = 5

export interface PlotLook {
  readonly spec: ChartSpec
  readonly lines: readonly ChartSeries[]
  readonly log: boolean
  readonly compared: boolean
  readonly width: number
  readonly height: number
  readonly colour: (name: string) => string
  readonly onCursor: (index: number | null) => void
}

/** How a chart is drawn: the earlier run's lines below those of the present one, faint and dashed. */
export function plotOptions({ spec, lines, log, compared, width, height, colour, onCursor }: PlotLook): uPlot.Options {
  const axis = { stroke: colour('--text-muted'), grid: { stroke: colour('--border'), width: 1 }, ticks: { show: false }, font: '10px Inter Variable' }
  const isFilled = !log && new Set(lines.map(line => line.node)).size <= FILLED_MAX
  const strokeOf = (line: ChartSeries): string => colour(`--message-${line.colour}`)
  return {
    width,
    height,
    legend: { show: false },
    scales: { x: { time: false, range: stretchOf }, y: log ? { distr: LOGARITHMIC, range: (_, least, most) => logRange(least, most) } : { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
    padding: [null, 8, null, null],
    cursor: { sync: { key: SYNC }, points: { size: 5 }, drag: { x: false, y: false } },
    hooks: { setCursor: [self => onCursor(self.cursor.idx ?? null)] },
    axes: [
      { ...axis, size: 18, space: 60, values: (_, ticks) => ticks.map(tick => `${tick} s`) },
      { ...axis, grid: { ...axis.grid, filter: (_, splits) => (log ? splits.map(split => (isPower(split) ? split : null)) : splits) }, size: 46, space: 28, ...(spec.steps && !log ? { incrs: [...spec.steps] } : {}), values: (_, ticks) => ticks.map(tick => (tick === null ? '' : spec.text(tick))) },
    ],
    series: [
      {},
      ...(compared ? lines.map(line => ({ label: `${line.label}, before`, stroke: `${strokeOf(line)}88`, width: 1.25, dash: EARLIER_DASH, points: { show: false }, spanGaps: true })) : []),
      ...lines.map(line => ({ label: line.label, stroke: strokeOf(line), width: 1.5, dash: [...(DASHES[line.place] ?? [])], ...(!isFilled || line.place > 0 ? {} : { fill: `${strokeOf(line)}22` }), points: { show: isLonely, size: 4, fill: strokeOf(line) }, spanGaps: true })),
    ],
  }
}

/** One value makes no line: it is drawn as a point. */
function isLonely(self: uPlot, series: number): boolean {
  let count = 0
  for (const value of self.data[series]!) if (typeof value === 'number' && ++count > 1) return false
  return count === 1
}

/** From the first sample to the last, and never nothing. */
function stretchOf({ data: [times] }: uPlot): [number, number] {
  const from = times[0] ?? 0
  return [from, Math.max(times.at(-1) ?? 0, from + SPAN_MIN_S)]
}

/** The dashes of a line, as SVG writes them. */
export function dashOf(place: number): string {
  return (DASHES[place] ?? []).join(' ')
}

function isPower(value: number): boolean {
  return Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9
}

/** Whole orders of magnitude around what there is. */
export function logRange(least: number | null, most: number | null): [number, number] {
  if (most === null || !(most > 0)) return [0.1, 10]
  const top = 10 ** Math.ceil(Math.log10(most * 1.0001))
  const low = least !== null && least > 0 ? 10 ** Math.floor(Math.log10(least)) : top / 100
  return [Math.max(Math.min(low, top / 10), top / 10 ** DECADES_MAX), top]
}

/** What the plot can draw: gaps for what isn't a number, and on a logarithmic axis for what isn't above zero. */
export function drawable(values: readonly number[], log: boolean): (number | null)[] {
  return values.map(value => (Number.isFinite(value) && (!log || value > 0) ? value : null))
}
