import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { app } from '../app/current.ts'
import { durationText } from '../ui/figure-text.ts'
import type { SeenToken } from './painter/protocol.ts'
import './TokenCard.css'

type Message = NonNullable<Awaited<ReturnType<ReturnType<typeof app>['commands']['message']>>>

/** Room that the card takes: near the right or lower edge it opens to the other side. */
const WIDTH = 250
const HEIGHT = 120
const GAP = 14
const BODY_MOST = 140
const FOLLOW_KEY = 'Shift+F'

/** What the token under the pointer is: read it here, or click it for the whole story. */
export function TokenCard({ token, at }: { readonly token: SeenToken; readonly at: { readonly x: number; readonly y: number } }) {
  const [message, setMessage] = useState<Message | null>(null)
  const { handle } = token
  useEffect(() => {
    let here = true
    void app().commands.message(handle).then(found => here && setMessage(found))
    return () => {
      here = false
    }
  }, [handle])
  if (!message) return null
  const left = at.x + GAP + WIDTH > window.innerWidth ? at.x - GAP - WIDTH : at.x + GAP
  const top = at.y + GAP + HEIGHT > window.innerHeight ? at.y - GAP - HEIGHT : at.y + GAP
  const notes = [message.redelivered && 'redelivered', message.reply && 'reply', message.deadLetter && 'dead letter', message.persistent && 'persistent'].filter(note => note !== false)
  return createPortal(
    // For the pointer only: keys reach the same messages by the lists of the inspector.
    <div className="st-card" style={{ left, top, width: WIDTH }} aria-hidden="true">
      <div className="st-card__head">
        <strong>{message.type}</strong>
        {message.key !== '' && <code>{message.key}</code>}
      </div>
      {message.body !== '' && <code className="st-card__body">{message.body.slice(0, BODY_MOST)}</code>}
      <div className="st-card__foot">
        <span>{message.identity}</span>
        <span>{durationText(Math.max(0, app().figures.nowNs() - message.bornNs))} old</span>
        <span>click for its story, {FOLLOW_KEY} to follow it</span>
        {notes.map(note => (
          <span key={note}>{note}</span>
        ))}
      </div>
    </div>,
    document.body,
  )
}
