import './charts.css'
import { ChevronDown, ChevronUp, Table2 } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { EarlierRun } from '../app/app.ts'
import { app } from '../app/current.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { clock } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { chartsFor, PERCENTILES, type Percentile } from './chart-series.ts'
import { Chart } from './Chart.tsx'
import { PaneTabs } from './PaneTabs.tsx'

const FiguresTable = lazy(async () => ({ default: (await import('./figures/FiguresTable.tsx')).FiguresTable }))

/** Throughput, depth, latency, utilization: below the canvas, foldable, with all figures as a table. */
export function Charts() {
  const open = useStore(app().session, state => state.chartsOpen)
  const [table, setTable] = useState(false)
  const [percentile, setPercentile] = useState<Percentile>('p99')
  const [log, setLog] = useState(false)
  const [cursor, setCursor] = useState<number | null>(null)
  const [compared, setCompared] = useState<number | null>(null)
  const { commands } = app()
  const specs = useMemo(() => chartsFor(percentile), [percentile])
  const earlier = useEarlier()
  const other = earlier.find(run => run.number === compared)
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
        {open ? (
          <span className="pn-charts-choices">
            {table || cursor === null ? null : <CursorTime cursor={cursor} earlier={other} />}
            {table ? null : (
              <>
                {earlier.length === 0 ? null : <Compare runs={earlier} chosen={other?.number ?? null} onChoose={setCompared} />}
                <ToggleGroup.Root type="single" className="pn-choice" aria-label="Percentile of latencies" value={percentile} onValueChange={value => value !== '' && setPercentile(value as Percentile)}>
                  {PERCENTILES.map(one => (
                    <ToggleGroup.Item key={one} value={one} className="pn-choice-item">
                      {one}
                    </ToggleGroup.Item>
                  ))}
                </ToggleGroup.Root>
                <button type="button" className="pn-choice-item pn-choice" data-state={log ? 'on' : 'off'} aria-pressed={log} onClick={() => setLog(!log)}>
                  log scale
                </button>
              </>
            )}
            <IconButton name="As a table" aria-pressed={table} onClick={() => setTable(!table)}>
              <Table2 />
            </IconButton>
          </span>
        ) : null}
      </div>
      {!open ? null : table ? (
        <Suspense>
          <FiguresTable />
        </Suspense>
      ) : (
        <div className="pn-charts-row">
          {specs.map(spec => (
            <Chart key={spec.id} spec={spec} log={log} earlier={other} cursor={cursor} onCursor={setCursor} />
          ))}
        </div>
      )}
    </section>
  )
}

function useEarlier(): readonly EarlierRun[] {
  useVersion(app().figures)
  return app().figures.earlier()
}

/** The time at which all charts show their values now. */
function CursorTime({ cursor, earlier }: { readonly cursor: number; readonly earlier: EarlierRun | undefined }) {
  const { timeNs } = app().figures.series()
  const at = (earlier && timeNs.length < 2 ? earlier.timeNs : timeNs)[cursor]
  return at === undefined ? null : <span className="pn-chart-value">at {clock(at)}</span>
}

/** Which earlier run is drawn behind this one. */
function Compare({ runs, chosen, onChoose }: { readonly runs: readonly EarlierRun[]; readonly chosen: number | null; readonly onChoose: (run: number | null) => void }) {
  return (
    <select className="ui-input pn-compare" aria-label="Compare with" value={chosen ?? ''} onChange={event => onChoose(event.target.value === '' ? null : Number(event.target.value))}>
      <option value="">compare with …</option>
      {runs.map(run => (
        <option key={run.number} value={run.number}>
          {`run ${run.number}: seed ${run.seed}, to ${clock(run.timeNs.at(-1) ?? 0)}`}
        </option>
      ))}
    </select>
  )
}
