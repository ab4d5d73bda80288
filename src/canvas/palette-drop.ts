import { app } from '../app/current.ts'
import type { NodeId, Point, Size } from '../topology/document.ts'
import { activate } from './canvas-ui.ts'
import { containerAt } from '../app/containers.ts'
import { freeSpot } from './free-spot.ts'
import { NODE_SIZES, snapped } from '../app/node-sizes.ts'
import { shownBox } from '../app/view.ts'

/** What a dragged palette item carries: the id of its kind. */
export const KIND_MIME = 'application/x-relayground-kind'

/** Puts a new node with its middle at a point of the canvas, or, without one, where its kind belongs in the view and nothing else stands. */
export function placeKind(type: string, middle?: Point): NodeId {
  const { catalogue, commands, document, session } = app()
  const { topology } = document.getState()
  const manifest = catalogue.node(type)
  if (!manifest) throw new Error(`the palette offers no kind "${type}"`)
  const { at, within } = middle
    ? { at: cornerOf(middle, NODE_SIZES[manifest.form]), within: containerAt(catalogue, topology, middle, manifest.within) }
    : freeSpot(catalogue, topology, manifest, { view: shownBox(session.getState().viewport), near: session.getState().selection.nodes[0] })
  const id = commands.addNode(type, at, within)
  activate({ part: 'node', id })
  return id
}

function cornerOf(middle: Point, size: Size): Point {
  return snapped({ x: middle.x - size.width / 2, y: middle.y - size.height / 2 })
}
