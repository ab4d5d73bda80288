import type { Fault, JournalEntry } from '../contract/input.ts'
import type { Crossing, Sequence, SequenceAsk } from '../contract/sequence.ts'
import type { WrittenDefinitions } from '../formats/rabbitmq/write-definitions.ts'
import type { ChannelId, Config, NodeId, Point, Topology } from '../topology/document.ts'
import type { Edit, Place } from '../topology/edit.ts'
import type { Outcome, Problem } from '../topology/problem.ts'
import type { Breakpoint, ChannelDetail, Condition, LogPage, LogQuery, MessageAddress, MessageRow, MessageStory, NodeDetail, Rehearsal, Speed, Stride, TraceFilter, TraceRow, Whereabouts } from '../worker/api.ts'
import type { Notice, Selection, SessionState } from './app.ts'
import type { Arrangement } from './arrange.ts'

/** Everything that can be done; menus, keys, palette and tests call the same. */
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
  runUntil(untilNs: number): Promise<{ readonly nowNs: number; readonly digest: string; readonly events: number }>
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
