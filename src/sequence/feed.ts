import { app } from '../app/current.ts'
import type { Sequence } from '../contract/sequence.ts'
import { nextAsk } from './range.ts'
import { begin, finish, sequenceStore } from './sequence-store.ts'
import { newest, stretchFor, type View } from './time.ts'

/** Who asks: the view; the inspector asks for itself. */
const WHO = 'view'
/** A view that goes along is told anew at most so often. */
const AGAIN_MS = 400
const PROGRESS_MS = 200
/** About so many crossings are seen at first. */
const FIRST_CROSSINGS = 40

/** Keeps the store's stretch in step with what is looked at, for as long as the view is open. */
export class Feed {
  #asked: View | null = null
  #busy = false
  #answeredMs = 0
  #again: ReturnType<typeof setTimeout> | null = null
  #watch: ReturnType<typeof setInterval> | null = null
  #nowNs = app().figures.nowNs()
  readonly #stops: readonly (() => void)[]

  constructor() {
    const spanNs = stretchFor(rate(), FIRST_CROSSINGS)
    begin({ spanNs, view: newest(spanNs, this.#nowNs) })
    this.#stops = [app().figures.subscribe(() => this.#onFigures()), sequenceStore.subscribe(() => this.#check())]
    this.#check()
  }

  stop(): void {
    for (const stop of this.#stops) stop()
    if (this.#again !== null) clearTimeout(this.#again)
    if (this.#watch !== null) clearInterval(this.#watch)
    app().commands.endSequence(WHO)
    finish()
  }

  #onFigures(): void {
    const before = this.#nowNs
    this.#nowNs = app().figures.nowNs()
    // Another run, or this one from its start: nothing that was told holds.
    if (this.#nowNs < before) {
      this.#asked = null
      // Nor is anything waited for that was asked of the other.
      this.#busy = false
      sequenceStore.setState({ sequence: null, active: null, follow: true })
    }
    this.#check()
  }

  #check(): void {
    const { view, follow, spanNs, sequence } = sequenceStore.getState()
    const range = nextAsk({ view, follow, spanNs, nowNs: this.#nowNs, asked: this.#asked, busy: this.#busy, toldFromNs: sequence?.fromNs ?? 0 })
    if (range === null) return follow && !this.#busy ? this.#moveAlong(spanNs, view) : undefined
    const isGrowing = sequence !== null && (follow || view.toNs > this.#nowNs)
    const waitMs = isGrowing ? this.#answeredMs + AGAIN_MS - performance.now() : 0
    if (waitMs <= 0) void this.#ask(range)
    else
      this.#again ??= setTimeout(() => {
        this.#again = null
        this.#check()
      }, waitMs)
  }

  /** What is newest has been told already: it is looked at. */
  #moveAlong(spanNs: number, { fromNs, toNs }: View): void {
    const view = newest(spanNs, this.#nowNs)
    if (view.fromNs !== fromNs || view.toNs !== toNs) sequenceStore.setState({ view })
  }

  async #ask(range: View): Promise<void> {
    this.#asked = range
    this.#busy = true
    this.#watch ??= setInterval(() => void app().commands.sequenceProgress(WHO).then(progress => this.#watch !== null && sequenceStore.setState({ progress })), PROGRESS_MS)
    const answer = await app().commands.sequence(WHO, { ...range, message: null }).catch((): 'failed' => 'failed')
    // Something else was asked for meanwhile: its answer is the one to wait for.
    if (this.#asked !== range || answer === null) return
    this.#busy = false
    this.#answeredMs = performance.now()
    if (this.#watch !== null) clearInterval(this.#watch)
    this.#watch = null
    // Going along, the view moves when there is something to see there.
    const { follow, spanNs } = sequenceStore.getState()
    sequenceStore.setState({ progress: null, ...told(answer), ...(follow ? { view: newest(spanNs, range.toNs) } : {}) })
  }
}

function told(answer: Sequence | 'failed'): { readonly failed: boolean; readonly sequence?: Sequence } {
  return answer === 'failed' ? { failed: true } : { failed: false, sequence: answer }
}

/** Messages that cross a second, lately. */
function rate(): number {
  const { figures, document } = app()
  return document.getState().topology.channels.reduce((sum, channel) => sum + (figures.channel(channel.id)?.rate ?? 0), 0)
}
