import type { Breakpoint, Hit, StepEnd, Stride } from '../contract/breakpoint.ts'
import type { LogPage, LogQuery, Whereabouts } from '../contract/fact-log.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { JournalEntry, LiveInput } from '../contract/input.ts'
import { closeUpNumbers, type FiguresLayout } from '../contract/figures.ts'
import type { StageReply } from '../contract/hops.ts'
import type { ModelCatalogue } from '../contract/model.ts'
import { readLog } from '../engine/fact-log.ts'
import type { Rehearsal } from '../contract/rehearsal.ts'
import { figuresLayout, writeCloseUp, writeFigures } from '../engine/figures.ts'
import { glanceSize, writeGlances } from '../engine/glances.ts'
import { HopSink } from '../engine/hop-sink.ts'
import { describeCopy, describeDead, describeFact, describeNode, identityOf } from '../engine/inspect.ts'
import { createRun, type Run } from '../engine/run.ts'
import { rehearse } from '../engine/rehearsal.ts'
import { storyOf } from '../engine/story.ts'
import { whereaboutsOf } from '../engine/whereabouts.ts'
import { emptyTopology, type ChannelId, type NodeId, type Topology } from '../topology/document.ts'
import type { ChannelDetail, FiguresPull, FiguresPush, HistoryMark, HistoryReport, InputReport, LoadReport, MessageRow, MessageStory, NodeDetail, RunReport, SimulationApi, Speed, TraceFilter, TraceRow } from './api.ts'
import { breathe } from './breathe.ts'
import { Pacer } from './pacer.ts'

const PAGE = { from: 0, limit: 50 }
/** Messages of a channel that are told, each way. */
const IN_FLIGHT_TOLD = 5
/** What a step waits for and hasn't met after so many events lies too far ahead to be waited for: a few seconds. */
const STEP_EVENTS_MAX = 2_000_000
/** A synchronous stretch while running to a time; commands are answered in between. */
const STRETCH_EVENTS = 50_000
/** The painter gets figures ten times a second, as the page does. */
const GLANCE_MS = 100

/** The simulation worker's side of the API: one run at a time, paced, with hops and figures going out. */
export class Simulation implements SimulationApi {
  readonly #catalogue: Catalogue
  readonly #models: ModelCatalogue
  readonly #pacer: Pacer
  #run: Run
  /** What the run began with, and how many were begun. */
  #began: Topology
  #runs = 0
  #layout: FiguresLayout
  #layoutVersion = 0
  #sentLayout = -1
  #sentNames = 0
  #sentProblems = 0
  #sentTroubles = -1
  #stage: MessagePort | null = null
  #figures: MessagePort | null = null
  #hops: HopSink | null = null
  #glancedMs = 0
  #inputs: Promise<void> = Promise.resolve()
  #breakpoints: readonly Breakpoint[] = []
  /** What the run stopped at, until the page has been told. */
  #hits: readonly Hit[] = []
  /** Grows with each command that moves the run: a step that takes long is over then. */
  #moves = 0

  constructor(catalogue: Catalogue, models: ModelCatalogue) {
    this.#catalogue = catalogue
    this.#models = models
    this.#pacer = new Pacer(() => this.#afterSlice())
    this.#began = emptyTopology()
    this.#run = createRun({ topology: this.#began, catalogue, models })
    this.#layout = figuresLayout(this.#run, this.#layoutVersion)
  }

  load(topology: Topology, journal: readonly JournalEntry[] = []): LoadReport {
    this.#halt()
    this.#hits = []
    this.#runs += 1
    this.#hops?.clear()
    this.#run = createRun({ topology, catalogue: this.#catalogue, models: this.#models, journal })
    this.#began = topology
    this.#run.core.hops = this.#hops
    this.#run.watch(this.#breakpoints)
    this.#pacer.attach(this.#run)
    this.#sentProblems = 0
    this.#sentTroubles = -1
    this.#relayout()
    this.#tellClock()
    this.#glance(performance.now())
    return this.#report()
  }

  play(): void {
    this.#moves += 1
    this.#pacer.play()
    this.#tellClock()
  }

  pause(): void {
    this.#halt()
    this.#tellClock()
  }

