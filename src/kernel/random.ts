import { exp, ln, root } from './exact.ts'
import type { Law } from './law.ts'
import { CELL_SCRATCH, CELL_ZIGGURAT, Memory } from './memory.ts'
import { ZIGGURAT_R, ZIGGURAT_Y } from './ziggurat.ts'

/** One named, independent stream of random numbers. */
export interface RandomStream {
  /** A double in [0, 1) with 53 random bits. */
  uniform(): number
  /** A whole number from 0 to below − 1; below is at most 2^32. */
  integer(below: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** Exponential with mean 1. */
  exponential(): number
  /** The same into CELL_SCRATCH of the stream's memory: a double that is returned may have to be boxed. */
  exponentialToScratch(): void
  /** What `exponentialToScratch` does with a value in CELL_SCRATCH that isn't inside its layer. */
  slowlyToScratch(layer: number): void
  /** Index of the first of the four integers that are its state. */
  readonly at: number
  /** One value of the law, in the law's unit. */
  sample(law: Law): number
  /** One value of a law in milliseconds, as whole nanoseconds, at least 0. */
  sampleMs(law: Law): number
}

/**
 * The stream of this name under this seed. Names decide, not the order of creation: a new node never reshuffles the others. Its four words of
 * state live in the memory, when there is one.
 */
export function randomStream(seed: number, name: string, memory = new Memory()): RandomStream {
  return new Sfc32(seed, name, memory)
}

/**
 * Two cells are the generator's four words; one is how many values of a trace were told. The rest of a line of the processor's cache is for the record of
 * whoever draws from it elsewhere (DRAW_BESIDE).
 */
const STATE_CELLS = 8
export const DRAW_BESIDE = 3

/** Small Fast Chaotic generator (Doty-Humphrey), 128 bits of state; passes the usual batteries and needs only 32-bit operations. */
class Sfc32 implements RandomStream {
  readonly #memory: Memory
  readonly #at: number

