import { COLOURS, LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_DEAD } from '../../contract/hops.ts'
import { MIXED } from './protocol.ts'
import type { HopStore } from './hop-store.ts'

/** The newest looks of a lane, from which its ribbon takes its colours. */
export const LOOKS_SAMPLED = 16
/** Looks are sampled this far apart, so that a ribbon's colours change no faster than eyes follow. */
const SAMPLE_MS = 120
/** Share of the samples from which a lane has one colour. */
const NEARLY_ALL = 0.75
/** Weight of a new crossing in the mean. */
const NEWEST = 0.1

/** What is known of every lane (channel × 2 + way): who is on it, how long crossings take, what it carries, whether it is drawn as a ribbon. */
export class Lanes {
  /** Tokens on their way now. */
  flying = new Int32Array(0)
  /** Mean simulated time of a crossing. */
  crossingNs = new Float64Array(0)
  ribbon = new Uint8Array(0)
  /** How far the ribbon's grains have come: a share of the way. */
  phase = new Float64Array(0)
  /** Wall time at which something departed last. */
  pulseMs = new Float64Array(0)
  looks = new Uint8Array(0)
  #sampled = new Int32Array(0)
  #sampledMs = new Float64Array(0)
  count = 0

  fit(lanes: number): void {
    this.count = lanes
    if (lanes <= this.flying.length) return
    const size = lanes * 2
    const grown = <A extends Int32Array | Float64Array | Uint8Array>(before: A, after: A): A => {
      after.set(before)
      return after
    }
    this.flying = grown(this.flying, new Int32Array(size))
    this.crossingNs = grown(this.crossingNs, new Float64Array(size))
    this.ribbon = grown(this.ribbon, new Uint8Array(size))
    this.phase = grown(this.phase, new Float64Array(size))
    this.pulseMs = grown(this.pulseMs, new Float64Array(size))
    this.looks = grown(this.looks, new Uint8Array(size * LOOKS_SAMPLED))
    this.#sampled = grown(this.#sampled, new Int32Array(size))
    this.#sampledMs = grown(this.#sampledMs, new Float64Array(size))
  }

  /** Takes note of a hop that departs. */
  note(hops: HopStore, at: number, nowMs: number): void {
    const lane = hops.lane[at]!
    if (lane >= this.flying.length) this.fit(lane + 1)
    const took = hops.arrive[at]! - hops.depart[at]!
    const mean = this.crossingNs[lane]!
    this.crossingNs[lane] = mean === 0 ? took : mean + (took - mean) * NEWEST
    this.pulseMs[lane] = nowMs
    const n = this.#sampled[lane]!
    if (n >= LOOKS_SAMPLED && nowMs - this.#sampledMs[lane]! < SAMPLE_MS) return
    this.#sampledMs[lane] = nowMs
    this.looks[lane * LOOKS_SAMPLED + (n % LOOKS_SAMPLED)] = hops.look[at]! & 0xff
    this.#sampled[lane] = n + 1
  }

  /** How many of the sampled looks there are. */
  sampled(lane: number): number {
    return Math.min(LOOKS_SAMPLED, this.#sampled[lane]!)
  }

  /** Of each lane the colour that nearly all of its messages have lately: an index into the palette, or MIXED. */
  colours(): Uint8Array {
    const out = new Uint8Array(this.count).fill(MIXED)
    for (let lane = 0; lane < this.count; lane += 1) {
      const sampled = this.sampled(lane)
      const times = new Uint8Array(COLOURS)
      for (let n = 0; n < sampled; n += 1) {
        const look = this.looks[lane * LOOKS_SAMPLED + n]!
        if ((look & LOOK_DEAD) === 0) times[(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK]! += 1
      }
      const most = times.indexOf(Math.max(...times))
      if (sampled > 0 && times[most]! >= sampled * NEARLY_ALL) out[lane] = most
    }
    return out
  }

  clear(): void {
    this.flying.fill(0)
    this.crossingNs.fill(0)
    this.ribbon.fill(0)
    this.#sampled.fill(0)
  }
}
