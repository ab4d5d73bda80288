import { Table2 } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { lazy, useCallback, useMemo } from 'react'
import { app } from '../app/current.ts'
import type { EarlierRun } from '../app/figures.ts'
import { IconButton } from '../ui/Button.tsx'
import { clock } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { chartsFor, PERCENTILES, type Percentile } from './chart-series.ts'
import { Chart } from './Chart.tsx'
import type { ChartsLook } from './Charts.tsx'

const FiguresTable = lazy(async () => ({ default: (await import('./figures/FiguresTable.tsx')).FiguresTable }))

interface OpenChartsProps {
  readonly look: ChartsLook
  readonly onLook: (changes: Partial<ChartsLook>) => void
}

/** How the charts are drawn. */
export function ChartChoices({ look, onLook }: OpenChartsProps) {
  const { table, percentile, log, cursor, compared } = look
  const earlier = useEarlier()
  const other = earlier.find(run => run.number === compared)
  return (
    <span className="pn-charts-choices">
      {table || cursor === null ? null : <CursorTime cursor={cursor} earlier={other} />}
      {table ? null : (
        <>
          {earlier.length === 0 ? null : <Compare runs={earlier} chosen={other?.number ?? null} onChoose={run => onLook({ compared: run })} />}
          <ToggleGroup.Root type="single" className="pn-choice" aria-label="Percentile of latencies" value={percentile} onValueChange={value => value !== '' && onLook({ percentile: value as Percentile })}>
            {PERCENTILES.map(one => (
              <ToggleGroup.Item key={one} value={one} className="pn-choice-item">
                {one}
              </ToggleGroup.Item>
            ))}
          </ToggleGroup.Root>
          <button type="button" className="pn-choice-item pn-choice" data-state={log ? 'on' : 'off'} aria-pressed={log} onClick={() => onLook({ log: !log })}>
            log scale
          </button>
        </>
      )}
      <IconButton name="As a table" aria-pressed={table} onClick={() => onLook({ table: !table })}>
        <Table2 />
      </IconButton>
    </span>
  )
}

/** Throughput, depth, latency, utilization; or all figures as a table. */
export function ChartRow({ look, onLook }: OpenChartsProps) {
  const { table, percentile, log, cursor, compared } = look
  const specs = useMemo(() => chartsFor(percentile), [percentile])
  const other = useEarlier().find(run => run.number === compared)
  const onCursor = useCallback((index: number | null) => onLook({ cursor: index }), [onLook])
  if (table)
    return (
      <div className="pn-figures">
        <FiguresTable />
      </div>
    )
  return (
    <div className="pn-charts-row">
      {specs.map(spec => (
        <Chart key={spec.id} spec={spec} log={log} earlier={other} cursor={cursor} onCursor={onCursor} />
      ))}
    </div>
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
