import { app } from '../app/current.ts'
import { findNode, type NodeId } from '../topology/document.ts'
import { canvasUi, stopPicking } from './canvas-ui.ts'

/** What was begun at a node ends when the node goes, or another view covers the canvas: an undo that brings the node back must not give the keyboard to a field that nobody asked for. Returns the way to stop. */
export function endWithPart(): () => void {
  const end = (isOver: (id: NodeId) => boolean): void => {
    const { renaming, picking, findings, near } = canvasUi.getState()
    if (renaming !== null && isOver(renaming)) canvasUi.setState({ renaming: null })
    if (picking !== null && (isOver(picking.from) || (picking.to !== null && isOver(picking.to)))) stopPicking()
    if (findings !== null && isOver(findings)) canvasUi.setState({ findings: null })
    if (near !== null && isOver(near)) canvasUi.setState({ near: null })
  }
  const stopDocument = app().document.subscribe(({ topology }) => end(id => findNode(topology, id) === undefined))
  const stopSession = app().session.subscribe(({ view }, before) => {
    if (view !== before.view && view !== 'canvas') end(() => true)
  })
  return () => {
    stopDocument()
    stopSession()
  }
}
