import './inspector.css'
import './message.css'
import './sketch.css'
import { Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { focusCanvas } from '../app/view.ts'
import { isNote } from '../contract/notes.ts'
import { findNode } from '../topology/document.ts'
import { lazily } from '../ui/lazily.tsx'
import { nobodyHasFocus } from '../ui/nobody-has-focus.ts'
import { whenIdle } from '../ui/when-idle.ts'
import { TopologyInspector } from './TopologyInspector.tsx'

// None of these is needed for the first paint; all of them are fetched when the page is idle. Those that explain settings come with the texts.
const node = lazily(async () => (await withTexts(import('./NodeInspector.tsx'))).NodeInspector)
const channel = lazily(async () => (await withTexts(import('./ChannelInspector.tsx'))).ChannelInspector)
const message = lazily(async () => (await import('./MessageInspector.tsx')).MessageInspector)
const note = lazily(async () => (await import('./NoteInspector.tsx')).NoteInspector)
const several = lazily(async () => (await withTexts(import('./Several.tsx'))).Several)
const PANES = [node, channel, message, note, several]
const { Component: NodeInspector } = node
const { Component: ChannelInspector } = channel
const { Component: MessageInspector } = message
const { Component: NoteInspector } = note
const { Component: Several } = several

/** The message that is looked at, what is selected, or the whole topology. */
export function Inspector() {
  useEffect(
    () =>
      whenIdle(() => {
        for (const pane of PANES) pane.ahead()
      }),
    [],
  )
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
  const count = selection.nodes.length + selection.channels.length
  useFocusAfterDelete(count)
  if (message) return <MessageInspector key={message.identity} message={message} />
  if (count === 0) return <TopologyInspector />
  if (count > 1) return <Several />
  const node = selection.nodes[0]
  if (node === undefined) return <ChannelInspector key={selection.channels[0]} id={selection.channels[0]!} />
  const note = isNote(findNode(document.getState().topology, node)?.type ?? '')
  return note ? <NoteInspector key={node} id={node} /> : <NodeInspector key={node} id={node} />
}

/** Who deletes with a button of the inspector deletes that, too: the canvas has the keyboard then. */
function useFocusAfterDelete(count: number): void {
  const last = useRef(count)
  useLayoutEffect(() => {
    const gone = last.current > 0 && count === 0
    last.current = count
    if (gone && nobodyHasFocus()) focusCanvas()
  }, [count])
}

async function withTexts<Module>(pane: Promise<Module>): Promise<Module> {
  // Together: what fails while the texts are on the way must not be nobody's.
  const [, module] = await Promise.all([app().texts(), pane])
  return module
}
