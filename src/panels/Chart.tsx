import { useEffect, useRef, useState } from 'react'
import type uPlot from 'uplot'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { clock } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { newest, seriesOf, type ChartSeries, type ChartSpec } from './chart-series.ts'

const HEIGHT = 112
/** Cursors of all charts move together. */
const SYNC = 'relayground'

/** One chart with its legend; clicking an entry isolates it, the cursor shows values at that time on all charts. */
export function Chart({ spec }: { readonly spec: ChartSpec }) {
  useVersion(app().figures)
  const theme = useStore(app().session, state => state.theme)
  const topology = useStore(app().document, state => state.topology)
  const [alone, setAlone] = useState<string | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const data = app().figures.series()
  const all = seriesOf(spec, topology, data)
  const shown = all.some(one => one.key === alone) ? all.filter(one => one.key === alone) : all
  const box = useRef<HTMLDivElement>(null)
  usePlot({ box, spec, shown, timeNs: data.timeNs, look: theme, onCursor: setCursor })
  const value = (one: ChartSeries): string => spec.text(cursor === null ? newest(one.values) : (one.values[cursor] ?? NaN))
  return (
    <figure className="pn-chart">
      <figcaption>
        <span>{spec.title}</span>
        <strong>{shown[0] ? value(shown[0]) : ''}</strong>
      </figcaption>
      <div ref={box} className="pn-plot" aria-hidden="true" />
      {all.length === 0 ? <p className="pn-empty">{spec.empty}</p> : null}
      <ul className="pn-legend" aria-label={`${spec.title} lines`}>
        {all.map(one => (
          <li key={one.key}>
            <button type="button" aria-pressed={alone === one.key} onClick={() => setAlone(alone === one.key ? null : one.key)}>
              <i style={{ background: `var(--message-${one.colour})` }} />
              {one.label} {cursor === null ? '' : value(one)}
            </button>
          </li>
        ))}
      </ul>
      <span className="ui-hidden">{cursor === null ? '' : clock(data.timeNs[cursor] ?? 0)}</span>
    </figure>
  )
}

interface Plotted {
  readonly box: React.RefObject<HTMLDivElement | null>
  readonly spec: ChartSpec
  readonly shown: readonly ChartSeries[]
  readonly timeNs: readonly number[]
  /** Changes when colours do. */
  readonly look: string
  readonly onCursor: (index: number | null) => void
}

/** Loads the chart library when the first chart is drawn; makes a new plot when its lines change, else only new data. */
function usePlot({ box, spec, shown, timeNs, look, onCursor }: Plotted): void {
  const plot = useRef<uPlot | null>(null)
  const [library, setLibrary] = useState<typeof uPlot | null>(null)
  const keys = shown.map(one => one.key).join()
  useEffect(() => {
    let current = true
    void Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(([module]) => current && setLibrary(() => module.default))
    return () => {
      current = false
    }
  }, [])
  useEffect(() => {
    const element = box.current
    if (!library || !element || shown.length === 0) return
    const made = new library(plotOptions({ spec, shown, width: element.clientWidth, onCursor, colour: name => getComputedStyle(element).getPropertyValue(name).trim() }), [[], ...shown.map(() => [])], element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
    // oxlint-disable-next-line react/exhaustive-deps -- lines are compared by their keys; their values go in below
  }, [library, keys, look, spec])
  useEffect(() => {
    plot.current?.setData([timeNs.map(ns => ns / 1e9), ...shown.map(one => one.values.map(value => (Number.isFinite(value) ? value : null)))] as uPlot.AlignedData)
  })
}

function plotOptions({ spec, shown, width, onCursor, colour }: { spec: ChartSpec; shown: readonly ChartSeries[]; width: number; onCursor: (index: number | null) => void; colour: (name: string) => string }): uPlot.Options {
  const axis = { stroke: colour('--text-muted'), grid: { stroke: colour('--border'), width: 1 }, ticks: { show: false }, font: '10px Inter Variable' }
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
    cursor: { sync: { key: SYNC }, points: { size: 5 }, drag: { x: false, y: false } },
    hooks: { setCursor: [self => onCursor(self.cursor.idx ?? null)] },
    axes: [
      { ...axis, size: 18, space: 60, values: (_, ticks) => ticks.map(tick => `${tick} s`) },
      { ...axis, size: 46, space: 28, values: (_, ticks) => ticks.map(tick => spec.text(tick)) },
    ],
    series: [
      {},
      ...shown.map(one => {
        const stroke = colour(`--message-${one.colour}`)
        return { label: one.label, stroke, width: 1.5, fill: `${stroke}22`, points: { show: false }, spanGaps: true }
      }),
    ],
  }
}
