import * as F from '../contract/figures.ts'
import { DISCARD_REASONS, type LedgerFigures } from '../contract/ledger.ts'
import type { Mark } from '../contract/mark.ts'
import type { Problem } from '../topology/problem.ts'
import type { FiguresPull, FiguresPush, Hit } from '../worker/api.ts'
import type { ChannelFigures, EarlierRun, FiguresFeed, NodeFigures, ProbeFigures, Series } from './app.ts'
import type { RunIdentity } from './earlier-runs.ts'
import { lagAt, readLog } from './log-figures.ts'
import { CloseUp } from './close-up.ts'
import { RateWindow, type Newest } from './rate-window.ts'
import { SeriesKeeper } from './series.ts'

/** Ten times a second, but the whole less often the more there is: a thousand nodes are megabytes a second. In between there are close-ups of what is looked at; what is painted from afar gets its figures elsewhere (contract/glances). */
const PULL_MS = 100
const NUMBERS_A_PULL = 40_000
/** Of so many pulls at most, one is of the whole. */
const PULLS_A_WHOLE = 5
const QUEUE_FULL = DISCARD_REASONS.indexOf('queue full')

const NO_LOG = {}

export const NO_LEDGER: LedgerFigures = { published: 0, copied: 0, cameIn: 0, wentOut: 0, onWire: 0, waiting: 0, unacknowledged: 0, processed: 0, retained: 0, discarded: DISCARD_REASONS.map(() => 0), deadLettered: 0, redelivered: 0 }

/** Pulls figures over a raw port: ten times a second while running, and once after each step or input; latest wins. */
export class PulledFigures implements FiguresFeed {
  readonly #port: MessagePort
  readonly #onMarks: (marks: readonly Mark[]) => void
  readonly #onLayout: (layout: F.FiguresLayout) => void
  readonly #onEnd: (why: number) => void
  readonly #onTroubles: (troubles: readonly Problem[]) => void
  readonly #onHits: (hits: readonly Hit[]) => void
  readonly #listeners = new Set<() => void>()
  readonly #window = new RateWindow()
  readonly #series = new SeriesKeeper()
  #layout: F.FiguresLayout = { version: -1, length: F.FIGURES_HEAD, nodes: [], channels: [], ways: [] }
  /** By id: where nodes and channels stand in the lists of the layout. */
  #places = new Map<string, number>()
  /** Where the depth of each queue stands in a frame. */
  #depths: readonly { readonly id: string; readonly at: number }[] = []
  #names: readonly string[] = []
  #channelPlaces = new Map<string, number>()
  #frame: Float64Array<ArrayBuffer> = new Float64Array(F.FIGURES_HEAD)
  #spare: ArrayBuffer | null = null
  readonly #closeUp = new CloseUp()
  #closeUpSpare: ArrayBuffer | null = null
  #ticks = 0
  #ledger = NO_LEDGER
  #version = 0
  #running = false
  #pulling = false
  #again = false
  /** Who waits for the answer to the pull under way, and who for one that is asked for after it. */
  #waiting: (() => void)[] = []
  #waitingNext: (() => void)[] = []
  #timer: ReturnType<typeof setInterval> | null = null
  readonly #nodeCache = new Map<string, { version: number; figures: NodeFigures }>()

  constructor(port: MessagePort, options: { onMarks: (marks: readonly Mark[]) => void; onLayout: (layout: F.FiguresLayout) => void; onEnd: (why: number) => void; onTroubles: (troubles: readonly Problem[]) => void; onHits: (hits: readonly Hit[]) => void }) {
    this.#port = port
    this.#onMarks = options.onMarks
    this.#onLayout = options.onLayout
    this.#onEnd = options.onEnd
    this.#onTroubles = options.onTroubles
    this.#onHits = options.onHits
    port.onmessage = (event: MessageEvent<FiguresPush>) => this.#take(event.data)
  }

  /** Running: pull regularly. Otherwise only on demand. */
  setRunning(running: boolean): void {
    if (running === this.#running) return
    this.#running = running
    this.#keepPace()
    this.pull()
  }

  #keepPace(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = this.#running ? setInterval(() => this.#tick(), PULL_MS) : null
  }

  #tick(): void {
    this.#ticks += 1
    const seen = this.#closeUp.seen(this.#layout, NUMBERS_A_PULL)
    if (this.#ticks % Math.min(PULLS_A_WHOLE, Math.ceil(this.#layout.length / NUMBERS_A_PULL)) === 0) this.pull()
    else if (seen && !this.#pulling) {
      this.#ask(this.#closeUpSpare, seen)
      this.#closeUpSpare = null
    }
  }

  /** Pulls the whole. */
  pull(): void {
    if (this.#pulling) {
      this.#again = true
      return
    }
    this.#waiting = this.#waitingNext
    this.#waitingNext = []
    this.#ask(this.#spare)
    this.#spare = null
  }

