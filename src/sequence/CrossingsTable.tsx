import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { grouped } from '../ui/format.ts'
import { sequenceStore } from './sequence-store.ts'
import type { Drawn } from './shown.ts'
import { momentText } from './time.ts'
import { lookText } from './token.ts'
import { endText } from './words.ts'

/** A table is read from its top: more rows nobody reaches. */
const ROWS_MOST = 300

/** The same as a table, in order of departure. */
export function CrossingsTable({ drawn }: { readonly drawn: Drawn }) {
  const view = useStore(sequenceStore, state => state.view)
  const shown = new Set(drawn.lifelines.map(one => one.id))
  const rows = drawn.crossings.filter(one => one.departNs <= view.toNs && one.endNs >= view.fromNs && shown.has(one.from) && shown.has(one.to))
  const label = (id: string): string => drawn.sequence.nodes[id]?.label ?? id
  return (
    <div className="sq-table-box" role="region" aria-label="Messages as a table" tabIndex={0}>
      <table className="sq-table">
        <thead>
          <tr>
            {['Departed', 'From', 'To', 'Message', 'Key', 'What became of it'].map(title => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_MOST).map((one, index) => (
            <tr key={index}>
              <td className="sq-mono">{momentText(one.departNs, 1e3)}</td>
              <td>{label(one.from)}</td>
              <td>{label(one.to)}</td>
              <td>
                <button type="button" className="sq-link" onClick={() => app().commands.showCrossing(one)}>
                  {one.identity}
                </button>
                {lookText(one.look) === '' ? null : <small> {lookText(one.look)}</small>}
              </td>
              <td className="sq-mono">{one.key}</td>
              <td>{endText(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_MOST ? <p className="sq-note">{grouped(rows.length - ROWS_MOST)} more: zoom in, or filter, to see them.</p> : null}
    </div>
  )
}
