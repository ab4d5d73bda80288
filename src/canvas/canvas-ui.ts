import { createStore } from 'zustand/vanilla'
import { app } from '../app/current.ts'
import { showNodes, uncovered } from '../app/view.ts'
import { FAR } from './far-names.ts'
import type { ChannelId, NodeId, Point } from '../topology/document.ts'
import type { Place } from '../topology/edit.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Landing } from './landing.ts'
import type { Guide } from './guides.ts'

/** What the canvas itself is in the middle of. It is neither saved nor undone, and of no interest to other folders. */
export interface CanvasUi {
  /** Where the keyboard is. */
  readonly active: ActivePart | null
  readonly renaming: NodeId | null
  /** The camera has found its first place: before, nothing is worth mounting. */
  readonly framed: boolean
  /** In map mode: the painted node under the pointer, which is an element for as long. */
  readonly near: NodeId | null
  /** Nodes under the pointer, not yet dropped: they become one undoable step. As they are drawn: with what comes along, on its guides. */
  readonly places: readonly Place[]
  /** The same, as the pointer has them. */
  readonly held: readonly Place[]
  /** Lines that they stand on. */
  readonly guides: readonly Guide[]
  /** Nodes on their way to where the document has them already. */
  readonly glide: readonly Place[]
  /** A hand puts down what it has moved: that is there already, and needs no way. */
  readonly dropping: boolean
  /** A part that comes from the palette. */
  readonly carried: Carried | null
  readonly connection: Connection | null
  /** The list of what a node could be connected to. */
  readonly picking: { readonly from: NodeId; readonly to: NodeId | null } | null
  readonly refusal: Refusal | null
  /** The node whose findings are shown. */
  readonly findings: NodeId | null
  /** A menu is open: the focus is its business. */
  readonly menu: boolean
}
export type ActivePart = { readonly part: 'node'; readonly id: NodeId } | { readonly part: 'channel'; readonly id: ChannelId; readonly of: NodeId | null }

/** A part between the palette and the canvas, under the pointer (client coordinates). */
export interface Carried {
  readonly kind: NodeManifest
  readonly pointer: Point
  /** Null where it can't be put down. */
  readonly landing: Landing | null
}

/** A channel while it is being drawn. */
export interface Connection {
  readonly from: NodeId
  readonly fits: ReadonlySet<NodeId>
  /** Where the loose end is, in flow coordinates. */
  readonly end: Point
  readonly over: NodeId | null
}
/** Why a drop was refused; shown where it happened, in client coordinates. */
export interface Refusal extends Point {
  readonly says: string
}

export const canvasUi = createStore<CanvasUi>(() => ({ active: null, renaming: null, framed: false, near: null, places: [], held: [], guides: [], glide: [], dropping: false, carried: null, connection: null, picking: null, refusal: null, findings: null, menu: false }))

/** What happens at a node itself can be asked for from any view, by the command palette: it is seen on the canvas only. */
export function uncoverCanvas(): void {
  const { commands, session } = app()
  commands.patchSession({ view: 'canvas', ...uncovered(session.getState()) })
}

export function activate(active: ActivePart | null): void {
  canvasUi.setState({ active })
}

/** Selects one part and puts the keyboard on it. */
export function selectPart(active: ActivePart): void {
  canvasUi.setState({ active })
  app().commands.select(active.part === 'node' ? { nodes: [active.id], channels: [] } : { nodes: [], channels: [active.id] })
}

/** A press on one part: it alone is selected, or, while several are chosen, it is added or taken out. */
export function pressPart(active: ActivePart, adding = app().session.getState().several): void {
  if (!adding) return selectPart(active)
  const { nodes, channels } = app().session.getState().selection
  const toggled = (ids: readonly string[]): readonly string[] => (ids.includes(active.id) ? ids.filter(id => id !== active.id) : [...ids, active.id])
  canvasUi.setState({ active })
  app().commands.select(active.part === 'node' ? { nodes: toggled(nodes), channels } : { nodes, channels: toggled(channels) })
}

export function startRenaming(node: NodeId): void {
  uncoverCanvas()
  canvasUi.setState({ renaming: node })
  // From afar nobody could read what is written.
  if (app().session.getState().viewport.zoom < FAR) showNodes([node])
}

export function startPicking(from: NodeId): void {
  uncoverCanvas()
  canvasUi.setState({ picking: { from, to: null }, active: { part: 'node', id: from } })
  app().commands.patchSession({ connecting: { from, by: 'keyboard' } })
}

export function stopPicking(): void {
  canvasUi.setState({ picking: null })
  app().commands.patchSession({ connecting: null })
}

/** The nodes that a channel from this one could end at. */
export function fitsFor(from: NodeId): ReadonlySet<NodeId> {
  const { commands, document } = app()
  return new Set(document.getState().topology.nodes.filter(node => commands.planConnection(from, node.id).ok).map(node => node.id))
}

/** Keeps the keyboard at what was selected elsewhere: by a connection that was made, an undo, a list. Returns the way to stop. */
export function followSelection(): () => void {
  return app().session.subscribe(({ selection }, before) => {
    if (selection === before.selection) return
    const { active } = canvasUi.getState()
    const [node] = selection.nodes
    const [channel] = selection.channels
    if (selection.nodes.length + selection.channels.length !== 1) return
    if (node !== undefined && !(active?.part === 'node' && active.id === node)) canvasUi.setState({ active: { part: 'node', id: node } })
    if (channel !== undefined && !(active?.part === 'channel' && active.id === channel)) canvasUi.setState({ active: { part: 'channel', id: channel, of: null } })
  })
}