  constructor(seed: number, name: string, memory: Memory) {
    this.#memory = memory
    this.#at = memory.reserve(STATE_CELLS) * 2
    const { i } = memory
    i[this.#at] = mix(name, seed ^ 0x9e3779b9)
    i[this.#at + 1] = mix(name, seed ^ 0x243f6a88)
    i[this.#at + 2] = mix(name, seed ^ 0xb7e15162)
    i[this.#at + 3] = 1
    for (let n = 0; n < 15; n += 1) this.#bits()
  }

  get at(): number {
    return this.#at
  }

  #bits(): number {
    const { i } = this.#memory
    const at = this.#at
    const b = i[at + 1]!
    const c = i[at + 2]!
    const counter = i[at + 3]!
    const t = (((i[at]! + b) | 0) + counter) | 0
    i[at] = b ^ (b >>> 9)
    i[at + 1] = (c + (c << 3)) | 0
    i[at + 2] = (((c << 21) | (c >>> 11)) + t) | 0
    i[at + 3] = (counter + 1) | 0
    return t >>> 0
  }

  uniform(): number {
    const high = this.#bits() >>> 5
    const low = this.#bits() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  integer(below: number): number {
    return Math.floor(this.uniform() * below)
  }

  chance(probability: number): boolean {
    if (probability <= 0) return false
    // As `uniform() < probability`, to the bit, without a double that may have to be boxed on its way here.
    const high = this.#bits() >>> 5
    const low = this.#bits() >>> 6
    return high * 67108864 + low < probability * 9007199254740992
  }

  sample(law: Law): number {
    switch (law.law) {
      case 'constant':
        return law.value
      case 'exponential':
        return law.mean * this.exponential()
      case 'uniform':
        return law.min + (law.max - law.min) * this.uniform()
      case 'normal': {
        // Truncated at zero by drawing again; a mean far below zero would never end, so the floor is reached after 100 tries.
        for (let n = 0; n < 100; n += 1) {
          const value = law.mean + law.deviation * this.#normal()
          if (value >= 0) return value
        }
        return 0
      }
      case 'lognormal': {
        if (law.mean <= 0) return 0
        const variance = ln(1 + law.scv)
        return exp(ln(law.mean) - variance / 2 + root(variance) * this.#normal())
      }
      case 'erlang': {
        const shape = Math.max(1, Math.floor(law.shape))
        let sum = 0
        for (let n = 0; n < shape; n += 1) sum += this.exponential()
        return (law.mean * sum) / shape
      }
      case 'hyperexponential': {
        // Two phases with balanced means: each contributes half of the mean.
        const p = 0.5 * (1 + root(Math.max(0, law.scv - 1) / (law.scv + 1)))
        const share = this.uniform() < p ? p : 1 - p
        return (law.mean / (2 * share)) * this.exponential()
      }
      case 'pareto': {
        const least = (law.mean * (law.shape - 1)) / law.shape
        return least * exp(-ln(1 - this.uniform()) / law.shape)
      }
      case 'empirical':
        return law.values[this.integer(law.values.length)] ?? 0
      case 'trace': {
        const { f } = this.#memory
        const told = this.#at / 2 + 2
        const place = f[told]!
        f[told] = place + 1
        return law.values[place % law.values.length] ?? 0
      }
    }
  }

  sampleMs(law: Law): number {
    const ns = Math.floor(this.sample(law) * 1e6 + 0.5)
    return ns > 0 ? ns : 0
  }

  exponential(): number {
    this.exponentialToScratch()
    return this.#memory.f[CELL_SCRATCH]!
  }

  /** By the ziggurat of Marsaglia and Tsang 2000: the layer from the low bits of one word, the rest and another word are 53 bits. */
  exponentialToScratch(): void {
    const { f, i } = this.#memory
    const at = this.#at
    // Two steps of the generator in one.
    const b = i[at + 1]!
    const c = i[at + 2]!
    const counter = i[at + 3]!
    const first = (((i[at]! + b) | 0) + counter) | 0
    const a2 = b ^ (b >>> 9)
    const b2 = (c + (c << 3)) | 0
    const c2 = (((c << 21) | (c >>> 11)) + first) | 0
    const second = (((a2 + b2) | 0) + ((counter + 1) | 0)) | 0
    i[at] = b2 ^ (b2 >>> 9)
    i[at + 1] = (c2 + (c2 << 3)) | 0
    i[at + 2] = (((c2 << 21) | (c2 >>> 11)) + second) | 0
    i[at + 3] = (counter + 2) | 0
    const layer = first & 255
    const x = ((first >>> 11) * 4294967296 + (second >>> 0)) * 1.1102230246251565e-16 * f[CELL_ZIGGURAT + layer]!
    f[CELL_SCRATCH] = x
    if (x >= f[CELL_ZIGGURAT + 1 + layer]!) this.slowlyToScratch(layer)
  }

  /** The one draw in a hundred that isn't inside its layer's rectangle: it is in CELL_SCRATCH. */
  slowlyToScratch(layer: number): void {
    const { f } = this.#memory
    const x = f[CELL_SCRATCH]!
    if (layer === 0) {
      // The tail beyond R has the shape of the whole: start again from there.
      this.exponentialToScratch()
      f[CELL_SCRATCH]! += ZIGGURAT_R
      return
    }
    const low = ZIGGURAT_Y[layer]!
    if (low + this.uniform() * (ZIGGURAT_Y[layer + 1]! - low) >= exp(-x)) this.exponentialToScratch()
  }

  /** Marsaglia's polar method; the second value of the pair is not kept, so a stream's state stays four words. */
  #normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1
      const y = 2 * this.uniform() - 1
      const s = x * x + y * y
      if (s > 0 && s < 1) return x * root((-2 * ln(s)) / s)
    }
  }
}

/** 32-bit hash of a text under a salt (FNV-1a with a murmur3 finish). */
export function mix(text: string, salt: number): number {
  let h = (0x811c9dc5 ^ salt) | 0
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}
