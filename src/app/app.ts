import type { StoreApi } from 'zustand/vanilla'
import type { LedgerFigures } from '../contract/ledger.ts'
import type { FiguresLayout } from '../contract/figures.ts'
import type { Fault, JournalEntry } from '../contract/input.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { Crossing, Sequence, SequenceAsk } from '../contract/sequence.ts'
import type { WrittenDefinitions } from '../formats/rabbitmq/write-definitions.ts'
import type { ChannelId, Config, NodeId, Point, Topology, Viewport } from '../topology/document.ts'
import type { FindingsState } from './findings.ts'
import type { LogFigures } from './log-figures.ts'
import type { Box } from './node-sizes.ts'
import type { Edit, Place } from '../topology/edit.ts'
import type { Outcome, Problem } from '../topology/problem.ts'
import type { Action } from './action.ts'
import type { Arrangement } from './arrange.ts'
import type { Breakpoint, ChannelDetail, Condition, Hit, LogPage, LogQuery, Mark, MessageAddress, MessageRow, MessageStory, NodeDetail, Rehearsal, Speed, Stride, TraceFilter, TraceRow, Whereabouts } from '../worker/api.ts'

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

/** Live figures outside React: typed arrays, versioned. Only what is mounted and near subscribes. */
export interface FiguresFeed {
  /** Called after each pull (about 10 Hz of wall time while running, and once after each step or input). */
  subscribe(listener: () => void): () => void
  /** Grows by one at each pull. */
  version(): number
  /** The head of the newest frame; valid until the next pull. Indices: contract/figures. */
  head(): Float64Array
  layout(): FiguresLayout
  ledger(): LedgerFigures
  nowNs(): number
  /** Numbers derived by comparing frames over the last second or so of simulated time. */
  node(id: NodeId): NodeFigures | undefined
  channel(id: ChannelId): ChannelFigures | undefined
  /** Nodes whose queue grows and grows, or runs over; cheap, whatever the size of the topology. */
  growing(): readonly NodeId[]
  /** Samples kept for charts and sparklines, oldest first; one a pull, about 300. */
  series(): Series
  /** Series of runs before this one, of the same topology, the newest first. */
  earlier(): readonly EarlierRun[]
}
export interface NodeFigures {
  readonly state: 'up' | 'down' | 'absent'
  readonly sinceNs: number
  readonly ledger: LedgerFigures
  readonly tubeCount: number
  readonly tube: readonly number[]
  readonly probes: Readonly<Record<string, ProbeFigures>>
  /** Per simulated second, lately: copies that came in + were published here; copies processed, sent or handed out here. */
  readonly inRate: number
  readonly outRate: number
  /** True when a queue has been growing for the whole window and nothing points to an end. */
  readonly growing: boolean
  /** Copies that died here lately because there was no room, per simulated second. */
  readonly overflowRate: number
  readonly log?: LogFigures
}
export type ProbeFigures =
  | { readonly kind: 'counter'; readonly total: number; readonly rate: number }
  | { readonly kind: 'level'; readonly now: number; readonly mean: number; readonly highest: number; /** Mean of the last two simulated seconds or so. */ readonly lately: number }
  | { readonly kind: 'duration'; readonly count: number; readonly meanNs: number; readonly p50Ns: number; readonly p95Ns: number; readonly p99Ns: number; readonly lateP50Ns: number; readonly lateP95Ns: number; readonly lateP99Ns: number }
export interface ChannelFigures {
  readonly state: 'open' | 'cut' | 'closed'
  readonly sinceNs: number
  /** Messages per simulated second, lately, both ways together. */
  readonly rate: number
  readonly inFlight: number
  readonly total: number
  /** Messages that were lost here, and packets that the network lost and the stream sent again. */
  readonly lost: number
  readonly resent: number
}
/** Columns of equal length. NaN where there is no value. Reset when the run is reset. */
export interface Series {
  readonly version: number
  readonly timeNs: readonly number[]
  /** Headline rate (or depth) per node, for sparklines; utilization; latency percentiles. Keys: `${nodeId}/${metric}`. */
  readonly columns: ReadonlyMap<string, readonly number[]>
}
/** A run that is over: its columns over all of its time, as in `Series`, with fewer samples the longer it was. */
export interface EarlierRun {
  /** Counts the runs of this topology since the page was opened. */
  readonly number: number
  readonly seed: number
  readonly timeNs: readonly number[]
  readonly columns: ReadonlyMap<string, readonly number[]>
}
export type SeriesMetric = 'in' | 'out' | 'depth' | 'p50' | 'p95' | 'p99' | 'utilization'

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

