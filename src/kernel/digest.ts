import { CELL_DIGEST, Memory } from './memory.ts'

const LOW = CELL_DIGEST * 2
const HIGH = LOW + 1
/** 2^−32, exactly. */
const INVERSE = 1 / 4294967296

/**
 * Folds a fact into the digest in these integers of a memory: a time, and four whole numbers below 2^32 in magnitude but for the serial, which may reach 2^53. The high
 * words of time and serial come by multiplication: both are non-negative, and a division costs as much as all the rest.
 */
export function foldFact(i: Int32Array, timeNs: number, what: number, origin: number, serial: number, detail: number): void {
  let low = Math.imul(i[LOW]! ^ (timeNs | 0), 0x9e3779b1)
  let high = Math.imul(i[HIGH]! ^ ((timeNs * INVERSE) | 0) ^ what, 0x85ebca77)
  low ^= (low >>> 15) ^ high
  high = Math.imul(high ^ (high >>> 13) ^ origin, 0xc2b2ae3d)
  low = Math.imul(low ^ (serial | 0), 0x27d4eb2f)
  high ^= (high >>> 16) ^ low ^ ((serial * INVERSE) | 0)
  low = Math.imul(low ^ (low >>> 14) ^ detail, 0x165667b1) | 0
  i[LOW] = low
  i[HIGH] = (high + low) | 0
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
