import type { Law } from './law.ts'
import { CELL_SCRATCH, type Memory } from './memory.ts'
import type { RandomStream } from './random.ts'

/** Kinds of laws: those that are drawn at once, and all others. */
export const CONSTANT = 0
export const EXPONENTIAL = 1
export const OTHER = 2

/** A law in milliseconds bound to a stream of the memory: for whoever draws again and again. The same values as `stream.sampleMs(law)`. */
export class Draw {
  readonly stream: RandomStream
  readonly #memory: Memory
  readonly #law: Law
  /** CONSTANT, EXPONENTIAL or OTHER. */
  readonly kind: number
  /** The constant in nanoseconds, or the mean in milliseconds. */
  readonly value: number

  constructor(memory: Memory, stream: RandomStream, law: Law) {
    this.stream = stream
    this.#memory = memory
    this.#law = law
    this.kind = law.law === 'constant' ? CONSTANT : law.law === 'exponential' ? EXPONENTIAL : OTHER
    this.value = law.law === 'constant' ? stream.sampleMs(law) : law.law === 'exponential' ? law.mean : 0
  }

  /** The next value in whole nanoseconds, at least 0. */
  ns(): number {
    this.toScratch()
    return this.#memory.f[CELL_SCRATCH]!
  }

  /** The same into CELL_SCRATCH: a double that is returned may have to be boxed. */
  toScratch(): void {
    const { f } = this.#memory
    if (this.kind === EXPONENTIAL) {
      this.stream.exponentialToScratch()
      f[CELL_SCRATCH] = Math.floor(this.value * f[CELL_SCRATCH]! * 1e6 + 0.5)
    } else f[CELL_SCRATCH] = this.kind === CONSTANT ? this.value : this.stream.sampleMs(this.#law)
  }
}
