import './inspector.css'
import './message.css'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { Button } from '../ui/Button.tsx'
import { ChannelInspector } from './ChannelInspector.tsx'
import { MessageInspector } from './MessageInspector.tsx'
import { NodeInspector } from './NodeInspector.tsx'
import { TopologyInspector } from './TopologyInspector.tsx'

/** The message that is looked at, what is selected, or the whole topology. */
export function Inspector() {
  const selection = useStore(app().session, state => state.selection)
  const message = useStore(app().session, state => state.message)
  if (message) return <MessageInspector key={message.identity} message={message} />
  const count = selection.nodes.length + selection.channels.length
  if (count === 0) return <TopologyInspector />
  if (count > 1) return <Several />
  const node = selection.nodes[0]
  return node === undefined ? <ChannelInspector key={selection.channels[0]} id={selection.channels[0]!} /> : <NodeInspector key={node} id={node} />
}

function Several() {
  const selection = useStore(app().session, state => state.selection)
  const { commands } = app()
  return (
    <section className="in-box">
      <header className="in-head">
        <h2>{selection.nodes.length + selection.channels.length} selected</h2>
      </header>
      <div className="in-actions">
        <Button look="outline" onClick={() => selection.nodes.forEach(node => void commands.fault({ fault: 'crash', node }))}>
          Crash all
        </Button>
        <Button look="outline" onClick={() => selection.nodes.forEach(node => void commands.fault({ fault: 'restart', node }))}>
          Restart all
        </Button>
        <Button look="outline" onClick={() => commands.duplicate(selection)}>
          Duplicate
        </Button>
        <Button look="danger" onClick={() => commands.remove(selection)}>
          Delete
        </Button>
      </div>
    </section>
  )
}
