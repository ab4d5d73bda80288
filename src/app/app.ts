import type { StoreApi } from 'zustand/vanilla'
import type { FiguresLayout } from '../contract/figures.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { ChannelId, NodeId, Point, Topology, Viewport } from '../topology/document.ts'
import type { Edit } from '../topology/edit.ts'
import type { Problem } from '../topology/problem.ts'
import type { Breakpoint, Condition, Hit, Mark, MessageAddress, Speed } from '../worker/api.ts'
import type { Action } from './action.ts'
import type { Commands } from './commands.ts'
import type { FiguresFeed } from './figures.ts'
import type { FindingsState } from './findings.ts'
import type { Box } from './node-sizes.ts'

/** The page's state and what can be done with it; no React. Built once by main.tsx, reached by `app()` (current.ts). */
export interface App {
  /** Without its texts (docs, help, claims: null) until `texts` has fetched them. */
  readonly catalogue: Catalogue
  /** Fetches what is only read by who looks at a kind closely; the catalogue is whole then. */
  texts(): Promise<void>
  readonly document: StoreApi<DocumentState>
  readonly session: StoreApi<SessionState>
  readonly run: StoreApi<RunState>
  readonly figures: FiguresFeed
  readonly geometry: StoreApi<GeometryState>
  readonly watching: StoreApi<WatchingState>
  readonly findings: StoreApi<FindingsState>
  readonly commands: Commands
  /** Everything that can be done with a key or from a menu. */
  readonly actions: readonly Action[]
  /** The same for what the topology holds now: parts to add, nodes to go to, starters to open. Made anew at each call. */
  entries(): readonly Action[]
  readonly starters: readonly Starter[]
}

export interface Starter {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly topology: Topology
}

// ── document: what is saved and undone ────────────────────────────────────
export interface DocumentState {
  /** Under which this browser keeps it; another one for each topology that is opened. */
  readonly id: string
  /** False while it is what it was opened as: nothing is lost when it is left. */
  readonly edited: boolean
  readonly topology: Topology
  readonly past: readonly Step[]
  readonly future: readonly Step[]
  readonly saved: 'saved' | 'saving' | 'failed'
}
/** One undoable step; `title` completes "Undo …": "move of 3 nodes". */
export interface Step {
  readonly title: string
  readonly edits: readonly Edit[]
  readonly inverse: readonly Edit[]
  /** Another topology was opened in place of the one before: undoing it goes back to that one. */
  readonly opens?: { readonly from: Pick<DocumentState, 'id' | 'edited'>; readonly to: string }
}

// ── session: what this tab is looking at ──────────────────────────────────
export interface SessionState {
  readonly selection: Selection
  /** Every press adds to the selection, or takes out of it. */
  readonly several: boolean
  /** The topology as a picture, as a table, or as text. */
  readonly view: 'canvas' | 'outline' | 'text'
  readonly theme: 'light' | 'dark' | 'system'
  readonly motion: 'full' | 'reduced'
  /** The message that the inspector shows instead of what is selected. Who selects something else closes it. */
  readonly message: MessageAddress | null
  readonly inspectorTab: 'settings' | 'live' | 'messages' | 'docs'
  readonly chartsOpen: boolean
  /** What stands in the place of the charts. */
  readonly pane: 'none' | 'sequence' | 'log' | 'breakpoints'
  /** What the event log is filtered by, as it was typed. */
  readonly logQuery: string
  /** Which drawer is open on a narrow screen. */
  readonly drawer: 'none' | 'palette' | 'inspector' | 'charts'
  readonly dialog: Dialog | null
  /** Being drawn: the node a channel starts at, by mouse or by the `c` key. */
  readonly connecting: Connecting | null
  /** Newest last; shown for a while and read out by the live region. */
  readonly notices: readonly Notice[]
  readonly welcome: boolean
  /** What is revealed while somebody presents; null otherwise. */
  readonly presenting: Presenting | null
  readonly viewport: Viewport
}
export interface Presenting {
  readonly charts: boolean
  readonly inspector: boolean
  /** The node in the light; null: all of them. */
  readonly spot: NodeId | null
}
export interface Selection {
  readonly nodes: readonly NodeId[]
  readonly channels: readonly ChannelId[]
}
export type Dialog =
  | { readonly dialog: 'share' }
  | { readonly dialog: 'import'; readonly files?: readonly File[] }
  | { readonly dialog: 'definitions' }
  | { readonly dialog: 'starters' }
  | { readonly dialog: 'keys' }
  | { readonly dialog: 'library' }
  /** The command palette, with something typed already. */
  | { readonly dialog: 'palette'; readonly search?: string }
  | { readonly dialog: 'about' }
  | { readonly dialog: 'ledger' }
  /** Pause when … : a new breakpoint that begins like this one, or a change of one that is there. */
  | { readonly dialog: 'breakpoint'; readonly when: Condition; readonly edits?: string }
export interface Connecting {
  readonly from: NodeId
  readonly by: 'pointer' | 'keyboard'
}
export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'success' | 'problem'
  readonly says: string
  /** The way out as a button. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

// ── watching: how this browser looks at runs of this topology ─────────────
export interface WatchingState {
  /** Kept with the topology in this browser; no part of the document. */
  readonly breakpoints: readonly Breakpoint[]
  /** What the run stopped at last. */
  readonly stoppedAt: readonly Hit[]
  /** The message that the camera goes along with, and where it is now. */
  readonly following: Following | null
}
export interface Following extends MessageAddress {
  readonly says: string
}

// ── run: what the simulation is doing ─────────────────────────────────────
export interface RunState {
  readonly status: 'loading' | 'paused' | 'running' | 'ended' | 'failed'
  readonly speed: Speed
  readonly problems: readonly Problem[]
  /** What products refuse now, by part. */
  readonly troubles: readonly Problem[]
  readonly marks: readonly Mark[]
  /** Entries so far: a share link can carry them. */
  readonly inputs: number
  readonly layout: FiguresLayout
}

// ── geometry: where things stand on the canvas, for the stage ─────────────
export interface GeometryState {
  /** In flow coordinates, from a channel's `from` end to its `to` end. */
  readonly curves: ReadonlyMap<ChannelId, Curve>
  readonly boxes: ReadonlyMap<NodeId, Box>
  /** Map mode: there are so many nodes in sight that they are painted, all but those that the canvas draws itself. */
  readonly map: boolean
  readonly lifted: ReadonlySet<NodeId>
  /** Which colour of messages a node sends, where it is one: an index into the palette. */
  readonly colours: ReadonlyMap<NodeId, number>
}
/** Where a channel runs: a cubic Bézier, computed from the document alone, so that nothing has to be mounted for it. */
export interface Curve {
  readonly from: Point
  readonly bend: Point
  readonly bendTo: Point
  readonly to: Point
}
