import * as F from '../contract/figures.ts'
import { DISCARD_REASONS, type LedgerFigures } from '../contract/ledger.ts'
import type { Mark } from '../contract/mark.ts'
import type { Problem } from '../topology/problem.ts'
import type { FiguresPull, FiguresPush, Hit } from '../worker/api.ts'
import { CloseUp } from './close-up.ts'
import type { RunIdentity } from './earlier-runs.ts'
import type { ChannelFigures, EarlierRun, FiguresFeed, NodeFigures, Series } from './figures.ts'
import { FiguresReader } from './figures-reader.ts'
import { RateWindow } from './rate-window.ts'
import { SeriesKeeper } from './series.ts'

/** Ten times a second, but the whole less often the more there is: a thousand nodes are megabytes a second. In between there are close-ups of what is looked at; what is painted from afar gets its figures elsewhere (contract/glances). */
const PULL_MS = 100
const NUMBERS_A_PULL = 40_000
/** Of so many pulls at most, one is of the whole. */
const PULLS_A_WHOLE = 5

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
  readonly #reader = new FiguresReader(this.#window)
  readonly #series = new SeriesKeeper()
  #layout: F.FiguresLayout = { version: -1, length: F.FIGURES_HEAD, nodes: [], channels: [], ways: [] }
  /** By id: where nodes and channels stand in the lists of the layout. */
  #places = new Map<string, number>()
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
    const figures = this.#reader.node(this.#layout.nodes[place]!, newest ?? { frame: this.#frame, shift: 0 }, this.#names)
    this.#nodeCache.set(id, { version: this.#version, figures })
    return figures
  }

  channel(id: string): ChannelFigures | undefined {
    const place = this.#channelPlaces.get(id)
    if (place === undefined) return undefined
    return this.#reader.channel(this.#layout.channels[place]!, this.#closeUp.channel(place) ?? { frame: this.#frame, shift: 0 })
  }

  growing(): readonly string[] {
    return this.#reader.growing()
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
    this.#reader.relayout(layout)
    this.#nodeCache.clear()
    this.#onLayout(layout)
  }
}
