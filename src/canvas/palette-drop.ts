import { app } from '../app/current.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { NodeId, Point } from '../topology/document.ts'
import { activate } from './canvas-ui.ts'
import { freeSpot, type Spot } from './free-spot.ts'
import { landingAt } from './landing.ts'
import { shownBox } from '../app/view.ts'

/** Puts a new node at a spot, or, without one, where its kind belongs in the view and nothing else stands. */
export function placeKind(type: string, spot?: Spot): NodeId {
  const { catalogue, commands, document, session } = app()
  const manifest = catalogue.node(type)
  if (!manifest) throw new Error(`the palette offers no kind "${type}"`)
  const { at, within } = spot ?? freeSpot(catalogue, document.getState().topology, manifest, { view: shownBox(session.getState().viewport), near: session.getState().selection.nodes[0] })
  const id = commands.addNode(type, at, within)
  activate({ part: 'node', id })
  return id
}

/** With its middle at a point of the canvas. */
export function placeAround(kind: NodeManifest, middle: Point): NodeId {
  const { catalogue, document } = app()
  return placeKind(kind.type, landingAt(catalogue, document.getState().topology, kind, { middle, reach: 0 }).spot)
}
