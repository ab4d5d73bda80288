import { useCallback, useState } from 'react'
import { app } from '../app/current.ts'
import { Button } from '../ui/Button.tsx'
import { grouped } from '../ui/format.ts'
import { DeadMessages } from './DeadMessages.tsx'
import { MessageRowButton } from './MessageRowButton.tsx'
import { useAnswer } from './use-answer.ts'

const PAGE = 20

/** What is in the node, from the head, and what died in it lately. */
export function Messages({ id }: { readonly id: string }) {
  return (
    <>
      <Held id={id} />
      <DeadMessages node={id} title="Died here lately" />
    </>
  )
}

function Held({ id }: { readonly id: string }) {
  const [from, setFrom] = useState(0)
  const ask = useCallback(() => app().commands.nodeDetail(id, { from, limit: PAGE }), [id, from])
  const detail = useAnswer(ask)
  if (!detail || detail.total === 0) return <p className="ui-muted">Nothing is held here now.</p>
  const last = Math.min(detail.total, from + PAGE)
  return (
    <>
      <ol className="in-messages" start={from + 1}>
        {detail.messages.map(message => (
          <li key={message.handle}>
            <MessageRowButton message={message} />
          </li>
        ))}
      </ol>
      {detail.total > PAGE ? (
        <div className="in-actions">
          <Button look="outline" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - PAGE))}>
            Nearer the head
          </Button>
          <Button look="outline" disabled={last >= detail.total} onClick={() => setFrom(from + PAGE)}>
            Further back
          </Button>
        </div>
      ) : null}
      <p className="ui-muted">
        {grouped(Math.min(from + 1, last))} to {grouped(last)} of {grouped(detail.total)}, the head first
      </p>
    </>
  )
}