// ── commands: everything that can be done; menus, keys, palette and tests call the same ──
export interface Commands {
  // document
  /** Applies edits as one undoable step and sends them to the running simulation. `merge`: folds into the last step with the same key (typing, dragging). */
  edit(title: string, edits: readonly Edit[], merge?: string): void
  undo(): void
  redo(): void
  /** Adds a node (and the broker it needs, when it needs one); selects it and returns its id. `at` is in flow coordinates of the canvas. */
  addNode(type: string, at?: Point, within?: NodeId): NodeId
  move(places: readonly Place[]): void
  /** Puts the selected nodes in order. */
  arrange(how: Arrangement): void
  /** Puts a frame with a name around what is selected. */
  group(): void
  /** Places every node along its channels, as one step. */
  layOut(): Promise<void>
  rename(node: NodeId, label: string): void
  configure(of: 'node' | 'channel', id: string, changes: Config): void
  /** The same for several parts, as one step. */
  configureAll(parts: readonly { readonly of: 'node' | 'channel'; readonly id: string }[], changes: Config): void
  /** What is configured next is a step of its own: a slider was let go, a field was left. */
  settle(): void
  remove(selection: Selection): void
  duplicate(selection: Selection): void
  /** In which ways `from` could be joined to `to`, or why not. Pure; canvas highlights with it. */
  planConnection(from: NodeId, to: NodeId): ConnectionPlan
  /** Joins two nodes by a channel of this kind, or in the first way that fits; a refusal becomes a notice and null is returned. */
  connect(from: NodeId, to: NodeId, type?: string): ChannelId | null
  setTitle(title: string): void
  setSeed(seed: number): void
  /** Replaces the whole document as one undoable step, and loads a new run. */
  open(topology: Topology, options?: { readonly title?: string; readonly play?: boolean; readonly journal?: readonly JournalEntry[] }): void
  // topologies that this browser keeps
  keptTopologies(): Promise<readonly KeptTopology[]>
  /** Opens one in place of what is here, which stays kept; one that another tab has open is opened as a copy, and that is told. */
  openKept(id: string): Promise<void>
  duplicateKept(id: string): Promise<void>
  /** A notice offers to take it back. */
  deleteKept(id: string): Promise<void>
  // files and links
  saveFile(): void
  /** RabbitMQ definitions of one broker of the topology, as text; refused with every place that RabbitMQ would refuse. */
  definitionsOf(broker: NodeId): Promise<Outcome<WrittenDefinitions>>
  /** Hands a text to the browser as a file. */
  download(text: string, name: string, type?: string): void
  /** Reads .relay.json files and RabbitMQ exports; opens the import dialog where there is something to choose. */
  openFiles(files: readonly File[]): Promise<void>
  readImport(text: string, name: string): Promise<Outcome<ImportPlan>>
  applyImport(plan: ImportPlan, options: { readonly withApplications: boolean; readonly mode: 'replace' | 'add' }): void
  shareLink(options: { readonly journal: boolean; readonly viewport: boolean }): Promise<string>
  openLink(link: string): Promise<Outcome<Topology>>
  // session
  select(selection: Selection): void
  /** Shows a message in the inspector: its envelope, why it is where it is, and its story. */
  openMessage(message: MessageAddress): void
  /** The same for the n-th of what a node holds, from the head. */
  openMessageAt(node: NodeId, place: number): Promise<void>
  closeMessage(): void
  /** Selects a node on the canvas without closing the message that is shown. */
  locate(node: NodeId): void
  /** Shows a message that crossed between two nodes: in the inspector, and where on the canvas. */
  showCrossing(crossing: Pick<Crossing, 'identity' | 'from' | 'to'>): void
  /** Selects the part that a problem is in. */
  showProblem(problem: Problem): void
  setTheme(theme: SessionState['theme']): void
  patchSession(patch: Partial<SessionState>): void
  /** Returns the notice's id. */
  notify(tone: Notice['tone'], says: string, action?: Notice['action']): number
  dismiss(notice: number): void
  /** Read out politely by the live region, not shown. */
  announce(says: string): void
  // watching
  /** The run is to pause when this happens. One that there is already is turned on. */
  addBreakpoint(when: Condition, options?: { readonly once?: boolean }): void
  changeBreakpoint(id: string, changes: Partial<Omit<Breakpoint, 'id'>>): void
  /** A notice offers to put them back. */
  removeBreakpoints(ids: readonly string[]): void
  /** Facts of the run in words, filtered where they are. */
  log(query: LogQuery): Promise<LogPage>
  whereabouts(message: MessageAddress): Promise<Whereabouts | null>
  /** The camera goes along with a message from now on; with null it stays where it is. */
  follow(message: MessageAddress | null): void
  // run
  play(): void
  pause(): void
  toggle(): void
  /** Pauses and goes on by one event, one hop or one message; what came of it is announced. */
  step(stride: Stride): Promise<void>
  reset(): Promise<void>
  setSpeed(speed: Speed): void
  fault(fault: Fault): Promise<void>
  send(node: NodeId, template?: Config): Promise<void>
  nodeDetail(id: NodeId, page?: { readonly from: number; readonly limit: number }): Promise<NodeDetail | null>
  channelDetail(id: ChannelId): Promise<ChannelDetail | null>
  message(handle: number): Promise<MessageRow | null>
  story(message: MessageAddress): Promise<MessageStory | null>
  /** Copies that died lately, newest first; of one node, or of all. */
  dead(filter: { readonly node?: NodeId; readonly limit: number }): Promise<readonly MessageRow[]>
  trace(filter: TraceFilter): Promise<readonly TraceRow[]>
  /** What a node would say first with this config; the run on the screen knows nothing of it. */
  rehearse(node: NodeId, config: Config): Promise<Rehearsal>
  journal(): Promise<readonly JournalEntry[]>
  /** Runs the history once more, beside the run, and tells a stretch of it; null when `who` has asked for something else meanwhile. */
  sequence(who: string, ask: SequenceAsk): Promise<Sequence | null>
  /** How far on the way to what `who` asked for, from 0 to 1. */
  sequenceProgress(who: string): Promise<number>
  /** Nothing more is asked by `who`. */
  endSequence(who: string): void
  digest(): string
  /** Runs at full speed to this time, then pauses. */
  runUntil(untilNs: number): Promise<{ readonly digest: string; readonly events: number }>
  /** Gives the render worker's port to the simulation worker; it sends hops there from then on. */
  attachStage(port: MessagePort): void
}

