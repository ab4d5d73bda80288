import { DISCARD_REASONS, type DiscardReason } from '../contract/ledger.ts'
import type { Handle } from '../contract/message.ts'
import type { Memory } from '../kernel/memory.ts'

/** Enough to ask about what was lost in the last moments; each keeps a record of 56 bytes and its content. */
const KEPT = 512

export interface DeadCopy {
  readonly message: Handle
  readonly reason: DiscardReason
}

/** The newest discarded copies, in a ring in the linear memory: a cell each, handle and index of the reason. */
export class DeadCopies {
  readonly #memory: Memory
  readonly #first: number
  /** The cell that counts how many there ever were. */
  readonly #count: number

  constructor(memory: Memory) {
    this.#memory = memory
    this.#count = memory.reserve(1)
    this.#first = memory.reserve(KEPT)
  }

  /** Keeps a copy; returns the oldest one, which it takes the place of, or 0. */
  add(message: Handle, reason: number): Handle {
    const { f, i } = this.#memory
    const place = (this.#first + (f[this.#count]! % KEPT)) * 2
    const forgotten = i[place]!
    f[this.#count]! += 1
    i[place] = message
    i[place + 1] = reason
    return forgotten
  }

  /** The newest that fit, newest first. */
  newest(limit: number, fits: (copy: DeadCopy) => boolean): DeadCopy[] {
    const { f, i } = this.#memory
    const count = f[this.#count]!
    const found: DeadCopy[] = []
    for (let n = 1; n <= Math.min(KEPT, count) && found.length < limit; n += 1) {
      const place = (this.#first + ((count - n) % KEPT)) * 2
      const copy: DeadCopy = { message: i[place]!, reason: DISCARD_REASONS[i[place + 1]!]! }
      if (fits(copy)) found.push(copy)
    }
    return found
  }

  /** Why a copy ended; null when it didn't, or that was forgotten. */
  reasonOf(message: Handle): DiscardReason | null {
    return this.newest(1, copy => copy.message === message)[0]?.reason ?? null
  }
}
