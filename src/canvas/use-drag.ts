import type { NodeChange } from '@xyflow/react'
import { useCallback } from 'react'
import { app } from '../app/current.ts'
import type { NodeId } from '../topology/document.ts'
import type { Place } from '../topology/edit.ts'
import { canvasUi } from './canvas-ui.ts'
import { placed, settled } from '../app/containers.ts'
import { withMembers } from '../app/groups.ts'
import { boxesOf } from '../app/node-sizes.ts'
import { GUIDE_REACH, guidesFor, type Guide } from './guides.ts'
import type { PartFlowNode } from './part-flow-node.ts'

/** Takes React Flow's changes: positions gather while something is dragged or resized, and become one undoable step at its end. */
export function useNodeChanges(): (changes: NodeChange<PartFlowNode>[]) => void {
  return useCallback(changes => {
    takeSelection(changes)
    const places = new Map(canvasUi.getState().held.map(place => [place.id, place]))
    let dropped = false
    let touched = false
    for (const change of changes) {
      if (change.type === 'position' && change.position) {
        places.set(change.id, { ...placeNow(change.id, places), at: change.position })
        touched = true
      }
      if (change.type === 'position' && change.dragging === false) dropped = places.size > 0
      // Without `resizing` React Flow only reports what it measured; sizes here come from the document.
      if (change.type !== 'dimensions' || change.resizing === undefined) continue
      if (change.dimensions) places.set(change.id, { ...placeNow(change.id, places), size: change.dimensions })
      touched = true
      if (!change.resizing) dropped = true
    }
    const resizing = changes.some(change => change.type === 'dimensions')
    const held = [...places.values()]
    const { places: shown, guides } = resizing ? { places: held, guides: [] } : withGuides(held)
    if (touched) canvasUi.setState({ held, places: shown, guides })
    if (dropped) drop(shown, { exact: !resizing })
  }, [])
}

/** Where nodes end up becomes one step of the document. Nothing is left of a drag that came back to where it began. */
export function drop(places: readonly Place[], options: { readonly exact?: boolean } = {}): void {
  const { catalogue, commands, document } = app()
  const { topology } = document.getState()
  canvasUi.setState({ places: [], held: [], guides: [], dropping: true })
  const nodes = new Map(topology.nodes.map(node => [node.id, node]))
  const moves = settled(catalogue, topology, places.filter(place => nodes.has(place.id)), options).filter(place => {
    const node = nodes.get(place.id)!
    return node.at.x !== place.at.x || node.at.y !== place.at.y || node.within !== place.within || node.size?.width !== place.size?.width || node.size?.height !== place.size?.height
  })
  if (moves.length > 0) commands.move(moves)
  canvasUi.setState({ dropping: false })
}

/** The dragged nodes, pulled onto the lines of their neighbours. */
function withGuides(places: readonly Place[]): { readonly places: readonly Place[]; readonly guides: readonly Guide[] } {
  const { catalogue, document, session } = app()
  const before = document.getState().topology
  const all = withMembers(catalogue, before, places)
  const topology = placed(before, all)
  const dragged = new Set(all.map(place => place.id))
  const { by, guides } = guidesFor(topology, boxesOf(catalogue, topology), dragged, GUIDE_REACH / session.getState().viewport.zoom)
  return { guides, places: by.x === 0 && by.y === 0 ? all : all.map(place => (dragged.has(place.within ?? '') ? place : { ...place, at: { x: place.at.x + by.x, y: place.at.y + by.y } })) }
}

function placeNow(id: NodeId, places: ReadonlyMap<NodeId, Place>): Place {
  const known = places.get(id)
  if (known) return known
  const node = app().document.getState().topology.nodes.find(one => one.id === id)
  return node ? { id, at: node.at, size: node.size, within: node.within } : { id, at: { x: 0, y: 0 } }
}

function takeSelection(changes: readonly NodeChange<PartFlowNode>[]): void {
  const picks = changes.filter(change => change.type === 'select')
  if (picks.length === 0) return
  const { commands, session } = app()
  // While several are chosen one by one, presses say what is selected, not what React Flow makes of them.
  if (session.getState().several) return
  const before = session.getState().selection
  const nodes = new Set(before.nodes)
  for (const pick of picks) {
    if (pick.selected) nodes.add(pick.id)
    else nodes.delete(pick.id)
  }
  const newest = picks.findLast(pick => pick.selected)
  if (newest) canvasUi.setState({ active: { part: 'node', id: newest.id } })
  commands.select({ nodes: [...nodes], channels: [] })
}