  setSpeed(speed: Speed): void {
    this.#pacer.setSpeed(speed)
    this.#tellClock()
  }

  async step(stride: Stride): Promise<StepEnd | null> {
    this.#halt()
    const run = this.#run
    const move = this.#moves
    run.beginStep(stride)
    let left = STEP_EVENTS_MAX
    while (run.proceed(Infinity, STRETCH_EVENTS) === 'budget' && (left -= STRETCH_EVENTS) > 0) {
      await breathe()
      if (move !== this.#moves) break
    }
    const end = run.endStep()
    if (run === this.#run) this.#afterSlice()
    return end
  }

  watch(breakpoints: readonly Breakpoint[]): void {
    this.#breakpoints = breakpoints
    this.#run.watch(breakpoints)
  }

  reset(): LoadReport {
    return this.load(this.#run.topology)
  }

  async runUntil(untilNs: number): Promise<RunReport> {
    this.#halt()
    const run = this.#run
    while (run === this.#run && run.proceed(untilNs, STRETCH_EVENTS) === 'budget') await breathe()
    this.#afterSlice()
    return { nowNs: run.nowNs, events: run.events, digest: run.digest() }
  }

  /** Inputs come between instants, in the order they were given; a long instant is finished in stretches, so that other commands are answered. */
  input(live: LiveInput): Promise<InputReport> {
    const run = this.#run
    this.#inputs = this.#inputs.then(async () => {
      while (run === this.#run && run.advance(run.nowNs, STRETCH_EVENTS) === 'budget') await breathe()
    })
    return this.#inputs.then(() => this.#apply(run, live))
  }

  /** An input that was given to an earlier run is no input of this one: whoever loaded it began with the topology of after the edit. */
  #apply(run: Run, live: LiveInput): InputReport {
    if (run !== this.#run || run.end !== null) return { ...this.#report(), entry: { atNs: this.#run.nowNs, live } }
    const entry = this.#run.input(live)
    if (live.input === 'edit') this.#relayout()
    this.#afterSlice()
    return { ...this.#report(), entry }
  }

  journal(): readonly JournalEntry[] {
    return this.#run.journal
  }

  history(known: HistoryMark | null): HistoryReport {
    const { journal, nowNs, events } = this.#run
    const mark = { run: this.#runs, inputs: journal.length }
    const same = known !== null && known.run === mark.run && known.inputs === mark.inputs
    return { ...mark, nowNs, events, changed: same ? null : { run: this.#runs, topology: this.#began, journal, nowNs, events } }
  }

  node(id: NodeId, page = PAGE): NodeDetail | null {
    return describeNode(this.#run, id, page)
  }

  channel(id: ChannelId): ChannelDetail | null {
    const channel = this.#run.parts.channels.get(id)
    if (!channel) return null
    return { id, state: channel.cut ? 'cut' : channel.isOpen() ? 'open' : 'closed', sinceNs: channel.sinceNs, inFlight: channel.inFlight(), messages: channel.messages(IN_FLIGHT_TOLD).map(handle => describeCopy(this.#run, handle)).filter(row => row !== null) }
  }

  message(handle: number): MessageRow | null {
    return describeCopy(this.#run, handle)
  }

  story(identity: string, handle: number): MessageStory | null {
    return storyOf(this.#run, identity, handle)
  }

  dead(filter: { readonly node?: NodeId; readonly limit: number }): readonly MessageRow[] {
    return describeDead(this.#run, filter)
  }

  log(query: LogQuery): LogPage {
    return { ...readLog(this.#run, query), run: this.#runs }
  }

  whereabouts(identity: string, handle: number): Whereabouts | null {
    return whereaboutsOf(this.#run, identity, handle)
  }

  trace(filter: TraceFilter): readonly TraceRow[] {
    const run = this.#run
    const facts = run.core.trace.newest(filter.limit, fact => {
      if (filter.node !== undefined && run.parts.nodeList[fact.node]?.id !== filter.node) return false
      return filter.message === undefined || (fact.origin >= 0 && identityOf(run, fact.origin, fact.serial) === filter.message)
    })
    return facts.map(fact => describeFact(run, fact))
  }

  ledger() {
    return this.#run.ledger()
  }

  rehearse(topology: Topology, node: NodeId): Rehearsal {
    return rehearse(topology, node, { catalogue: this.#catalogue, models: this.#models })
  }

  attachStage(port: MessagePort): void {
    this.#stage?.close()
    this.#stage = port
    const hops = new HopSink((message, transfer) => port.postMessage(message, transfer))
    port.onmessage = (event: MessageEvent<StageReply>) => {
      hops.take(event.data)
      // At once: standing still, there is no slice to wait for.
      if (event.data.kind === 'glances') this.#glance(performance.now())
    }
    this.#hops = hops
    this.#run.core.hops = hops
    this.#tellClock()
  }

  attachFigures(port: MessagePort): void {
    this.#figures?.close()
    this.#figures = port
    this.#sentLayout = -1
    port.onmessage = (event: MessageEvent<FiguresPull>) => this.#answerPull(port, event.data)
  }

  #answerPull(port: MessagePort, pull: FiguresPull): void {
    const seen = this.#sentLayout === this.#layout.version ? pull.seen : undefined
    const numbers = seen ? closeUpNumbers(this.#layout, seen) : this.#layout.length
    const buffer = pull.buffer && pull.buffer.byteLength >= numbers * 8 ? pull.buffer : new ArrayBuffer(numbers * 8)
    const frame = new Float64Array(buffer, 0, numbers)
    let fits = true
    if (seen) writeCloseUp(this.#run, this.#layout, { seen, pace: this.#pacer }, frame)
    else fits = writeFigures(this.#run, this.#layout, this.#pacer, frame)
    const marks = this.#run.core.marks
    this.#run.core.marks = []
    const { version } = this.#run.core.troubles
    const hits = this.#hits
    this.#hits = []
    const { names } = this.#run.cursorNames
    const news = names.length > this.#sentNames || this.#sentLayout !== this.#layout.version
    const push: FiguresPush = { kind: 'figures', buffer, ...(seen ? { seen } : {}), ledger: this.#run.ledger(), marks, ...(hits.length === 0 ? {} : { hits }), ...(this.#sentLayout === this.#layout.version ? {} : { layout: this.#layout }), ...(this.#sentTroubles === version ? {} : { troubles: this.#run.troubles }), ...(news ? { names: [...names] } : {}) }
    this.#sentLayout = this.#layout.version
    this.#sentTroubles = version
    this.#sentNames = names.length
    port.postMessage(push, [buffer])
    // Something has become a log without an edit: it has its room from the next pull on.
    if (!fits) this.#relayout()
  }

  #relayout(): void {
    this.#layoutVersion += 1
    this.#layout = figuresLayout(this.#run, this.#layoutVersion)
  }

  #report(): LoadReport {
    const problems = this.#run.problems.slice(this.#sentProblems)
    this.#sentProblems = this.#run.problems.length
    return { layout: this.#layout, problems }
  }

  /** Stands still. */
  #halt(): void {
    this.#moves += 1
    this.#pacer.stop()
  }

  #afterSlice(): void {
    this.#stopAtHits()
    this.#hops?.flush()
    this.#tellClock()
    const nowMs = performance.now()
    // Standing still, whatever happened is shown at once: there may be no slice after this one.
    if (!this.#pacer.running || nowMs - this.#glancedMs >= GLANCE_MS) this.#glance(nowMs)
  }

  /** Also a live input can be what is watched for. */
  #stopAtHits(): void {
    const hits = this.#run.takeHits()
    if (hits.length === 0) return
    this.#halt()
    this.#hits = [...this.#hits, ...hits]
  }

  /** Figures of nodes and channels for the picture, straight to whoever paints it. */
  #glance(nowMs: number): void {
    this.#glancedMs = nowMs
    if (this.#hops?.wantsGlances !== true) return
    this.#hops.glances(glanceSize(this.#layout), out => writeGlances(this.#run, this.#layout, out))
  }

  #tellClock(): void {
    this.#hops?.clock(this.#run.nowNs, performance.timeOrigin + performance.now(), this.#pacer.pictureSpeed())
  }
}
