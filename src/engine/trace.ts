import { FACT_VERBS, type FactVerb } from '../contract/model.ts'
import { DISCARD_REASONS, type DiscardReason } from '../contract/ledger.ts'
import type { Memory } from '../kernel/memory.ts'

const CAPACITY = 16384
/** A fact's record: time and serial, then integers: node and origin, verb and reason. */
const RECORD = 4
const AT_NS = 0
const SERIAL = 1
const NODE = 4
const ORIGIN = 5
const VERB = 6
const REASON = 7

export interface Fact {
  readonly atNs: number
  readonly node: number
  readonly verb: FactVerb
  /** Producer's node index and serial of the message; origin −1 when the fact is about no message. */
  readonly origin: number
  readonly serial: number
  readonly reason: DiscardReason | null
}

/** The newest facts of a run in a ring in the linear memory; older ones are overwritten. */
export class Trace {
  readonly #memory: Memory
  readonly #at: number
  /** Facts ever stated. */
  count = 0

  constructor(memory: Memory) {
    this.#memory = memory
    this.#at = memory.reserve(CAPACITY * RECORD)
  }

  /** Address of the next fact's record, whose time and serial the caller writes itself: doubles passed to a function may have to be boxed. */
  state(node: number, verb: number, origin: number, reason: number): number {
    const at = this.#at + (this.count % CAPACITY) * RECORD
    const { i } = this.#memory
    i[at * 2 + NODE] = node
    i[at * 2 + ORIGIN] = origin
    i[at * 2 + VERB] = verb
    i[at * 2 + REASON] = reason
    this.count += 1
    return at
  }

  /** The newest facts that fit, oldest first. */
  newest(limit: number, fits: (fact: Fact) => boolean): Fact[] {
    const found: Fact[] = []
    const oldest = Math.max(0, this.count - CAPACITY)
    for (let n = this.count - 1; n >= oldest && found.length < limit; n -= 1) {
      const fact = this.#read(this.#at + (n % CAPACITY) * RECORD)
      if (fits(fact)) found.push(fact)
    }
    return found.reverse()
  }

  #read(at: number): Fact {
    const { f, i } = this.#memory
    const reason = i[at * 2 + REASON]!
    return {
      atNs: f[at + AT_NS]!,
      node: i[at * 2 + NODE]!,
      verb: FACT_VERBS[i[at * 2 + VERB]!]!,
      origin: i[at * 2 + ORIGIN]!,
      serial: f[at + SERIAL]!,
      reason: reason === 0 ? null : DISCARD_REASONS[reason - 1]!,
    }
  }
}
