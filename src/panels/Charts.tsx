import './charts.css'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { Button } from '../ui/Button.tsx'
import type { Percentile } from './chart-series.ts'
import { PaneTabs } from './PaneTabs.tsx'

const ChartChoices = lazy(async () => ({ default: (await import('./OpenCharts.tsx')).ChartChoices }))
const ChartRow = lazy(async () => ({ default: (await import('./OpenCharts.tsx')).ChartRow }))

/** What stays as it was chosen while the charts are folded. */
export interface ChartsLook {
  readonly table: boolean
  readonly percentile: Percentile
  readonly log: boolean
  /** Where the cursor of all charts is: the index of a sample. */
  readonly cursor: number | null
  /** Which earlier run is drawn behind this one. */
  readonly compared: number | null
}

/** Throughput, depth, latency, utilization: below the canvas, foldable, with all figures as a table. */
export function Charts() {
  const open = useStore(app().session, state => state.chartsOpen)
  const [look, setLook] = useState<ChartsLook>({ table: false, percentile: 'p99', log: false, cursor: null, compared: null })
  const onLook = useCallback((changes: Partial<ChartsLook>) => setLook(now => (changesNothing(now, changes) ? now : { ...now, ...changes })), [])
  const { commands } = app()
  return (
    <section className="pn-charts" aria-label="Charts" data-open={open}>
      <div className="pn-charts-bar">
        <div className="pn-panes">
          <Button aria-expanded={open} onClick={() => commands.patchSession({ chartsOpen: !open, pane: 'none' })}>
            {open ? <ChevronDown /> : <ChevronUp />}
            Charts
          </Button>
          <PaneTabs />
        </div>
        <Suspense>{open ? <ChartChoices look={look} onLook={onLook} /> : null}</Suspense>
      </div>
      <Suspense fallback={<div className="pn-charts-row pn-charts-waiting" />}>{open ? <ChartRow look={look} onLook={onLook} /> : null}</Suspense>
    </section>
  )
}

/** The cursor tells where it is more often than it moves from sample to sample. */
function changesNothing(now: ChartsLook, changes: Partial<ChartsLook>): boolean {
  return Object.entries(changes).every(([key, value]) => now[key as keyof ChartsLook] === value)
}
