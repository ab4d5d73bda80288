import type { Run } from '../engine/run.ts'
import type { Speed } from './api.ts'

/** Wall time one slice may take: commands wait at most this long, and the picture trails by at most one slice. */
const SLICE_MS = 10
/** How long to rest between slices when there is nothing to catch up with. */
const REST_MS = 8
/** The clock gives up what it can't catch up beyond this much wall time, and says the speed it reached. */
const LAG_MS_MAX = 100
/** Events between two looks at the wall clock, which are to be about so far apart. */
const EVENTS_A_LOOK = 512
const EVENTS_A_LOOK_MAX = 1_048_576
const LOOK_MS = 2
const RATE_WINDOW_MS = 500

/** Advances a run in slices at a chosen speed. Pacing is not physics: it changes when things are computed, never what. */
export class Pacer {
  speed: Speed = 1
  running = false
  speedReached = 0
  eventsPerSecond = 0
  readonly #afterSlice: () => void
  #run: Run | null = null
  #anchorNs = 0
  #anchorMs = 0
  #windowMs = 0
  #windowNs = 0
  #windowEvents = 0
  #look = EVENTS_A_LOOK
  #timer: ReturnType<typeof setTimeout> | null = null
  readonly #loop = new MessageChannel()

  constructor(afterSlice: () => void) {
    this.#afterSlice = afterSlice
    this.#loop.port1.onmessage = () => this.#slice()
  }

  attach(run: Run): void {
    this.stop()
    this.#run = run
    this.speedReached = 0
    this.eventsPerSecond = 0
  }

  play(): void {
    if (this.running || !this.#run || this.#run.end !== null) return
    this.running = true
    this.#anchor()
    this.#windowMs = performance.now()
    this.#windowNs = this.#run.nowNs
    this.#windowEvents = this.#run.events
    this.#next(0)
  }

  stop(): void {
    this.running = false
    this.speedReached = 0
    this.eventsPerSecond = 0
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  setSpeed(speed: Speed): void {
    this.speed = speed
    this.#anchor()
  }

  /** Simulated seconds per wall second as the picture should interpolate. */
  pictureSpeed(): number {
    if (!this.running) return 0
    if (this.speed === 'max') return this.speedReached
    return this.speed
  }

  #anchor(): void {
    this.#anchorNs = this.#run?.nowNs ?? 0
    this.#anchorMs = performance.now()
  }

  #next(delayMs: number): void {
    if (delayMs > 0) this.#timer = setTimeout(() => this.#slice(), delayMs)
    else this.#loop.port2.postMessage(null)
  }

  #slice(): void {
    const run = this.#run
    if (!this.running || !run) return
    const startMs = performance.now()
    const targetNs = this.speed === 'max' ? Number.MAX_SAFE_INTEGER : Math.floor(this.#anchorNs + (startMs - this.#anchorMs) * 1e6 * this.speed)
    let reached = false
    let lookMs = startMs
    do {
      const reason = run.proceed(targetNs, this.#look)
      if (reason === 'ended' || reason === 'watched') this.stop()
      reached = reason !== 'budget'
      const beforeMs = lookMs
      lookMs = performance.now()
      if (!reached) this.#look = nextLook(this.#look, lookMs - beforeMs)
    } while (!reached && lookMs - startMs < SLICE_MS)
    const nowMs = lookMs
    if (!reached && this.speed !== 'max' && targetNs - run.nowNs > LAG_MS_MAX * 1e6 * this.speed) this.#anchor()
    this.#measure(run, nowMs)
    this.#afterSlice()
    if (this.running) this.#next(reached ? REST_MS : 0)
  }

  #measure(run: Run, nowMs: number): void {
    const spanMs = nowMs - this.#windowMs
    if (spanMs < RATE_WINDOW_MS) return
    this.speedReached = (run.nowNs - this.#windowNs) / 1e6 / spanMs
    this.eventsPerSecond = ((run.events - this.#windowEvents) * 1000) / spanMs
    this.#windowMs = nowMs
    this.#windowNs = run.nowNs
    this.#windowEvents = run.events
  }
}

/** Where events go by fast, or slowly, the next look comes after more of them, or fewer. */
function nextLook(events: number, tookMs: number): number {
  if (tookMs < LOOK_MS / 2) return Math.min(events * 2, EVENTS_A_LOOK_MAX)
  return tookMs > LOOK_MS * 2 ? Math.max(events >> 1, EVENTS_A_LOOK) : events
}
