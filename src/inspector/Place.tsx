import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { findNode } from '../topology/document.ts'

/** The name of a node; pressing it shows it on the canvas, and the message stays open. */
export function Place({ id, label }: { readonly id: string; readonly label?: string }) {
  const node = useStore(app().document, state => findNode(state.topology, id))
  if (!node) return <span>{label ?? id}</span>
  return (
    <button type="button" className="in-link" onClick={() => app().commands.locate(id)} title={`Show ${node.label} on the canvas`}>
      {node.label}
    </button>
  )
}