  #ask(buffer: ArrayBuffer | null, seen?: F.Seen): void {
    this.#pulling = true
    const pull: FiguresPull = { kind: 'pull', buffer, ...(seen ? { seen } : {}) }
    this.#port.postMessage(pull, buffer ? [buffer] : [])
  }

  /** Resolves with figures of this moment or later: a pull that is under way may have been answered before. */
  fresh(): Promise<void> {
    return new Promise(resolve => {
      this.#waitingNext.push(resolve)
      this.pull()
    })
  }

  /** Rates and series begin anew; told which run begins, it keeps the series of the one before. */
  restart(begins?: RunIdentity): void {
    this.#window.clear()
    this.#series.clear(begins)
    this.#nodeCache.clear()
    this.#closeUp.drop()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  version(): number {
    return this.#version
  }
  head(): Float64Array {
    return this.#closeUp.frame() ?? this.#frame
  }
  layout(): F.FiguresLayout {
    return this.#layout
  }
  ledger(): LedgerFigures {
    return this.#ledger
  }
  nowNs(): number {
    return this.head()[F.HEAD_NOW_NS]!
  }
  series(): Series {
    return this.#series.series()
  }

  earlier(): readonly EarlierRun[] {
    return this.#series.earlier()
  }

  node(id: string): NodeFigures | undefined {
    const place = this.#places.get(id)
    if (place === undefined) return undefined
    const newest = this.#closeUp.node(place)
    const cached = this.#nodeCache.get(id)
    if (cached?.version === this.#version) return cached.figures
    const figures = this.#readNode(this.#layout.nodes[place]!, newest ?? { frame: this.#frame, shift: 0 })
    this.#nodeCache.set(id, { version: this.#version, figures })
    return figures
  }

  channel(id: string): ChannelFigures | undefined {
    const place = this.#channelPlaces.get(id)
    if (place === undefined) return undefined
    const newest = this.#closeUp.channel(place) ?? { frame: this.#frame, shift: 0 }
    const { frame, shift } = newest
    const { offset } = this.#layout.channels[place]!
    const at = offset + shift
    const state = frame[at + F.CHANNEL_STATE]
    return {
      state: state === F.CHANNEL_CUT ? 'cut' : state === F.CHANNEL_CLOSED ? 'closed' : 'open',
      sinceNs: frame[at + F.CHANNEL_SINCE_NS]!,
      rate: this.#window.rate(offset + F.CHANNEL_FORWARD, newest) + this.#window.rate(offset + F.CHANNEL_BACKWARD, newest),
      inFlight: frame[at + F.CHANNEL_IN_FLIGHT]!,
      total: frame[at + F.CHANNEL_FORWARD]! + frame[at + F.CHANNEL_BACKWARD]!,
      lost: frame[at + F.CHANNEL_LOST]!,
      resent: frame[at + F.CHANNEL_RESENT]!,
    }
  }

  growing(): readonly string[] {
    const grown = this.#depths.filter(({ at }) => this.#window.isGrowing(at)).map(({ id }) => id)
    const over = this.#layout.nodes.filter(({ offset }) => this.#window.rate(offset + F.NODE_REASONS + QUEUE_FULL) > 0).map(({ id }) => id)
    return [...new Set([...grown, ...over])]
  }

  #take(push: FiguresPush): void {
    this.#pulling = false
    const head = new Float64Array(push.buffer, 0, F.FIGURES_HEAD)
    if (push.seen && head[F.HEAD_NOW_NS]! < this.nowNs()) this.restart()
    if (push.seen) {
      this.#closeUpSpare = this.#closeUp.frame()?.buffer as ArrayBuffer | undefined ?? null
      this.#closeUp.take(push.buffer, push.seen, this.#layout)
    } else this.#takeWhole(push)
    this.#ledger = push.ledger
    if (push.names) this.#names = push.names
    this.#version += 1
    if (push.marks.length > 0) this.#onMarks(push.marks)
    if (push.troubles) this.#onTroubles(push.troubles)
    if (head[F.HEAD_ENDED] !== 0) this.#onEnd(head[F.HEAD_ENDED]!)
    if (push.hits) this.#onHits(push.hits)
    if (!push.seen) this.#series.sample(this.#frame, this.#window)
    for (const listener of this.#listeners) listener()
    for (const resolve of push.seen ? [] : this.#waiting.splice(0)) resolve()
    if (this.#again) {
      this.#again = false
      this.pull()
    }
  }

  #takeWhole({ buffer, layout }: FiguresPush): void {
    const { length } = layout ?? this.#layout
    const frame = new Float64Array(buffer, 0, Math.min(length, buffer.byteLength / 8))
    if (layout) this.#relayout(layout, frame)
    if (frame[F.HEAD_NOW_NS]! < this.nowNs()) this.restart()
    this.#closeUp.drop()
    this.#frame = frame
    this.#spare = this.#window.push(frame)?.buffer ?? null
  }

  #relayout(layout: F.FiguresLayout, present: Float64Array<ArrayBuffer>): void {
    this.#window.relayout(this.#layout, layout, present)
    this.#layout = layout
    this.#places = new Map(layout.nodes.map(({ id }, place) => [id, place]))
    this.#channelPlaces = new Map(layout.channels.map(({ id }, place) => [id, place]))
    this.#closeUp.forget()
    this.#series.relayout(layout)
    this.#depths = layout.nodes.flatMap(node => {
      const at = depthAt(node)
      return at === undefined ? [] : [{ id: node.id, at }]
    })
    this.#nodeCache.clear()
    this.#onLayout(layout)
  }

  #readNode(place: F.NodeLayout, newest: Newest): NodeFigures {
    const { frame, shift } = newest
    const at = place.offset + shift
    const state = frame[at + F.NODE_STATE]
    const tube: number[] = []
    for (let n = 0; n < F.TUBE_LOOKS; n += 1) {
      const look = frame[at + F.NODE_TUBE + n]!
      if (look >= 0) tube.push(look)
    }
    const probes: Record<string, ProbeFigures> = {}
    for (const probe of place.probes) probes[probe.id] = this.#readProbe(probe, newest)
    const rate = (slot: number): number => this.#window.rate(place.offset + slot, newest)
    const flow = (slot: number): number => rate(F.NODE_LEDGER + slot)
    return {
      state: state === F.STATE_DOWN ? 'down' : state === F.STATE_ABSENT ? 'absent' : 'up',
      sinceNs: frame[at + F.NODE_SINCE_NS]!,
      ledger: readLedger(frame, at + F.NODE_LEDGER, at + F.NODE_REASONS),
      tubeCount: frame[at + F.NODE_TUBE_COUNT]!,
      tube,
      probes,
      inRate: flow(0) + flow(2),
      outRate: flow(3) + flow(7) + flow(9),
      growing: this.#isGrowing(place),
      overflowRate: rate(F.NODE_REASONS + QUEUE_FULL),
      ...(place.log === undefined ? NO_LOG : readLog(frame, place.log + shift, this.#names)),
    }
  }

  #readProbe(probe: F.NodeLayout['probes'][number], newest: Newest): ProbeFigures {
    const { frame, shift } = newest
    const at = probe.offset + shift
    switch (probe.kind) {
      case 'counter':
        return { kind: 'counter', total: frame[at]!, rate: this.#window.rate(probe.offset, newest) }
      case 'level':
        return { kind: 'level', now: frame[at + F.LEVEL_NOW]!, mean: frame[at + F.LEVEL_MEAN]!, highest: frame[at + F.LEVEL_HIGHEST]!, lately: this.#window.levelMean(probe.offset, newest) }
      case 'duration':
        return {
          kind: 'duration',
          count: frame[at + F.DURATION_COUNT]!,
          meanNs: frame[at + F.DURATION_MEAN]!,
          p50Ns: frame[at + F.DURATION_P50]!,
          p95Ns: frame[at + F.DURATION_P95]!,
          p99Ns: frame[at + F.DURATION_P99]!,
          lateP50Ns: frame[at + F.DURATION_LATE_P50]!,
          lateP95Ns: frame[at + F.DURATION_LATE_P95]!,
          lateP99Ns: frame[at + F.DURATION_LATE_P99]!,
        }
    }
  }

  #isGrowing(place: F.NodeLayout): boolean {
    const at = depthAt(place)
    return at !== undefined && this.#window.isGrowing(at)
  }
}

/** What grows without bound when there is trouble: what waits in a queue; of a log, which may well grow, what its slowest reader has not had. */
function depthAt({ log, probes }: F.NodeLayout): number | undefined {
  return log === undefined ? probes.find(probe => probe.id === 'ready')?.offset : lagAt(log)
}

function readLedger(frame: Float64Array, at: number, reasonsAt: number): LedgerFigures {
  return {
    published: frame[at]!,
    copied: frame[at + 1]!,
    cameIn: frame[at + 2]!,
    wentOut: frame[at + 3]!,
    onWire: frame[at + 4]!,
    waiting: frame[at + 5]!,
    unacknowledged: frame[at + 6]!,
    processed: frame[at + 7]!,
    retained: frame[at + 8]!,
    discarded: DISCARD_REASONS.map((_, reason) => frame[reasonsAt + reason]!),
    deadLettered: frame[at + 10]!,
    redelivered: frame[at + 11]!,
  }
}
