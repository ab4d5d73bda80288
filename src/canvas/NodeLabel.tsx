import { useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { focusCanvas } from '../app/view.ts'
import type { TopologyNode } from '../topology/document.ts'
import { takeFocusToReplace } from '../ui/take-focus.ts'
import { canvasUi } from './canvas-ui.ts'
import './NodeLabel.css'

/** A node's name, or the field to change it: Enter keeps, Escape leaves it as it was. */
export function NodeLabel({ node }: { readonly node: TopologyNode }) {
  const renaming = useStore(canvasUi, ui => ui.renaming === node.id)
  return renaming ? (
    <RenameField node={node} />
  ) : (
    <span className="cv-label" title={node.label}>
      {node.label}
    </span>
  )
}

function RenameField({ node }: { readonly node: TopologyNode }) {
  const done = useRef(false)
  const finish = (label: string | null, goesTo: EventTarget | null = null) => {
    if (done.current) return
    done.current = true
    if (label !== null) app().commands.rename(node.id, label)
    canvasUi.setState({ renaming: null })
    // Whoever went to another field is to arrive there.
    if (goesTo === null) focusCanvas()
  }
  return (
    <input
      className="cv-rename nodrag nopan nokey"
      aria-label={`Name of ${node.label}`}
      defaultValue={node.label}
      maxLength={120}
      ref={takeFocusToReplace}
      onKeyDown={event => {
        if (event.key === 'Enter') finish(event.currentTarget.value)
        if (event.key === 'Escape') finish(null)
      }}
      onBlur={event => finish(event.currentTarget.value, event.relatedTarget)}
    />
  )
}
