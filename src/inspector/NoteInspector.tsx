import { Trash2 } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { GROUP } from '../contract/notes.ts'
import { findNode } from '../topology/document.ts'
import { IconButton } from '../ui/Button.tsx'
import { Docs } from './Docs.tsx'
import { Fields } from './Fields.tsx'
import { TextField } from './TextField.tsx'

/** A comment or a group: what it says and how it looks; nothing of it runs. */
export function NoteInspector({ id }: { readonly id: string }) {
  const { catalogue, commands } = app()
  const node = useStore(app().document, state => findNode(state.topology, id))
  const manifest = node && catalogue.node(node.type)
  if (!node || !manifest) return null
  return (
    <section className="in-box" aria-label={`Inspector of ${node.label}`}>
      <header className="in-head">
        <h2>{manifest.title}</h2>
      </header>
      <div className="in-actions">
        <span className="pn-spring" />
        <IconButton name={`Delete ${node.label}`} look="danger" onClick={() => commands.remove({ nodes: [id], channels: [] })}>
          <Trash2 />
        </IconButton>
      </div>
      <div className="in-body">
        {node.type === GROUP ? <TextField label="Label" help="How it is called on the canvas." value={node.label} maxLength={200} onCommit={label => commands.rename(id, label)} /> : null}
        <Fields fields={manifest.fields} config={node.config} part={id} onChange={changes => commands.configure('node', id, changes)} />
        <Docs docs={manifest.docs} summary={manifest.summary} claims={[]} />
      </div>
    </section>
  )
}
