import type { CursorFigures, LogFigures } from '../app/log-figures.ts'
import type { LogWords } from '../contract/log.ts'
import { grouped } from '../ui/format.ts'
import './cursors.css'

/** Who reads a log, and how far each of them is. */
export function Cursors({ log, words }: { readonly log: LogFigures; readonly words: LogWords }) {
  const { cursors, more } = log
  const groups = cursors.some(one => one.of === 'group')
  const title = !groups ? 'Readers' : cursors.some(one => one.of === 'reader') ? 'Groups and readers' : 'Consumer groups'
  return (
    <section aria-label={title}>
      <h3 className="in-title">{title}</h3>
      {cursors.length === 0 ? (
        <p className="ui-muted">Nobody has read it so far.</p>
      ) : (
        <table className="in-cursors">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">{words.position}</th>
              <th scope="col">Lag</th>
              <th scope="col">Pending</th>
            </tr>
          </thead>
          <tbody>
            {cursors.map(cursor => (
              <tr key={`${cursor.of} ${cursor.name}`}>
                <th scope="row">
                  {cursor.name}
                  {groups ? <small> {cursor.of === 'group' ? `${grouped(cursor.consumers)} ${cursor.consumers === 1 ? 'consumer' : 'consumers'}` : 'on its own'}</small> : null}
                </th>
                <td>{cursor.position}</td>
                <td>
                  {cursor.lag === null ? 'unknown' : grouped(cursor.lag)}
                  {goneOf(log, cursor) > 0 ? <small> {grouped(goneOf(log, cursor))} gone</small> : null}
                </td>
                <td>{grouped(cursor.pending)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 ? <p className="ui-muted">and {grouped(more)} more, none further behind</p> : null}
    </section>
  )
}

/** Of what it is behind, what it will never be given: trimmed or deleted before it came to it. */
function goneOf({ next }: LogFigures, cursor: CursorFigures): number {
  return cursor.lag === null ? 0 : Math.max(0, cursor.lag - (next - cursor.next))
}
