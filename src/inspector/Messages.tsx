import { useEffect, useState } from 'react'
import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT } from '../contract/hops.ts'
import { app } from '../app/current.ts'
import { Button } from '../ui/Button.tsx'
import { clock, duration, grouped } from '../ui/format.ts'
import type { MessageRow, NodeDetail } from '../worker/api.ts'
import { TokenShape } from './TokenShape.tsx'

const PAGE = 20
const ASK_MS = 500

/** What is in the node, from the head, asked for twice a second. */
export function Messages({ id }: { readonly id: string }) {
  const [detail, setDetail] = useState<NodeDetail | null>(null)
  const [from, setFrom] = useState(0)
  useEffect(() => {
    let current = true
    const ask = (): void =>
      void app()
        .commands.nodeDetail(id, { from, limit: PAGE })
        .then(answer => current && setDetail(answer))
    ask()
    const timer = setInterval(ask, ASK_MS)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [id, from])
  if (!detail || detail.total === 0) return <p className="ui-muted">Nothing is held here now.</p>
  const last = Math.min(detail.total, from + PAGE)
  return (
    <>
      <ol className="in-messages" start={from + 1}>
        {detail.messages.map(message => (
          <Row key={message.handle} message={message} />
        ))}
      </ol>
      <div className="in-actions">
        <Button look="outline" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - PAGE))}>
          Nearer the head
        </Button>
        <Button look="outline" disabled={last >= detail.total} onClick={() => setFrom(from + PAGE)}>
          Further back
        </Button>
      </div>
      <p className="ui-muted">
        {grouped(Math.min(from + 1, last))} to {grouped(last)} of {grouped(detail.total)}
      </p>
    </>
  )
}

function Row({ message }: { readonly message: MessageRow }) {
  const colour = (message.look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK
  return (
    <li>
      <details className="in-message">
        <summary>
          <TokenShape look={message.look} />
          <b style={{ color: `color-mix(in srgb, var(--message-${colour}) 65%, var(--text))` }}>{message.type}</b>
          <code>{message.key === '' ? '(no key)' : message.key}</code>
          <span className="ui-muted">{message.persistent ? 'persistent' : 'transient'}</span>
          <pre>{message.body}</pre>
        </summary>
        <dl className="in-figures">
          <div>
            <dt>Identity</dt>
            <dd>{message.identity}</dd>
          </div>
          <div>
            <dt>State</dt>
            <dd>
              {message.state}
              {message.redelivered ? ', redelivered' : ''}
            </dd>
          </div>
          <div>
            <dt>Born</dt>
            <dd>{clock(message.bornNs)}</dd>
          </div>
          <div>
            <dt>Here for</dt>
            <dd>{duration(app().figures.nowNs() - message.sinceNs)}</dd>
          </div>
          <div>
            <dt>Size</dt>
            <dd>{grouped(message.bytes)} B</dd>
          </div>
          {Object.entries(message.headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  )
}
