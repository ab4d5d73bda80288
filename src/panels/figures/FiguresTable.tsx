import { Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../../app/current.ts'
import { Button } from '../../ui/Button.tsx'
import { inUnit, perSecond } from '../../ui/format.ts'
import { useVersion } from '../../ui/use-version.ts'
import { figureRows, figuresCsv, type FigureRow } from './figure-rows.ts'

/** A table that is drawn anew ten times a second has no more rows than this; a filter finds the others, and the export has them all. */
const ROWS_MAX = 250
const NUMBERS = [
  ['now', 'Now'],
  ['total', 'Total'],
  ['mean', 'Mean'],
  ['most', 'Most'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
] as const

/** All figures of all parts, live, to be filtered, copied and taken along. */
export function FiguresTable() {
  const { catalogue, commands, document, figures } = app()
  useVersion(figures)
  const topology = useStore(document, state => state.topology)
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const rows = figureRows(catalogue, topology, figures).filter(row => wanted === '' || `${row.part} ${row.kind} ${row.figure}`.toLowerCase().includes(wanted))
  const csv = (): string => figuresCsv(rows, figures.nowNs())
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(csv())
      commands.notify('success', `${rows.length} figures are on the clipboard as CSV.`)
    } catch {
      commands.notify('problem', 'The browser keeps its clipboard closed to this page.', { label: 'Download instead', run: () => commands.download(csv(), 'figures.csv', 'text/csv') })
    }
  }
  return (
    <>
      <div className="pn-figures-bar">
        <input className="ui-input" type="search" aria-label="Filter figures" placeholder="Filter by part, kind or figure" value={filter} onChange={event => setFilter(event.target.value)} />
        <span className="ui-muted">{rows.length > ROWS_MAX ? `${ROWS_MAX} of ${rows.length} figures shown` : `${rows.length} figures`}</span>
        <Button look="outline" onClick={() => void copy()}>
          <Copy />
          Copy as CSV
        </Button>
        <Button look="outline" onClick={() => commands.download(csv(), 'figures.csv', 'text/csv')}>
          <Download />
          Download CSV
        </Button>
      </div>
      {/* A region that scrolls has to be reached by the keyboard. */}
      <div className="pn-table-box" role="region" aria-label="Figures as a table" tabIndex={0}>
        <table className="pn-table">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Kind</th>
              <th scope="col">Figure</th>
              <th scope="col">Per second</th>
              {NUMBERS.map(([id, title]) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS_MAX).map(row => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Row({ row }: { readonly row: FigureRow }) {
  // How often a duration was measured is a count, not a duration.
  const text = (id: (typeof NUMBERS)[number][0]): string => (row[id] === null ? '' : inUnit(row[id], id === 'total' ? 'messages' : row.unit))
  return (
    <tr>
      <th scope="row">{row.part}</th>
      <td>{row.kind}</td>
      <td>{row.figure}</td>
      <td>{row.perSecond === null ? '' : perSecond(row.perSecond)}</td>
      {NUMBERS.map(([id]) => (
        <td key={id}>{text(id)}</td>
      ))}
    </tr>
  )
}
