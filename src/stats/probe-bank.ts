import type { ProbeSpec } from '../contract/manifest.ts'
import { Histogram } from './histogram.ts'

/** The probes of one node: counters, levels weighted by time, and histograms of durations. */
export class ProbeBank {
  readonly specs: readonly ProbeSpec[]
  readonly #value: Float64Array
  readonly #area: Float64Array
  readonly #sinceNs: Float64Array
  readonly #highest: Float64Array
  readonly #whole: Histogram[]
  readonly #late: Histogram[]
  readonly #startNs: number

  constructor(specs: readonly ProbeSpec[], startNs: number) {
    this.specs = specs
    this.#value = new Float64Array(specs.length)
    this.#area = new Float64Array(specs.length)
    this.#sinceNs = new Float64Array(specs.length).fill(startNs)
    this.#highest = new Float64Array(specs.length)
    this.#whole = specs.map(() => new Histogram())
    this.#late = specs.map(() => new Histogram())
    this.#startNs = startNs
  }

  slot(id: string): number {
    const slot = this.specs.findIndex(spec => spec.id === id)
    if (slot < 0) throw new Error(`no probe "${id}" among ${this.specs.map(spec => spec.id).join(', ')}`)
    return slot
  }

  count(slot: number, by: number): void {
    this.#value[slot]! += by
  }

  level(slot: number, value: number, nowNs: number): void {
    this.#area[slot]! += this.#value[slot]! * (nowNs - this.#sinceNs[slot]!)
    this.#sinceNs[slot] = nowNs
    this.#value[slot] = value
    if (value > this.#highest[slot]!) this.#highest[slot] = value
  }

  record(slot: number, durationNs: number): void {
    this.#whole[slot]!.record(durationNs)
    this.#late[slot]!.record(durationNs)
  }

  value(slot: number): number {
    return this.#value[slot]!
  }

  highest(slot: number): number {
    return this.#highest[slot]!
  }

  /** Time average of a level from the start of the node to now. */
  levelMean(slot: number, nowNs: number): number {
    const span = nowNs - this.#startNs
    if (span <= 0) return this.#value[slot]!
    return this.levelArea(slot, nowNs) / span
  }

  /** Integral of a level over time, in value × ns. */
  levelArea(slot: number, nowNs: number): number {
    return this.#area[slot]! + this.#value[slot]! * (nowNs - this.#sinceNs[slot]!)
  }

  whole(slot: number): Histogram {
    return this.#whole[slot]!
  }

  /** Records since the last clear of the late histogram: what charts show. */
  late(slot: number): Histogram {
    return this.#late[slot]!
  }
}
