import { fairRate } from '../../contract/figures.ts'
import * as G from '../../contract/glances.ts'

/** A rate needs about this much simulated time between its two ends. */
const SPAN_NS = 2e9
const GLANCES_MOST = 24

/** The newest glances: present values, and rates of what counts. */
export class GlanceWindow {
  #glances: Float64Array[] = []

  /** Takes the newest; returns a buffer that is not needed any more. */
  push(buffer: ArrayBuffer): ArrayBuffer | null {
    const glance = new Float64Array(buffer)
    const last = this.#glances.at(-1)
    const follows = last !== undefined && last[G.GLANCE_LAYOUT] === glance[G.GLANCE_LAYOUT] && last[G.GLANCE_NOW_NS]! <= glance[G.GLANCE_NOW_NS]!
    if (!follows) this.#glances = []
    // The same instant again is no new point.
    const dropped = follows && last[G.GLANCE_NOW_NS] === glance[G.GLANCE_NOW_NS] ? this.#glances.pop() : this.#glances.length === GLANCES_MOST ? this.#glances.shift() : undefined
    this.#glances.push(glance)
    return dropped ? (dropped.buffer as ArrayBuffer) : null
  }

  clear(): void {
    this.#glances = []
  }

  now(): Float64Array | undefined {
    return this.#glances.at(-1)
  }

  /** Growth of the number at this place per simulated second, over about the last two of them. */
  rate(at: number): number {
    const newest = this.#glances.at(-1)
    if (!newest) return 0
    let oldest = this.#glances[0]!
    for (let n = this.#glances.length - 2; n > 0; n -= 1) {
      if (newest[G.GLANCE_NOW_NS]! - this.#glances[n]![G.GLANCE_NOW_NS]! < SPAN_NS) continue
      oldest = this.#glances[n]!
      break
    }
    const span = newest[G.GLANCE_NOW_NS]! - oldest[G.GLANCE_NOW_NS]!
    return fairRate(newest[at]! - oldest[at]!, span)
  }

  /** Where a channel's block begins, or -1. */
  channel(number: number): number {
    const now = this.now()
    if (!now || number >= now[G.GLANCE_CHANNELS]!) return -1
    return G.GLANCE_HEAD + now[G.GLANCE_NODES]! * G.GLANCE_NODE_SLOTS + number * G.GLANCE_CHANNEL_SLOTS
  }

  /** Where the block of the n-th node of this layout begins, or -1 when the glances are of another. */
  node(index: number, layout: number): number {
    const now = this.now()
    if (!now || now[G.GLANCE_LAYOUT] !== layout || index >= now[G.GLANCE_NODES]!) return -1
    return G.GLANCE_HEAD + index * G.GLANCE_NODE_SLOTS
  }
}
