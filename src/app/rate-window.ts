import { CHANNEL_SLOTS, fairRate, FIGURES_HEAD, HEAD_NOW_NS, LEVEL_AREA, LEVEL_MEAN, nodeNumbers, type FiguresLayout } from '../contract/figures.ts'

/** A rate needs this much simulated time, and at least this many frames, between its two ends. */
const SPAN_NS = 2e9
const FRAMES_MAX = 64
/** All frames together are no more numbers than this, or no more frames than growth needs. */
const NUMBERS_MAX = 4_000_000
/** Growth: this many frames in the window, each end of it higher than the other by this share and this many. */
const GROWTH_FRAMES = 20
const GROWTH_LEAST = 10

function framesMax(numbers: number): number {
  return Math.max(GROWTH_FRAMES + 1, Math.min(FRAMES_MAX, Math.floor(NUMBERS_MAX / numbers)))
}

/** The newest numbers of a block: of the newest frame, or of a close-up, in which it stands elsewhere. */
export interface Newest {
  readonly frame: Float64Array
  /** What to add to a place in the layout. */
  readonly shift: number
}

/** The newest frames of figures, to tell rates of counters and the trend of levels from. */
export class RateWindow {
  #frames: Float64Array<ArrayBuffer>[] = []
  /** The other end of every rate: found once a frame, since there are thousands of rates. */
  #oldest: Float64Array | undefined

  /** Takes the newest frame, which is its own from now on; returns one that is not needed any more. Frames of big topologies are megabytes: they aren't copied. */
  push(frame: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> | undefined {
    const now = frame[HEAD_NOW_NS]!
    const last = this.#frames.at(-1)
    // Paused: the same instant again is no new point.
    const dropped = last && last[HEAD_NOW_NS] === now ? this.#frames.pop() : this.#frames.length >= framesMax(frame.length) ? this.#frames.shift() : undefined
    this.#frames.push(frame)
    this.#oldest = this.#findOldest()
    return dropped
  }

  clear(): void {
    this.#frames = []
    this.#oldest = undefined
  }

  /** Parts came or went: what stayed keeps its past, what is new begins at its present value. */
  relayout(before: FiguresLayout, after: FiguresLayout, present: Float64Array<ArrayBuffer>): void {
    const old = new Map<string, { readonly from: number; readonly had: number }>([...before.nodes.map(node => [`node ${node.id}`, { from: node.offset, had: nodeNumbers(node) }] as const), ...before.channels.map(channel => [`channel ${channel.id}`, { from: channel.offset, had: CHANNEL_SLOTS }] as const)])
    const blocks = [
      ...after.nodes.map(node => ({ key: `node ${node.id}`, to: node.offset, size: nodeNumbers(node) })),
      ...after.channels.map(channel => ({ key: `channel ${channel.id}`, to: channel.offset, size: CHANNEL_SLOTS })),
    ]
    this.#frames = this.#frames.map(frame => {
      const moved = present.slice()
      moved.set(frame.subarray(0, FIGURES_HEAD))
      for (const { key, to, size } of blocks) {
        const there = old.get(key)
        if (there) moved.set(frame.subarray(there.from, there.from + Math.min(size, there.had)), to)
      }
      return moved
    })
    this.#oldest = this.#findOldest()
  }

  /** Growth of the number at this place per simulated second, over about the last two seconds of it. */
  rate(at: number, newest = this.#newest()): number {
    const oldest = this.#oldest
    if (!newest || !oldest) return 0
    const { frame, shift } = newest
    return fairRate(frame[at + shift]! - oldest[at]!, frame[HEAD_NOW_NS]! - oldest[HEAD_NOW_NS]!)
  }

  /** Simulated time between the two ends of a rate. */
  spanNs(): number {
    const newest = this.#frames.at(-1)
    return newest && this.#oldest ? newest[HEAD_NOW_NS]! - this.#oldest[HEAD_NOW_NS]! : 0
  }

  /** Mean of the level at this place over about the last two seconds. From its integral: its mean is that since its node came, which may be any time. */
  levelMean(at: number, newest = this.#newest()): number {
    const oldest = this.#oldest
    if (!newest || !oldest) return 0
    const { frame, shift } = newest
    const spanNs = frame[HEAD_NOW_NS]! - oldest[HEAD_NOW_NS]!
    return spanNs <= 0 ? frame[at + shift + LEVEL_MEAN]! : (frame[at + shift + LEVEL_AREA]! - oldest[at + LEVEL_AREA]!) / spanNs
  }

  #newest(): Newest | undefined {
    const frame = this.#frames.at(-1)
    return frame && { frame, shift: 0 }
  }

  /** The frame that lies about the window back, or the first. */
  #findOldest(): Float64Array | undefined {
    const newest = this.#frames.at(-1)
    if (!newest) return undefined
    for (let n = this.#frames.length - 2; n >= 0; n -= 1) if (newest[HEAD_NOW_NS]! - this.#frames[n]![HEAD_NOW_NS]! >= SPAN_NS) return this.#frames[n]
    return this.#frames[0]
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
