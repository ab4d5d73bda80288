import type { ProbeSpec } from '../contract/manifest.ts'
import type { Memory } from '../kernel/memory.ts'
import { Histogram } from './histogram.ts'

/** Cells of a level: the value, its integral over time, when it last changed, and the highest ever. A counter is its value alone. */
const LEVEL_CELLS = 4
export const PROBE_VALUE = 0
export const PROBE_AREA = 1
export const PROBE_SINCE = 2
export const PROBE_HIGHEST = 3

type Histograms = readonly (Histogram | null)[]

/** The probes of one node in the linear memory: counters, levels weighted by time, and histograms of durations. */
export class ProbeBank {
  readonly specs: readonly ProbeSpec[]
  readonly #memory: Memory
  /** Addresses by slot: levels first, then counters, so that a node's figures fill few lines of the processor's cache. Counters may move: read at each use. */
  readonly places: Int32Array
  readonly #startNs: number
  /** By slot; only durations have one. */
  readonly #whole: Histograms
  /** Only once somebody has asked: who doesn't watch doesn't pay. */
  #late: Histograms | null = null

  constructor(memory: Memory, specs: readonly ProbeSpec[], startNs: number) {
    this.#memory = memory
    this.specs = specs
    const levels = specs.filter(spec => spec.kind === 'level').length
    const at = memory.reserve(levels * LEVEL_CELLS + specs.filter(spec => spec.kind === 'counter').length)
    this.places = placesOf(specs, at, at + levels * LEVEL_CELLS)
    this.#startNs = startNs
    specs.forEach((spec, slot) => spec.kind === 'level' && (memory.f[this.places[slot]! + PROBE_SINCE] = startNs))
    this.#whole = this.#histograms()
  }

  /** A counter stands elsewhere from now on. */
  moveCounter(slot: number, address: number): void {
    const { f } = this.#memory
    f[address] = f[this.places[slot]!]!
    this.places[slot] = address
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
    return this.#memory.f[this.places[slot]! + PROBE_VALUE]!
  }
  highest(slot: number): number {
    return this.#memory.f[this.places[slot]! + PROBE_HIGHEST]!
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
    const at = this.places[slot]!
    return f[at + PROBE_AREA]! + f[at + PROBE_VALUE]! * (nowNs - f[at + PROBE_SINCE]!)
  }

  whole(slot: number): Histogram {
    return this.#whole[slot]!
  }
  /** Addresses of both histograms of a slot; 0 for the late one when nobody has asked for it. */
  addresses(slot: number): { readonly whole: number; readonly late: number } {
    return { whole: this.#whole[slot]!.at, late: this.#late?.[slot]?.at ?? 0 }
  }
  /** Records since the last clear of the late histogram: what charts show. Recorded from the first call on. */
  late(slot: number): Histogram {
    this.#late ??= this.#histograms()
    return this.#late[slot]!
  }

  #histograms(): Histograms {
    return this.specs.map(spec => (spec.kind === 'duration' ? new Histogram(this.#memory) : null))
  }
}

function placesOf(specs: readonly ProbeSpec[], levelsAt: number, countersAt: number): Int32Array {
  let level = levelsAt
  let counter = countersAt
  return Int32Array.from(specs, ({ kind }) => {
    if (kind === 'duration') return 0
    if (kind === 'counter') return counter++
    level += LEVEL_CELLS
    return level - LEVEL_CELLS
  })
}
