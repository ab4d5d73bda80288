/** Simulated time between two clock messages is interpolated, but never further than this: the picture waits rather than runs ahead. */
const AHEAD_MS_MAX = 120

/** Simulated time as the picture shows it. */
export class StageClock {
  #nowNs = 0
  #atMs = 0
  #speed = 0
  #shownNs = 0

  get speed(): number {
    return this.#speed
  }

  set(nowNs: number, atMs: number, speed: number): void {
    this.#nowNs = nowNs
    this.#atMs = atMs
    this.#speed = speed
    if (speed === 0) this.#shownNs = nowNs
  }

  reset(): void {
    this.set(0, 0, 0)
  }

  /** At a wall time (ms since the epoch): never behind what was shown before while running. */
  at(wallMs: number): number {
    if (this.#speed === 0) return this.#nowNs
    const elapsed = Math.min(Math.max(0, wallMs - this.#atMs), AHEAD_MS_MAX)
    const now = this.#nowNs + elapsed * 1e6 * this.#speed
    this.#shownNs = Math.max(now, Math.min(this.#shownNs, this.#nowNs + AHEAD_MS_MAX * 1e6 * this.#speed))
    return this.#shownNs
  }
}

/** Comparable with other threads' clocks. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now()
}
