import { app } from '../app/current.ts'
import type { NodeId, Point } from '../topology/document.ts'
import { activate } from './canvas-ui.ts'
import { containerAt } from './containers.ts'
import { NODE_SIZES, snapped } from './node-sizes.ts'

/** What a dragged palette item carries: the id of its kind. */
export const KIND_MIME = 'application/x-relayground-kind'

/** Puts a new node with its middle at a point of the canvas, or, without one, at a free place in the middle of the view. */
export function placeKind(type: string, middle?: Point): NodeId {
  const { catalogue, commands, document } = app()
  const manifest = catalogue.node(type)
  const size = NODE_SIZES[manifest?.form ?? 'unknown']
  const id = middle
    ? commands.addNode(type, snapped({ x: middle.x - size.width / 2, y: middle.y - size.height / 2 }), containerAt(catalogue, document.getState().topology, middle, manifest?.within))
    : commands.addNode(type)
  activate({ part: 'node', id })
  return id
}
