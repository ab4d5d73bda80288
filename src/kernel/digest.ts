/** Folds a history into 64 bits, number by number. Equal histories, equal digests; the order counts. */
export class Digest {
  #high = 0x6a09e667 | 0
  #low = 0xbb67ae85 | 0

  /** Folds a whole number below 2^53 in magnitude. */
  fold(value: number): void {
    const low = value | 0
    const high = Math.floor(value / 4294967296) | 0
    this.#low = Math.imul(this.#low ^ low, 0x9e3779b1)
    this.#low ^= this.#low >>> 15
    this.#high = Math.imul(this.#high ^ high ^ this.#low, 0x85ebca77)
    this.#high ^= this.#high >>> 13
    this.#low = (this.#low + this.#high) | 0
  }

  /** Folds a fact: a time, and four whole numbers below 2^32 in magnitude but for the serial, which may reach 2^53. */
  foldFact(timeNs: number, what: number, origin: number, serial: number, detail: number): void {
    let low = Math.imul(this.#low ^ (timeNs | 0), 0x9e3779b1)
    let high = Math.imul(this.#high ^ ((timeNs / 4294967296) | 0) ^ what, 0x85ebca77)
    low ^= (low >>> 15) ^ high
    high = Math.imul(high ^ (high >>> 13) ^ origin, 0xc2b2ae3d)
    low = Math.imul(low ^ (serial | 0), 0x27d4eb2f)
    high ^= (high >>> 16) ^ low ^ ((serial / 4294967296) | 0)
    this.#low = Math.imul(low ^ (low >>> 14) ^ detail, 0x165667b1) | 0
    this.#high = (high + this.#low) | 0
  }

  high(): number {
    return this.#high >>> 0
  }

  low(): number {
    return this.#low >>> 0
  }

  /** 16 hexadecimal digits. */
  text(): string {
    return this.high().toString(16).padStart(8, '0') + this.low().toString(16).padStart(8, '0')
  }
}