export interface KeptTopology {
  readonly id: string
  readonly title: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly nodes: number
  readonly channels: number
  /** In which tab it is open. */
  readonly open: 'here' | 'elsewhere' | 'nowhere'
}

export type ConnectionPlan =
  /** At least one way; the first is what most people mean. */
  | { readonly ok: true; readonly ways: readonly ConnectionWay[] }
  | { readonly ok: false; readonly says: string }

/** A channel kind that would join two nodes. */
export interface ConnectionWay {
  readonly type: string
  readonly from: NodeId
  readonly to: NodeId
  readonly title: string
  readonly summary: string
  /** "ZeroMQ": where applications can talk over several systems. */
  readonly family: string
}

/** What an import would bring: read, laid out, nothing applied yet. */
export interface ImportPlan {
  readonly kind: 'relay' | 'rabbitmq'
  readonly title: string
  /** The imported parts alone. */
  readonly topology: Topology
  /** The same with a plausible producer per source exchange and a consumer per queue. */
  readonly runnable: Topology
  readonly counts: readonly { readonly what: string; readonly count: number }[]
  /** What holds besides, as a sentence each: policies that are applied. */
  readonly applied: readonly string[]
  /** Kept but not simulated, dropped, or worth knowing; one sentence each with its place. */
  readonly problems: readonly Problem[]
  readonly journal?: readonly JournalEntry[]
}
