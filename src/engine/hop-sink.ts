import type { DiscardReason } from '../contract/ledger.ts'
import { HOP_BYTES, HOP_CHANNEL, HOP_LOOK, HOP_MESSAGE, HOP_WAY, type StageMessage, type StageReply } from '../contract/hops.ts'

/** A slice shows at most this many hops: more than the eye can follow or the painter keeps. The figures count every one. */
const HOPS_MAX = 8192
/** Buffers kept for reuse: as many as can be under way at once. */
const SPARE_MAX = 4

/** Who is told of packets with messages as they depart; core.hops. */
export interface HopTaker {
  /** A record of contract/hops. */
  push(channel: number, look: number, departNs: number, arriveNs: number, message: number, way: number): void
  /** Nothing of this way that was to arrive after `atNs` does. */
  forget(channel: number, atNs: number, way: 0 | 1, reason: number): void
  /** One packet that had departed is not received: it was lost on its way, or nobody was there to take it. */
  missed(channel: number, way: 0 | 1, message: number, reason: DiscardReason): void
}

/** Collects hops of a slice into one buffer, which leaves by transfer and comes back for reuse. */
export class HopSink implements HopTaker {
  readonly #post: (message: StageMessage, transfer: ArrayBuffer[]) => void
  readonly #spare: ArrayBuffer[] = []
  readonly #spareGlances: ArrayBuffer[] = []
  #buffer = new ArrayBuffer(HOPS_MAX * HOP_BYTES)
  #f64 = new Float64Array(this.#buffer)
  #i32 = new Int32Array(this.#buffer)
  #count = 0
  wantsGlances = false

  constructor(post: (message: StageMessage, transfer: ArrayBuffer[]) => void) {
    this.#post = post
  }

  push(channel: number, look: number, departNs: number, arriveNs: number, message: number, way: number): void {
    if (this.#count === HOPS_MAX) return
    const n = this.#count
    this.#f64[n * 4] = departNs
    this.#f64[n * 4 + 1] = arriveNs
    this.#i32[n * 8 + HOP_CHANNEL] = channel
    this.#i32[n * 8 + HOP_LOOK] = look
    this.#i32[n * 8 + HOP_MESSAGE] = message
    this.#i32[n * 8 + HOP_WAY] = way
    this.#count = n + 1
  }

  forget(channel: number, atNs: number, way: 0 | 1, reason: number): void {
    this.flush()
    this.#post({ kind: 'forget', channel, atNs, way, reason }, [])
  }

  /** The picture has it from `forget`, or was given a fall at the end of the way. */
  missed(): void {}

  clock(nowNs: number, atMs: number, speed: number): void {
    this.#post({ kind: 'clock', nowNs, atMs, speed }, [])
  }

  clear(): void {
    this.#count = 0
    this.#post({ kind: 'clear' }, [])
  }

  /** Sends glances of this many numbers, filled by `write`. */
  glances(length: number, write: (out: Float64Array) => void): void {
    const spare = this.#spareGlances.pop()
    const buffer = spare && spare.byteLength >= length * 8 ? spare : new ArrayBuffer(length * 8)
    write(new Float64Array(buffer, 0, length))
    this.#post({ kind: 'glances', buffer }, [buffer])
  }

  /** What the painter says: a buffer is free again, or whether it wants glances. */
  take(reply: StageReply): void {
    if (reply.kind === 'glances') {
      this.wantsGlances = reply.wanted
      return
    }
    const spare = reply.of === 'hops' ? this.#spare : this.#spareGlances
    if (spare.length < SPARE_MAX) spare.push(reply.buffer)
  }

  flush(): void {
    if (this.#count === 0) return
    const buffer = this.#buffer
    this.#post({ kind: 'hops', buffer, count: this.#count }, [buffer])
    this.#buffer = this.#spare.pop() ?? new ArrayBuffer(HOPS_MAX * HOP_BYTES)
    this.#f64 = new Float64Array(this.#buffer)
    this.#i32 = new Int32Array(this.#buffer)
    this.#count = 0
  }
}
