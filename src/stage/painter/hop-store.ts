import { HOP_BYTES, HOP_CHANNEL, HOP_LOOK, HOP_MESSAGE, HOP_WAY } from '../../contract/hops.ts'

/** Hops kept at once: more can't be told apart on any screen. */
export const HOPS_MAX = 32_768

/** What a hop is doing now. */
export const FLYING = 0
/** Held by a cut: it stands where it was. */
export const HELD = 1
/** Lost: it falls off from where it was. */
export const FALLING = 2
/** Someone looks at it: it stands still until they look away, whatever became of it. */
export const STOPPED = 3
/** Let go again: it hurries to where it is by now. */
export const CATCHING_UP = 4

/** Hops in typed arrays, unordered; removal moves the last into the gap. */
export class HopStore {
  readonly depart = new Float64Array(HOPS_MAX)
  readonly arrive = new Float64Array(HOPS_MAX)
  /** Channel × 2 + way. */
  readonly lane = new Int32Array(HOPS_MAX)
  readonly look = new Int32Array(HOPS_MAX)
  readonly message = new Int32Array(HOPS_MAX)
  readonly state = new Uint8Array(HOPS_MAX)
  /** Index of the reason + 1 while falling. */
  readonly reason = new Uint8Array(HOPS_MAX)
  /** Share of the way at which it is held, stopped or fell off, and the wall time since then. */
  readonly share = new Float32Array(HOPS_MAX)
  readonly sinceMs = new Float64Array(HOPS_MAX)
  count = 0
  #victim = 0

  /** Takes a batch as it came from the simulation. When there is no room, one after another of those kept gives way. */
  push(buffer: ArrayBuffer, records: number, nowMs: number): void {
    const f64 = new Float64Array(buffer, 0, records * (HOP_BYTES / 8))
    const i32 = new Int32Array(buffer, 0, records * (HOP_BYTES / 4))
    for (let n = Math.max(0, records - HOPS_MAX); n < records; n += 1) {
      const at = this.count < HOPS_MAX ? this.count : this.#nextVictim()
      if (at === this.count) this.count += 1
      const way = i32[n * 8 + HOP_WAY]!
      this.depart[at] = f64[n * 4]!
      this.arrive[at] = f64[n * 4 + 1]!
      this.lane[at] = i32[n * 8 + HOP_CHANNEL]! * 2 + (way & 1)
      this.look[at] = i32[n * 8 + HOP_LOOK]!
      this.message[at] = i32[n * 8 + HOP_MESSAGE]!
      this.reason[at] = way >> 8
      this.state[at] = FLYING
      this.share[at] = 1
      this.sinceMs[at] = nowMs
    }
  }

  #nextVictim(): number {
    this.#victim = (this.#victim + 1) % HOPS_MAX
    return this.#victim
  }

  remove(at: number): void {
    const last = this.count - 1
    this.count = last
    if (at === last) return
    this.depart[at] = this.depart[last]!
    this.arrive[at] = this.arrive[last]!
    this.lane[at] = this.lane[last]!
    this.look[at] = this.look[last]!
    this.message[at] = this.message[last]!
    this.state[at] = this.state[last]!
    this.reason[at] = this.reason[last]!
    this.share[at] = this.share[last]!
    this.sinceMs[at] = this.sinceMs[last]!
  }

  /** Everything on a lane that had not arrived is held (reason 0) or falls off. */
  forget(options: { readonly lane: number; readonly atNs: number; readonly reason: number; readonly nowMs: number }): void {
    for (let at = this.count - 1; at >= 0; at -= 1) {
      const state = this.state[at]!
      if (this.lane[at] !== options.lane || state === FALLING) continue
      if (state !== HELD) {
        if (this.arrive[at]! <= options.atNs) continue
        const span = this.arrive[at]! - this.depart[at]!
        if (state !== STOPPED) this.share[at] = span <= 0 ? 1 : Math.min(1, Math.max(0, (options.atNs - this.depart[at]!) / span))
      }
      this.state[at] = options.reason === 0 ? HELD : FALLING
      this.reason[at] = options.reason
      this.sinceMs[at] = options.nowMs
    }
  }

  /** Held packets of a lane are sent again: their new hops are on the way. */
  releaseHeld(lane: number): void {
    for (let at = this.count - 1; at >= 0; at -= 1) if (this.state[at] === HELD && this.lane[at] === lane) this.remove(at)
  }

  clear(): void {
    this.count = 0
  }
}
