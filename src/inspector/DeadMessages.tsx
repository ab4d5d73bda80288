import { useCallback } from 'react'
import { app } from '../app/current.ts'
import { findNode } from '../topology/document.ts'
import { MessageRowButton } from './MessageRowButton.tsx'
import { useAnswer } from './use-answer.ts'

const SHOWN = 8

/** What died lately, at a node or anywhere; nothing when nothing did. Each can be asked why. */
export function DeadMessages({ node, title }: { readonly node?: string; readonly title: string }) {
  const ask = useCallback(() => app().commands.dead({ limit: SHOWN, ...(node === undefined ? {} : { node }) }), [node])
  const dead = useAnswer(ask)
  if (!dead || dead.length === 0) return null
  const { topology } = app().document.getState()
  return (
    <section aria-label={title}>
      <h3 className="in-title">{title}</h3>
      <ul className="in-messages">
        {dead.map(message => (
          <li key={message.handle}>
            <MessageRowButton message={message} {...(node === undefined ? { where: `${message.identity} at ${findNode(topology, message.where)?.label ?? message.where}` } : {})} />
          </li>
        ))}
      </ul>
    </section>
  )
}
