import { FACT_VERBS, type FactVerb } from '../contract/model.ts'
import { DISCARD_REASONS, type DiscardReason } from '../contract/ledger.ts'
import type { Memory } from '../kernel/memory.ts'

const CAPACITY = 16384
/** A fact's record: time and serial, then two integers: node and verb, origin (plus one) and reason, the second of each pair in the high byte. */
export const FACT_RECORD = 3
export const FACT_AT = 0
export const FACT_SERIAL = 1
export const FACT_NODE = 4
export const FACT_ORIGIN = 5
export const FACT_BYTE = 24
/** A run can have this many nodes, those that were removed included: 16 million. */
export const FACT_NODES_MAX = 2 ** FACT_BYTE - 2
const LOW = 2 ** FACT_BYTE - 1

export interface Fact {
  readonly atNs: number
  readonly node: number
  readonly verb: FactVerb
  /** Producer's node index and serial of the message; origin −1 when the fact is about no message. */
  readonly origin: number
  readonly serial: number
  readonly reason: DiscardReason | null
}

/**
 * The newest facts of a run in a ring in the linear memory; older ones are overwritten. Two cells tell where the next one goes and how many there
 * ever were; Core.fact writes the records itself, as it does for every fact of every message.
 */
export class Trace {
  /** The cell whose first integer is the next record's address; the count stands in the cell after it. */
  readonly cursor: number
  readonly first: number
  readonly end: number
  readonly #memory: Memory

  constructor(memory: Memory) {
    this.#memory = memory
    this.cursor = memory.reserve(2)
    this.first = memory.reserve(CAPACITY * FACT_RECORD)
    this.end = this.first + CAPACITY * FACT_RECORD
    memory.i[this.cursor * 2] = this.first
  }

  /** Facts ever stated. */
  get count(): number {
    return this.#memory.f[this.cursor + 1]!
  }

  /** The newest facts that fit, oldest first. */
  newest(limit: number, fits: (fact: Fact) => boolean): Fact[] {
    const found: Fact[] = []
    const kept = Math.min(this.count, CAPACITY)
    let at = this.#memory.i[this.cursor * 2]!
    for (let n = 0; n < kept && found.length < limit; n += 1) {
      at = at === this.first ? this.end - FACT_RECORD : at - FACT_RECORD
      const fact = this.#read(at)
      if (fits(fact)) found.push(fact)
    }
    return found.reverse()
  }

  #read(at: number): Fact {
    const { f, i } = this.#memory
    const node = i[at * 2 + FACT_NODE]!
    const origin = i[at * 2 + FACT_ORIGIN]!
    const reason = origin >>> FACT_BYTE
    return {
      atNs: f[at + FACT_AT]!,
      node: node & LOW,
      verb: FACT_VERBS[node >>> FACT_BYTE]!,
      origin: (origin & LOW) - 1,
      serial: f[at + FACT_SERIAL]!,
      reason: reason === 0 ? null : DISCARD_REASONS[reason - 1]!,
    }
  }
}
