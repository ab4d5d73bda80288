import { useEffect, useRef } from 'react'
import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT } from '../contract/hops.ts'
import { app } from '../app/current.ts'
import { duration } from '../ui/format.ts'
import type { MessageRow } from '../worker/api.ts'
import { takesFocus } from './focus-return.ts'
import { TokenShape } from './TokenShape.tsx'

const STATES: Readonly<Record<MessageRow['state'], string>> = { 'on-wire': 'on the wire', waiting: 'waiting', unacknowledged: 'unacknowledged', processed: 'processed', retained: 'kept', discarded: 'died' }

export function stateText({ state, reason }: MessageRow): string {
  return reason === null ? STATES[state] : `${STATES[state]}: ${reason}`
}

/** Colour of a message's key, readable as text. */
export function keyColour(look: number): string {
  return `color-mix(in srgb, var(--message-${(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK}) 65%, var(--text))`
}

/** A message in a list; pressing it shows all of it. */
export function MessageRowButton({ message, where }: { readonly message: MessageRow; readonly where?: string }) {
  const { commands, figures } = app()
  const { handle } = message
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (takesFocus(handle)) button.current?.focus()
  }, [handle])
  const ago = duration(Math.max(0, figures.nowNs() - message.sinceNs))
  return (
    <button ref={button} type="button" className="in-message" data-message={message.handle} data-state={message.state} onClick={() => commands.openMessage(message)}>
      <span className="in-message-line">
        <TokenShape look={message.look} />
        <b style={{ color: keyColour(message.look) }}>{message.type}</b>
        <code>{message.key === '' ? '(no key)' : message.key}</code>
        <span className="in-message-where">{where ?? message.identity}</span>
      </span>
      <span className="in-message-body">{message.body}</span>
      <span className="in-message-foot">
        <span className="in-message-state" data-state={message.state}>
          {stateText(message)}
        </span>
        <span>{message.state === 'discarded' ? `${ago} ago` : `for ${ago}`}</span>
      </span>
    </button>
  )
}
