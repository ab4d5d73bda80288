import type { Lanes } from './lanes.ts'
import { wallMs } from './stage-clock.ts'

const APART_MS = 500

/** The page gives nodes the colour of what they send; it learns of it here, as seldom as that changes. */
export class ColourTeller {
  readonly #lanes: Lanes
  readonly #tell: (lanes: Uint8Array) => void
  #toldMs = 0
  #told = ''
  #soon = false

  constructor(lanes: Lanes, tell: (lanes: Uint8Array) => void) {
    this.#lanes = lanes
    this.#tell = tell
  }

  tell(): void {
    const nowMs = wallMs()
    const soonMs = this.#toldMs + APART_MS - nowMs
    if (soonMs > 0) {
      // It may rest by then: the last colours would never be told.
      if (!this.#soon) setTimeout(() => this.#tellLast(), soonMs)
      this.#soon = true
      return
    }
    this.#toldMs = nowMs
    const lanes = this.#lanes.colours()
    const text = lanes.join()
    if (text === this.#told) return
    this.#told = text
    this.#tell(lanes)
  }

  #tellLast(): void {
    this.#soon = false
    this.tell()
  }
}
