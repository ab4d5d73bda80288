import { FACT_VERBS, type FactVerb } from '../contract/model.ts'
import { DISCARD_REASONS, type DiscardReason } from '../contract/ledger.ts'

const CAPACITY = 16384

export interface Fact {
  readonly atNs: number
  readonly node: number
  readonly verb: FactVerb
  /** Producer's node index and serial of the message; origin −1 when the fact is about no message. */
  readonly origin: number
  readonly serial: number
  readonly reason: DiscardReason | null
}

/** The newest facts of a run in a ring of typed arrays; older ones are overwritten. */
export class Trace {
  readonly #atNs = new Float64Array(CAPACITY)
  readonly #serial = new Float64Array(CAPACITY)
  readonly #node = new Int32Array(CAPACITY)
  readonly #origin = new Int32Array(CAPACITY)
  readonly #verb = new Uint8Array(CAPACITY)
  readonly #reason = new Uint8Array(CAPACITY)
  /** Facts ever stated. */
  count = 0

  state(atNs: number, node: number, verb: number, origin: number, serial: number, reason: number): void {
    const at = this.count % CAPACITY
    this.#atNs[at] = atNs
    this.#node[at] = node
    this.#verb[at] = verb
    this.#origin[at] = origin
    this.#serial[at] = serial
    this.#reason[at] = reason
    this.count += 1
  }

  /** The newest facts that fit, oldest first. */
  newest(limit: number, fits: (fact: Fact) => boolean): Fact[] {
    const found: Fact[] = []
    const oldest = Math.max(0, this.count - CAPACITY)
    for (let n = this.count - 1; n >= oldest && found.length < limit; n -= 1) {
      const fact = this.#read(n % CAPACITY)
      if (fits(fact)) found.push(fact)
    }
    return found.reverse()
  }

  #read(at: number): Fact {
    const reason = this.#reason[at]!
    return {
      atNs: this.#atNs[at]!,
      node: this.#node[at]!,
      verb: FACT_VERBS[this.#verb[at]!]!,
      origin: this.#origin[at]!,
      serial: this.#serial[at]!,
      reason: reason === 0 ? null : DISCARD_REASONS[reason - 1]!,
    }
  }
}
