import { duration } from '../ui/format.ts'
import type { Rehearsal, RehearsedMessage } from '../worker/api.ts'
import { keyColour } from './MessageRowButton.tsx'
import { TokenShape } from './TokenShape.tsx'

/** So many messages show how a template goes on. */
const SHOWN = 3

/** What the template would say: messages that the simulation itself has made of it, in a run of its own. */
export function MessagePreview({ rehearsal }: { readonly rehearsal: Rehearsal | null }) {
  if (!rehearsal) return null
  const { messages, byHand } = rehearsal
  return (
    <section className="in-preview" aria-label="For example">
      <h3>For example{byHand ? ', sent by hand' : ''}</h3>
      {messages.length === 0 ? <p className="in-help">Nothing comes of it yet: it has to be connected, or something has to reach it first.</p> : null}
      <ul className="in-messages">
        {messages.slice(0, SHOWN).map(message => (
          <Example key={message.identity} message={message} />
        ))}
      </ul>
    </section>
  )
}

function Example({ message }: { readonly message: RehearsedMessage }) {
  const headers = Object.entries(message.headers)
  return (
    <li className="in-example">
      <span className="in-message-line">
        <TokenShape look={message.look} />
        <b style={{ color: keyColour(message.look) }}>{message.reply ? 'reply' : message.type}</b>
        <code>{message.key === '' ? '(no key)' : message.key}</code>
        <span className="in-example-at">{duration(message.bornNs)}</span>
      </span>
      {headers.length === 0 ? null : <span className="in-message-body">{headers.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ')}</span>}
      <span className="in-message-body">{message.body === '' ? '(empty)' : message.body}</span>
    </li>
  )
}
