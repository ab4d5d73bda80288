/** A GPU that takes longer than this for its first frames, on average, is none worth having. */
const FRAMES = 30
const MS_MOST = 8

/** Judges a GPU by its first frames. */
export class GpuTrial {
  #frames: number
  #ms = 0

  /** One that was asked for is taken as it is. */
  constructor(judges: boolean) {
    this.#frames = judges ? 0 : FRAMES
  }

  /** A frame took so long: false when that was the last straw. */
  passes(ms: number): boolean {
    if (this.#frames >= FRAMES) return true
    this.#frames += 1
    this.#ms += ms
    return this.#frames < FRAMES || this.#ms / FRAMES <= MS_MOST
  }
}
