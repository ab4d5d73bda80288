import { DISCARD_REASONS, type LedgerFigures } from '../contract/ledger.ts'
import { grouped } from '../ui/format.ts'

/** Where did every message go? Every copy is in one of these rows; below them, that they add up. */
export function Ledger({ figures, whole }: { readonly figures: LedgerFigures; readonly whole: boolean }) {
  const came = figures.published + figures.copied + (whole ? 0 : figures.cameIn)
  const rows: { name: string; value: number; tone: string }[] = [
    { name: 'processed', value: figures.processed, tone: 'ok' },
    { name: 'waiting', value: figures.waiting, tone: 'warn' },
    { name: 'unacknowledged', value: figures.unacknowledged, tone: 'warn' },
    { name: 'on a wire', value: figures.onWire, tone: 'accent' },
    { name: 'retained', value: figures.retained, tone: 'accent' },
    ...(whole ? [] : [{ name: 'went on', value: figures.wentOut, tone: 'accent' }]),
    ...figures.discarded.map((value, reason) => ({ name: `lost: ${DISCARD_REASONS[reason]}`, value, tone: 'danger' })),
  ].filter(row => row.value > 0)
  const sum = rows.reduce((total, row) => total + row.value, 0)
  return (
    <section aria-label="Ledger">
      <h3 className="in-title">Where did every message go?</h3>
      <dl className="in-ledger">
        <Row name="published" value={figures.published} most={came} tone="accent" />
        {figures.copied > 0 ? <Row name="copied" value={figures.copied} most={came} tone="accent" /> : null}
        {!whole && figures.cameIn > 0 ? <Row name="came in" value={figures.cameIn} most={came} tone="accent" /> : null}
        <div className="in-rule" />
        {rows.map(row => (
          <Row key={row.name} {...row} most={came} />
        ))}
      </dl>
      <p className="in-balance" data-balanced={sum === came}>
        {grouped(came)} {whole ? 'copies made' : 'came'}, {grouped(sum)} accounted for
      </p>
      {figures.redelivered + figures.deadLettered > 0 ? (
        <p className="ui-muted">
          {grouped(figures.redelivered)} redelivered{figures.deadLettered > 0 ? `, ${grouped(figures.deadLettered)} dead-lettered` : ''}
        </p>
      ) : null}
    </section>
  )
}

function Row({ name, value, most, tone }: { readonly name: string; readonly value: number; readonly most: number; readonly tone: string }) {
  return (
    <div className="in-ledger-row">
      <dt>{name}</dt>
      <dd>
        <span className="in-bar" aria-hidden="true">
          <i data-tone={tone} style={{ width: `${value === 0 ? 0 : Math.max(1, (value / most) * 100)}%` }} />
        </span>
        <b>{grouped(value)}</b>
      </dd>
    </div>
  )
}
