import { HOP_BYTES, HOP_CHANNEL, HOP_LOOK, HOP_MESSAGE, HOP_WAY } from '../../contract/hops.ts'

/** Hops kept at once: more can't be told apart on any screen; the oldest give way. */
export const HOPS_MAX = 32_768

/** What a hop is doing now. */
export const FLYING = 0
/** Held by a cut: it stands where it was. */
export const HELD = 1
/** Lost: it falls off from where it was. */
export const FALLING = 2

/** Hops in typed arrays, unordered; removal moves the last into the gap. */
export class HopStore {
  readonly depart = new Float64Array(HOPS_MAX)
  readonly arrive = new Float64Array(HOPS_MAX)
  readonly channel = new Int32Array(HOPS_MAX)
  readonly look = new Int32Array(HOPS_MAX)
  readonly message = new Int32Array(HOPS_MAX)
  readonly way = new Uint8Array(HOPS_MAX)
  readonly state = new Uint8Array(HOPS_MAX)
  /** Index of the reason + 1 while falling. */
  readonly reason = new Uint8Array(HOPS_MAX)
  /** Share of the way at which it is held or fell off, and the wall time since then. */
  readonly share = new Float32Array(HOPS_MAX)
  readonly sinceMs = new Float64Array(HOPS_MAX)
  count = 0

  /** Takes a batch as it came from the simulation. */
  push(buffer: ArrayBuffer, records: number, nowMs: number): void {
    const f64 = new Float64Array(buffer, 0, records * (HOP_BYTES / 8))
    const i32 = new Int32Array(buffer, 0, records * (HOP_BYTES / 4))
    const from = Math.max(0, records - HOPS_MAX)
    for (let n = from; n < records; n += 1) {
      if (this.count === HOPS_MAX) this.remove(0)
      const at = this.count
      this.count += 1
      const way = i32[n * 8 + HOP_WAY]!
      this.depart[at] = f64[n * 4]!
      this.arrive[at] = f64[n * 4 + 1]!
      this.channel[at] = i32[n * 8 + HOP_CHANNEL]!
      this.look[at] = i32[n * 8 + HOP_LOOK]!
      this.message[at] = i32[n * 8 + HOP_MESSAGE]!
      this.way[at] = way & 1
      this.reason[at] = way >> 8
      this.state[at] = FLYING
      this.share[at] = 1
      this.sinceMs[at] = nowMs
    }
  }

  remove(at: number): void {
    const last = this.count - 1
    this.count = last
    if (at === last) return
    this.depart[at] = this.depart[last]!
    this.arrive[at] = this.arrive[last]!
    this.channel[at] = this.channel[last]!
    this.look[at] = this.look[last]!
    this.message[at] = this.message[last]!
    this.way[at] = this.way[last]!
    this.state[at] = this.state[last]!
    this.reason[at] = this.reason[last]!
    this.share[at] = this.share[last]!
    this.sinceMs[at] = this.sinceMs[last]!
  }

  /** Everything on a channel and way that had not arrived is held (reason 0) or falls off. */
  forget(options: { channel: number; way: number; atNs: number; reason: number; nowMs: number }): void {
    for (let at = this.count - 1; at >= 0; at -= 1) {
      if (this.channel[at] !== options.channel || this.way[at] !== options.way || this.state[at] === FALLING) continue
      if (this.state[at] === FLYING) {
        if (this.arrive[at]! <= options.atNs) continue
        const span = this.arrive[at]! - this.depart[at]!
        this.share[at] = span <= 0 ? 1 : Math.max(0, (options.atNs - this.depart[at]!) / span)
      }
      this.state[at] = options.reason === 0 ? HELD : FALLING
      this.reason[at] = options.reason
      this.sinceMs[at] = options.nowMs
    }
  }

  /** Held packets of a channel are sent again: their new hops are on the way. */
  releaseHeld(channel: number, way: number): void {
    for (let at = this.count - 1; at >= 0; at -= 1) if (this.state[at] === HELD && this.channel[at] === channel && this.way[at] === way) this.remove(at)
  }

  clear(): void {
    this.count = 0
  }
}
