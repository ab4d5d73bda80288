import { CELL_DIGEST, Memory } from './memory.ts'

const LOW = CELL_DIGEST * 2
const HIGH = LOW + 1

/**
 * Folds a fact into the digest in these integers of a memory: two doubles as the four integers that they are, and three integers. Each word is mixed by
 * itself before it meets what was there, so that the way from one fact to the next is short.
 */
export function foldFact(i: Int32Array, at: number, what: number, origin: number, detail: number): void {
  const time = Math.imul(i[at]! ^ what, 0x9e3779b1)
  const serial = Math.imul(i[at + 2]! ^ origin, 0x85ebca77)
  const rest = Math.imul(i[at + 1]! ^ Math.imul(detail, 0xc2b2ae3d), 0x27d4eb2f) ^ Math.imul(i[at + 3]!, 0x165667b1)
  let low = Math.imul(i[LOW]! ^ time ^ (serial >>> 15), 0x85ebca6b)
  low ^= low >>> 15
  const high = Math.imul(i[HIGH]! ^ serial ^ (time >>> 13) ^ rest, 0xc2b2ae35)
  i[LOW] = low
  i[HIGH] = ((high ^ (high >>> 16)) + low) | 0
}

/** Folds a history into 64 bits, fact by fact. Equal histories, equal digests; the order counts. */
export class Digest {
  readonly #memory: Memory

  constructor(memory = new Memory()) {
    this.#memory = memory
    memory.i[HIGH] = 0x6a09e667
    memory.i[LOW] = 0xbb67ae85 | 0
  }

  high(): number {
    return this.#memory.i[HIGH]! >>> 0
  }
  low(): number {
    return this.#memory.i[LOW]! >>> 0
  }
  /** 16 hexadecimal digits. */
  text(): string {
    return this.high().toString(16).padStart(8, '0') + this.low().toString(16).padStart(8, '0')
  }
}
