import { useEffect, useRef, useState } from 'react'
import type uPlot from 'uplot'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { EarlierRun } from '../app/figures.ts'
import { useVersion } from '../ui/use-version.ts'
import { highest, linesOf, newest, plotted, seriesOf, type ChartSeries, type ChartSpec, type Plotted } from './chart-series.ts'
import { dashOf, drawable, plotOptions } from './plot-options.ts'

interface ChartProps {
  readonly spec: ChartSpec
  readonly log: boolean
  readonly earlier: EarlierRun | undefined
  /** Where the cursor of all charts is: the index of a sample. */
  readonly cursor: number | null
  readonly onCursor: (index: number | null) => void
}

/** One chart with its legend; clicking an entry isolates it, the cursor shows values at that time on all charts. */
export function Chart({ spec, log, earlier, cursor, onCursor }: ChartProps) {
  useVersion(app().figures)
  const theme = useStore(app().session, state => state.theme)
  const topology = useStore(app().document, state => state.topology)
  const [alone, setAlone] = useState<string | null>(null)
  const present = app().figures.series()
  // Before a run has begun, the lines are those of the one it is compared with.
  const source = earlier && present.timeNs.length < 2 ? earlier : present
  const all = seriesOf(spec, topology, source)
  const lines = linesOf(spec, all, source, alone)
  const data = plotted(lines, present.timeNs, earlier)
  const box = useRef<HTMLDivElement>(null)
  const missing = usePlot({ box, spec, lines, data, log: log && spec.log, look: theme, onCursor })
  const at = (values: readonly number[]): number => (cursor === null ? newest(values) : (values[cursor] ?? NaN))
  const value = (values: readonly number[]): string => spec.text(at(values))
  // Of one node that is all its percentiles: what the chart is named after.
  const named = lines.filter(line => line.key.endsWith(`/${spec.metric}`))
  const before = named.flatMap(line => (data.before[lines.indexOf(line)] ? [at(data.before[lines.indexOf(line)]!)] : []))
  return (
    <figure className="pn-chart" aria-label={spec.title}>
      <figcaption>
        <span>{spec.title}</span>
        <span className="pn-chart-value">{before.length > 0 ? `before ${spec.text(highest(before))}` : ''}</span>
        <strong title={named.length > 1 ? 'The highest of those below' : undefined}>{named.length > 0 ? spec.text(highest(named.map(line => at(line.values)))) : ''}</strong>
      </figcaption>
      <div ref={box} className="pn-plot" aria-hidden="true" />
      {all.length === 0 || missing ? <p className="pn-empty">{missing ? 'The code that draws charts could not be fetched. Reload the page when the network is back: nothing is lost.' : spec.empty}</p> : null}
      <ul className="pn-legend" aria-label={`${spec.title} lines`}>
        {all.map(one => (
          <li key={one.key}>
            <button type="button" aria-pressed={alone === one.node} onClick={() => setAlone(alone === one.node ? null : one.node)}>
              <i style={{ background: `var(--message-${one.colour})` }} />
              {one.label} {cursor === null ? '' : value(one.values)}
            </button>
            {alone === one.node && lines.length > 1 ? lines.map((line, place) => <Part key={line.key} name={spec.alone[place] ?? ''} place={place} colour={line.colour} value={value(line.values)} />) : null}
          </li>
        ))}
      </ul>
    </figure>
  )
}

/** One of several lines of a node, as it is drawn. */
function Part({ name, place, colour, value }: { readonly name: string; readonly place: number; readonly colour: number; readonly value: string }) {
  return (
    <span className="pn-legend-part">
      <svg viewBox="0 0 18 4" width="18" height="4" aria-hidden="true">
        <path d="M0 2H18" stroke={`var(--message-${colour})`} strokeWidth="2" strokeDasharray={dashOf(place)} />
      </svg>
      {name} {value}
    </span>
  )
}

interface PlotProps {
  readonly box: React.RefObject<HTMLDivElement | null>
  readonly spec: ChartSpec
  readonly lines: readonly ChartSeries[]
  readonly data: Plotted
  readonly log: boolean
  /** Changes when colours do. */
  readonly look: string
  readonly onCursor: (index: number | null) => void
}

/** Loads the chart library when the first chart has something to draw; makes a new plot when its lines change, else only new data. Whether the library could not be fetched. */
function usePlot({ box, spec, lines, data, log, look, onCursor }: PlotProps): boolean {
  const plot = useRef<uPlot | null>(null)
  const [library, setLibrary] = useState<typeof uPlot | null>(null)
  const [missing, setMissing] = useState(false)
  const keys = lines.map(one => `${one.key} ${one.colour}`).join()
  const compared = data.before.length > 0
  const empty = lines.length === 0
  useEffect(() => {
    if (empty) return
    let current = true
    void Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(
      ([module]) => current && setLibrary(() => module.default),
      () => current && setMissing(true),
    )
    return () => {
      current = false
    }
  }, [empty])
  useEffect(() => {
    const element = box.current
    if (!library || !element || empty) return
    const colour = (name: string): string => getComputedStyle(element).getPropertyValue(name).trim()
    const columns = lines.length * (compared ? 2 : 1)
    const made = new library(plotOptions({ spec, lines, log, compared, width: element.clientWidth, height: element.clientHeight, onCursor, colour }), [[], ...Array.from({ length: columns }, () => [])], element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
    // oxlint-disable-next-line react/exhaustive-deps -- lines are compared by their keys; their values go in below
  }, [library, keys, look, spec, log, compared])
  useEffect(() => {
    plot.current?.setData([data.timeNs.map(ns => ns / 1e9), ...[...data.before, ...data.now].map(values => drawable(values, log))] as uPlot.AlignedData)
  })
  return missing
}
