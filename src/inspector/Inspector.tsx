import './inspector.css'
import './message.css'
import { useStore } from 'zustand'
import { isNote } from '../contract/notes.ts'
import { findNode } from '../topology/document.ts'
import { app } from '../app/current.ts'
import { ChannelInspector } from './ChannelInspector.tsx'
import { MessageInspector } from './MessageInspector.tsx'
import { NodeInspector } from './NodeInspector.tsx'
import { NoteInspector } from './NoteInspector.tsx'
import { Several } from './Several.tsx'
import { TopologyInspector } from './TopologyInspector.tsx'

/** The message that is looked at, what is selected, or the whole topology. */
export function Inspector() {
  const { document } = app()
  const selection = useStore(app().session, state => state.selection)
  const message = useStore(app().session, state => state.message)
  if (message) return <MessageInspector key={message.identity} message={message} />
  const count = selection.nodes.length + selection.channels.length
  if (count === 0) return <TopologyInspector />
  if (count > 1) return <Several />
  const node = selection.nodes[0]
  if (node !== undefined && isNote(findNode(document.getState().topology, node)?.type ?? '')) return <NoteInspector key={node} id={node} />
  return node === undefined ? <ChannelInspector key={selection.channels[0]} id={selection.channels[0]!} /> : <NodeInspector key={node} id={node} />
}
