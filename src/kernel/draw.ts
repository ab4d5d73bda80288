import type { Law } from './law.ts'
import type { RandomStream } from './random.ts'

/** A law in milliseconds bound to a stream: for whoever draws again and again. The same values as `stream.sampleMs(law)`. */
export class Draw {
  readonly #stream: RandomStream
  readonly #law: Law
  readonly #kind: 'constant' | 'exponential' | 'other'
  readonly #constantNs: number
  readonly #mean: number

  constructor(stream: RandomStream, law: Law) {
    this.#stream = stream
    this.#law = law
    this.#kind = law.law === 'constant' || law.law === 'exponential' ? law.law : 'other'
    this.#constantNs = law.law === 'constant' ? stream.sampleMs(law) : 0
    this.#mean = law.law === 'exponential' ? law.mean : 0
  }

  /** The next value in whole nanoseconds, at least 0. */
  ns(): number {
    if (this.#kind === 'constant') return this.#constantNs
    if (this.#kind !== 'exponential') return this.#stream.sampleMs(this.#law)
    const ns = Math.floor(this.#mean * this.#stream.exponential() * 1e6 + 0.5)
    return ns > 0 ? ns : 0
  }
}
