import type { Breakpoint, Hit, StepEnd, Stride } from '../contract/breakpoint.ts'
import type { LogPage, LogQuery, Whereabouts } from '../contract/fact-log.ts'
import type { DiscardReason, LedgerFigures } from '../contract/ledger.ts'
import type { FiguresLayout, Seen } from '../contract/figures.ts'
import type { JournalEntry, LiveInput } from '../contract/input.ts'
import type { Mark } from '../contract/mark.ts'
import type { Rehearsal } from '../contract/rehearsal.ts'
import type { History, Sequence, SequenceAsk } from '../contract/sequence.ts'
import type { MessageRow, MessageStory } from '../contract/story.ts'
import type { ChannelId, NodeId, Topology } from '../topology/document.ts'
import type { Problem } from '../topology/problem.ts'

/** Simulated seconds per wall second: 0.01 to 1000, or as fast as the machine can. */
export type Speed = number | 'max'
export const SPEED_MIN = 0.01
export const SPEED_MAX = 1000

export interface LoadReport {
  readonly layout: FiguresLayout
  readonly problems: readonly Problem[]
}

export interface InputReport extends LoadReport {
  /** The journal entry that was written, with the time at which it takes effect. */
  readonly entry: JournalEntry
}

export type { Breakpoint, Condition, Hit, PacketVerb, StepEnd, Stride } from '../contract/breakpoint.ts'
export type { FactField, FactRow, FactTerm, LogPage, LogQuery, Whereabouts } from '../contract/fact-log.ts'
export type { Mark } from '../contract/mark.ts'
export type { RehearsedMessage, Rehearsal } from '../contract/rehearsal.ts'
export type { Answer, AnswerGround, CopyStory, MessageAddress, MessageRow, MessageStory, StoryStep } from '../contract/story.ts'

/** What the page asks of the simulation worker, over comlink. Every call answers within 50 ms, also at full speed. */
export interface SimulationApi {
  /** Starts a new run, paused at time 0. Earlier state is gone. A journal is replayed as time reaches its entries. */
  load(topology: Topology, journal?: readonly JournalEntry[]): LoadReport
  play(): void
  pause(): void
  setSpeed(speed: Speed): void
  /**
   * Pauses, and goes on to the end of one stride, at full speed: an event that states a fact (control packets before it included), a packet with a
   * message that departs or arrives, or a message that is done. Null when nothing came of it: nothing is left to happen, or another command came between.
   */
  step(stride: Stride): Promise<StepEnd | null>
  /** Replaces what runs stop at, the present one and those to come. A run that stopped is told with the figures. */
  watch(breakpoints: readonly Breakpoint[]): void
  /** Back to time 0 with the present topology and seed; the journal is emptied. */
  reset(): LoadReport
  /** Runs to this time at full speed, then pauses. For tests, links that carry a moment, and "skip to". */
  runUntil(untilNs: number): Promise<RunReport>
  input(live: LiveInput): Promise<InputReport>
  journal(): readonly JournalEntry[]
  /** What the present run is a function of, up to now; without the topology and the journal when nothing of them has changed since `known`. */
  history(known: HistoryMark | null): HistoryReport
  node(id: NodeId, page?: { readonly from: number; readonly limit: number }): NodeDetail | null
  channel(id: ChannelId): ChannelDetail | null
  /** One message by its copy handle; null when the copy has ended and its record was reused. */
  message(handle: number): MessageRow | null
  /** All that is known of a message, by its identity; `handle` is the copy that was picked, 0 for none. Null when nothing is known any more. */
  story(identity: string, handle: number): MessageStory | null
  /** Copies that died lately, newest first; of one node, or of all. */
  dead(filter: { readonly node?: NodeId; readonly limit: number }): readonly MessageRow[]
  /** The run's facts in words, as far as the trace has them. */
  log(query: LogQuery): LogPage
  /** Where a message is now, by its identity and the copy that is followed (0: any). Null when nothing is known of it. */
  whereabouts(identity: string, handle: number): Whereabouts | null
  /** The newest facts, oldest first. */
  trace(filter: TraceFilter): readonly TraceRow[]
  ledger(): LedgerFigures
  /** What a node of this topology would say first, in a run of its own beside the present one. */
  rehearse(topology: Topology, node: NodeId): Rehearsal
  /** Hops go out of this port from now on (see contract/hops). */
  attachStage(port: MessagePort): void
  /** Figures are pulled over this port: page posts FiguresPull, worker answers FiguresPush. */
  attachFigures(port: MessagePort): void
}

/** Which run, and how many inputs of it. */
export interface HistoryMark {
  readonly run: number
  readonly inputs: number
}
export interface HistoryReport extends HistoryMark {
  readonly nowNs: number
  readonly events: number
  readonly changed: History | null
}

/** What the page asks of the worker that runs the history once more: any stretch of it, told as crossings and facts. */
export interface RerunApi {
  tell(history: History): void
  /** Null when `who` has asked for something else meanwhile. `nowNs` is how far the watched run has come. */
  record(who: string, nowNs: number, ask: SequenceAsk): Promise<Sequence | null>
  /** How far on the way to what `who` asked for, from 0 to 1. */
  progress(who: string): number
  /** Forgets what was run for `who`. */
  end(who: string): void
}

/** `seen`: only these are wanted, a close-up; without it, everything. */
export type FiguresPull = { readonly kind: 'pull'; readonly buffer: ArrayBuffer | null; readonly seen?: Seen }
/**
 * `layoutVersion` is also in the head; when it differs from the page's layout, `layout` is sent along. So are the run's troubles when they have changed, and, once, what the run stopped at.
 * `names`: of cursors, by the number that stands for each in the figures; told again when there are more.
 * `seen`: a close-up of these; an answer is whole when the layout has changed since they were asked for.
 */
export type FiguresPush = { readonly kind: 'figures'; readonly buffer: ArrayBuffer; readonly seen?: Seen; readonly layout?: FiguresLayout; readonly ledger: LedgerFigures; readonly marks: readonly Mark[]; readonly hits?: readonly Hit[]; readonly troubles?: readonly Problem[]; readonly names?: readonly string[] }

export interface RunReport {
  readonly nowNs: number
  readonly events: number
  /** 16 hexadecimal digits. */
  readonly digest: string
}

export interface NodeDetail {
  readonly id: NodeId
  readonly state: 'up' | 'down' | 'absent'
  readonly sinceNs: number
  readonly ledger: LedgerFigures
  /** Waiting messages from the head, then those handed out and not settled; `total` counts both. */
  readonly messages: readonly MessageRow[]
  readonly total: number
  /** Short facts in the system's words: "Consumers: 2 of 3", "Declared by chat server 8080". */
  readonly notes: readonly string[]
}

export interface ChannelDetail {
  readonly id: ChannelId
  readonly state: 'open' | 'cut' | 'closed'
  readonly sinceNs: number
  readonly inFlight: number
  /** Messages on the wire: of each way the next to arrive. */
  readonly messages: readonly MessageRow[]
}

export interface TraceRow {
  readonly atNs: number
  readonly node: NodeId
  /** 'published', 'routed', 'enqueued', 'delivered', 'acknowledged', 'discarded', 'crashed' … */
  readonly verb: string
  readonly message: string | null
  readonly reason: DiscardReason | null
  readonly says: string
}

export interface TraceFilter {
  readonly node?: NodeId
  readonly message?: string
  readonly limit: number
}
