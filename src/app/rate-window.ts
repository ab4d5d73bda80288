import { HEAD_NOW_NS } from '../contract/figures.ts'

/** A rate needs this much simulated time, and at least this many frames, between its two ends. */
const SPAN_NS = 2e9
const FRAMES_MAX = 64
/** Growth: this many frames in the window, each end of it higher than the other by this share and this many. */
const GROWTH_FRAMES = 20
const GROWTH_LEAST = 10

/** The newest frames of figures, to tell rates of counters and the trend of levels from. */
export class RateWindow {
  #frames: Float64Array[] = []

  push(frame: Float64Array): void {
    const now = frame[HEAD_NOW_NS]!
    const last = this.#frames.at(-1)
    // Paused: the same instant again is no new point.
    if (last && last[HEAD_NOW_NS] === now) this.#frames.pop()
    this.#frames.push(frame.slice())
    while (this.#frames.length > FRAMES_MAX) this.#frames.shift()
  }

  clear(): void {
    this.#frames = []
  }

  /** Growth of the number at this place per simulated second, over about the last two seconds of it. */
  rate(at: number): number {
    const newest = this.#frames.at(-1)
    if (!newest || this.#frames.length < 2) return 0
    const now = newest[HEAD_NOW_NS]!
    let oldest = this.#frames[0]!
    for (let n = this.#frames.length - 2; n >= 0; n -= 1) {
      oldest = this.#frames[n]!
      if (now - oldest[HEAD_NOW_NS]! >= SPAN_NS) break
    }
    const span = now - oldest[HEAD_NOW_NS]!
    return span <= 0 ? 0 : ((newest[at]! - oldest[at]!) * 1e9) / span
  }

  /** True when a level has gone up in each third of the whole window. */
  isGrowing(at: number): boolean {
    const frames = this.#frames
    if (frames.length < GROWTH_FRAMES) return false
    const third = Math.floor(frames.length / 3)
    const points = [0, third, 2 * third, frames.length - 1].map(n => frames[n]![at]!)
    return points[3]! >= GROWTH_LEAST && points.every((value, n) => n === 0 || value > points[n - 1]!) && points[3]! - points[0]! >= GROWTH_LEAST / 2
  }
}
