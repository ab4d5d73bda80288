import './charts.css'
import { lazy, Suspense, useCallback, useState } from 'react'
import type { Percentile } from './chart-series.ts'

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

/** Throughput, depth, latency, utilization, with all figures as a table. What was chosen outlasts another tab. */
export function Charts({ open }: { readonly open: boolean }) {
  const [look, setLook] = useState<ChartsLook>({ table: false, percentile: 'p99', log: false, cursor: null, compared: null })
  const onLook = useCallback((changes: Partial<ChartsLook>) => setLook(now => (changesNothing(now, changes) ? now : { ...now, ...changes })), [])
  if (!open) return null
  return (
    <section className="pn-charts" aria-label="Charts">
      <Suspense>
        <ChartChoices look={look} onLook={onLook} />
      </Suspense>
      <Suspense fallback={<div className="pn-charts-row" />}>
        <ChartRow look={look} onLook={onLook} />
      </Suspense>
    </section>
  )
}

/** The cursor tells where it is more often than it moves from sample to sample. */
function changesNothing(now: ChartsLook, changes: Partial<ChartsLook>): boolean {
  return Object.entries(changes).every(([key, value]) => now[key as keyof ChartsLook] === value)
}
