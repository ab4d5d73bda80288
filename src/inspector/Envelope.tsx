import type { ReactNode } from 'react'
import { app } from '../app/current.ts'
import { findNode } from '../topology/document.ts'
import { clock, duration, grouped } from '../ui/format.ts'
import type { MessageRow } from '../worker/api.ts'

/** What is written on the outside of a message, and what is in it. */
export function Envelope({ copy }: { readonly copy: MessageRow }) {
  const age = duration(Math.max(0, app().figures.nowNs() - copy.bornNs))
  const delivery = [copy.persistent ? 'persistent' : 'transient', ...(copy.redelivered ? ['redelivered'] : []), ...(copy.reply ? ['reply'] : []), ...(copy.deadLetter ? ['dead letter'] : [])]
  return (
    <>
      <section aria-label="Envelope">
        <h3 className="in-title">Envelope</h3>
        <dl className="in-figures">
          <Row name={keyTerm(copy.where)}>{copy.key === '' ? '(empty)' : copy.key}</Row>
          {copy.through === '' ? null : <Row name="Came through">{copy.through}</Row>}
          <Row name="Delivery">{delivery.join(', ')}</Row>
          <Row name="Born">{clock(copy.bornNs)}</Row>
          <Row name="Age">{age}</Row>
          <Row name="Size">{grouped(copy.bytes)} B</Row>
        </dl>
      </section>
      <Values title="Properties" values={copy.properties} nameOf={spaced} />
      <Values title="Headers" values={copy.headers} nameOf={name => name} />
      <section aria-label="Body">
        <h3 className="in-title">Body</h3>
        <pre className="in-body-text">{copy.body === '' ? '(empty)' : pretty(copy.body)}</pre>
      </section>
    </>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Values({ title, values, nameOf }: { readonly title: string; readonly values: Readonly<Record<string, unknown>>; readonly nameOf: (name: string) => string }) {
  const entries = Object.entries(values)
  if (entries.length === 0) return null
  const plain = entries.filter(([, value]) => !isTable(value))
  return (
    <section aria-label={title}>
      <h3 className="in-title">{title}</h3>
      {plain.length === 0 ? null : (
        <dl className="in-figures">
          {plain.map(([name, value]) => (
            <Row key={name} name={nameOf(name)}>
              {text(value)}
            </Row>
          ))}
        </dl>
      )}
      {entries.map(([name, value]) => (isTable(value) ? <Table key={name} name={nameOf(name)} rows={value} /> : null))}
    </section>
  )
}

/** A header that is a list of records, such as x-death: a box each, the first one first. */
function Table({ name, rows }: { readonly name: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }) {
  return (
    <div className="in-table">
      <h4>{name}</h4>
      <ol>
        {rows.map((row, index) => (
          <li key={`${index} ${JSON.stringify(row)}`}>
            <dl className="in-figures">
              {Object.entries(row).map(([field, value]) => (
                <Row key={field} name={field}>
                  {text(value)}
                </Row>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </div>
  )
}

function isTable(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.length > 0 && value.every(one => typeof one === 'object' && one !== null && !Array.isArray(one))
}

function text(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(empty)' : value
  return Array.isArray(value) && value.every(one => typeof one === 'string') ? value.join(', ') : JSON.stringify(value)
}

/** replyTo → "reply to": as people say it, whatever a protocol joins it with. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}

/** What the system that has it calls the key: routing key, topic, subject. */
function keyTerm(where: string): string {
  const node = findNode(app().document.getState().topology, where)
  const term = (node && app().catalogue.familyOf(node.type)?.terms.key) ?? 'key'
  return term.charAt(0).toUpperCase() + term.slice(1)
}

function pretty(body: string): string {
  if (!/^\s*[{[]/.test(body)) return body
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
