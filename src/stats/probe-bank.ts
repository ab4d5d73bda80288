import type { ProbeSpec } from '../contract/manifest.ts'
import type { Memory } from '../kernel/memory.ts'
import { Histogram } from './histogram.ts'

/** Cells of a probe: the value, its integral over time, when it last changed, and the highest ever. */
export const PROBE_CELLS = 4
export const PROBE_VALUE = 0
export const PROBE_AREA = 1
export const PROBE_SINCE = 2
export const PROBE_HIGHEST = 3

/** The probes of one node in the linear memory: counters, levels weighted by time, and histograms of durations. */
export class ProbeBank {
  readonly specs: readonly ProbeSpec[]
  readonly #memory: Memory
  /** Address of the first probe's cells. */
  readonly at: number
  readonly #startNs: number
  readonly #whole: readonly Histogram[]
  /** Only once somebody has asked: who doesn't watch doesn't pay. */
  #late: readonly Histogram[] | null = null

  constructor(memory: Memory, specs: readonly ProbeSpec[], startNs: number) {
    this.#memory = memory
    this.specs = specs
    this.at = memory.reserve(specs.length * PROBE_CELLS)
    this.#startNs = startNs
    for (let slot = 0; slot < specs.length; slot += 1) memory.f[this.at + slot * PROBE_CELLS + PROBE_SINCE] = startNs
    this.#whole = specs.map(() => new Histogram(memory))
  }

  slot(id: string): number {
    const slot = this.specs.findIndex(spec => spec.id === id)
    if (slot < 0) throw new Error(`no probe "${id}" among ${this.specs.map(spec => spec.id).join(', ')}`)
    return slot
  }

  /** Records the duration in CELL_SCRATCH, in nanoseconds. */
  recordScratch(slot: number): void {
    this.#whole[slot]!.recordScratch()
    if (this.#late !== null) this.#late[slot]!.recordScratch()
  }

  value(slot: number): number {
    return this.#memory.f[this.at + slot * PROBE_CELLS + PROBE_VALUE]!
  }
  highest(slot: number): number {
    return this.#memory.f[this.at + slot * PROBE_CELLS + PROBE_HIGHEST]!
  }

  /** Time average of a level from the start of the node to now. */
  levelMean(slot: number, nowNs: number): number {
    const span = nowNs - this.#startNs
    if (span <= 0) return this.value(slot)
    return this.levelArea(slot, nowNs) / span
  }
  /** Integral of a level over time, in value × ns. */
  levelArea(slot: number, nowNs: number): number {
    const { f } = this.#memory
    const at = this.at + slot * PROBE_CELLS
    return f[at + PROBE_AREA]! + f[at + PROBE_VALUE]! * (nowNs - f[at + PROBE_SINCE]!)
  }

  whole(slot: number): Histogram {
    return this.#whole[slot]!
  }
  /** Addresses of both histograms of a slot; 0 for the late one when nobody has asked for it. */
  addresses(slot: number): { readonly whole: number; readonly late: number } {
    return { whole: this.#whole[slot]!.at, late: this.#late?.[slot]!.at ?? 0 }
  }
  /** Records since the last clear of the late histogram: what charts show. Recorded from the first call on. */
  late(slot: number): Histogram {
    this.#late ??= this.specs.map(() => new Histogram(this.#memory))
    return this.#late[slot]!
  }
}
