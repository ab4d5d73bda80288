import './charts.css'
import { ChevronDown, ChevronUp, Table2 } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { useVersion } from '../ui/use-version.ts'
import { CHARTS, newest, seriesOf } from './chart-series.ts'
import { Chart } from './Chart.tsx'
import { PaneTabs } from './PaneTabs.tsx'

/** Throughput, depth, latency, utilization: below the canvas, foldable, with the same figures as a table. */
export function Charts() {
  const open = useStore(app().session, state => state.chartsOpen)
  const [table, setTable] = useState(false)
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
        {open ? (
          <IconButton name="As a table" aria-pressed={table} onClick={() => setTable(!table)}>
            <Table2 />
          </IconButton>
        ) : null}
      </div>
      {open ? table ? <FiguresTable /> : <div className="pn-charts-row">{CHARTS.map(spec => <Chart key={spec.id} spec={spec} />)}</div> : null}
    </section>
  )
}

function FiguresTable() {
  useVersion(app().figures)
  const { topology } = app().document.getState()
  return (
    <div className="pn-table-box" role="region" aria-label="Figures as a table" tabIndex={0}>
      <table className="pn-table">
        <thead>
          <tr>
            <th scope="col">Chart</th>
            <th scope="col">Node</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {CHARTS.flatMap(spec =>
            seriesOf(spec, topology, app().figures.series()).map(series => (
              <tr key={`${spec.id} ${series.key}`}>
                <td>{spec.title}</td>
                <td>{series.label}</td>
                <td>{spec.text(newest(series.values))}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}
