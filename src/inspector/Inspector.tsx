import './inspector.css'
import './message.css'
import { lazy, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { isNote } from '../contract/notes.ts'
import { findNode } from '../topology/document.ts'
import { TopologyInspector } from './TopologyInspector.tsx'

// What is selected first decides what is needed; all of it comes when the page has nothing else to do.
const panes = {
  node: async () => ({ default: (await import('./NodeInspector.tsx')).NodeInspector }),
  channel: async () => ({ default: (await import('./ChannelInspector.tsx')).ChannelInspector }),
  message: async () => ({ default: (await import('./MessageInspector.tsx')).MessageInspector }),
  note: async () => ({ default: (await import('./NoteInspector.tsx')).NoteInspector }),
  several: async () => ({ default: (await import('./Several.tsx')).Several }),
}
const NodeInspector = lazy(panes.node)
const ChannelInspector = lazy(panes.channel)
const MessageInspector = lazy(panes.message)
const NoteInspector = lazy(panes.note)
const Several = lazy(panes.several)
const PREFETCH_MS = 1000

/** The message that is looked at, what is selected, or the whole topology. */
export function Inspector() {
  useEffect(() => {
    const timer = setTimeout(() => Object.values(panes).forEach(load => void load()), PREFETCH_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Suspense>
      <Pane />
    </Suspense>
  )
}

function Pane() {
  const { document, session } = app()
  const selection = useStore(session, state => state.selection)
  const message = useStore(session, state => state.message)
  if (message) return <MessageInspector key={message.identity} message={message} />
  const count = selection.nodes.length + selection.channels.length
  if (count === 0) return <TopologyInspector />
  if (count > 1) return <Several />
  const node = selection.nodes[0]
  if (node === undefined) return <ChannelInspector key={selection.channels[0]} id={selection.channels[0]!} />
  const note = isNote(findNode(document.getState().topology, node)?.type ?? '')
  return note ? <NoteInspector key={node} id={node} /> : <NodeInspector key={node} id={node} />
}
