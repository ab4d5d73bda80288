import { FACT_VERBS, type FactVerb } from '../contract/fact.ts'
import { DISCARD_REASONS, type DiscardReason } from '../contract/ledger.ts'
import { foldFact } from '../kernel/digest.ts'
import type { Memory } from '../kernel/memory.ts'

/** So many of the newest facts of a run are kept. */
export const FACTS_KEPT = 16384
const HASHES_FIRST = 64
/** A fact's record: time and serial, then four integers: node and verb, origin (plus one) and reason, the second of each pair in the high byte; detail; index of the message's content. */
export const FACT_RECORD = 4
export const FACT_AT = 0
export const FACT_SERIAL = 1
export const FACT_NODE = 4
export const FACT_ORIGIN = 5
export const FACT_DETAIL = 6
/** Not in the digest: only where what is told of the message can be read (engine/contents.ts). */
export const FACT_CONTENT = 7
export const FACT_BYTE = 24
/** A run can have this many nodes, those that were removed included: 16 million. */
export const FACT_NODES_MAX = 2 ** FACT_BYTE - 2
const LOW = 2 ** FACT_BYTE - 1

export interface Fact {
  /** Counted from 0, over the whole run. */
  readonly number: number
  readonly atNs: number
  readonly node: number
  readonly verb: FactVerb
  /** Producer's node index and serial of the message; origin −1 when the fact is about no message. */
  readonly origin: number
  readonly serial: number
  readonly reason: DiscardReason | null
  /** What the verb says of it: a routed message's number of routes. */
  readonly detail: number
  /** Index of the message's content; means nothing when the fact is about no message. */
  readonly content: number
}

/**
 * The newest facts of a run in a ring in the linear memory; older ones are overwritten. A cell tells where the next one goes; Core.fact writes the
 * records itself, as it does for every fact of every message. The digest is folded from the records, many at a time: that is cheaper than one by one.
 */
export class Trace {
  /** The cell whose first integer is the next record's address. */
  readonly cursor: number
  readonly first: number
  /** Told before the first record of a new round is written. */
  onWrap: () => void = () => {}
  readonly end: number
  readonly #memory: Memory
  /** Address and room, in integers, of the hashes of nodes' ids, by the node's index. */
  #hashes: number
  #room = HASHES_FIRST
  /** Records before this address are in the digest. */
  #folded: number
  /** Records before the ring's present round. */
  #past = 0

  constructor(memory: Memory) {
    this.#memory = memory
    this.cursor = memory.reserve(1)
    this.first = memory.reserve(FACTS_KEPT * FACT_RECORD)
    this.end = this.first + FACTS_KEPT * FACT_RECORD
    memory.i[this.cursor * 2] = this.first
    this.#folded = this.first
    this.#hashes = memory.reserve(HASHES_FIRST / 2)
  }

  /** Facts ever stated. */
  get count(): number {
    return this.#past + (this.#memory.i[this.cursor * 2]! - this.first) / FACT_RECORD
  }

  addNode(index: number, hash: number): void {
    if (index > FACT_NODES_MAX) throw new Error(`a run can have ${FACT_NODES_MAX} nodes`)
    if (index >= this.#room) this.#moreHashes()
    this.#memory.i[this.#hashes * 2 + index] = hash
  }
  hash(node: number): number {
    return this.#memory.i[this.#hashes * 2 + node]!
  }

  /** The last record of the ring was written: the next goes to the first. */
  wrap(): void {
    this.fold()
    this.onWrap()
    this.#past += FACTS_KEPT
    this.#folded = this.first
    this.#memory.i[this.cursor * 2] = this.first
  }

  /** The machine has folded its facts as it stated them: all are in the digest. */
  folded(): void {
    this.#folded = this.#memory.i[this.cursor * 2]!
  }

  /** Brings the digest up to the newest fact. */
  fold(): void {
    const { i } = this.#memory
    const hashes = this.#hashes * 2
    const end = i[this.cursor * 2]!
    for (let at = this.#folded; at < end; at += FACT_RECORD) {
      const node = i[at * 2 + FACT_NODE]!
      const origin = i[at * 2 + FACT_ORIGIN]!
      const what = i[hashes + (node & LOW)]! ^ ((node >>> FACT_BYTE) << 8) ^ (origin >>> FACT_BYTE)
      foldFact(i, at * 2, what, (origin & LOW) === 0 ? 0 : i[hashes + (origin & LOW) - 1]!, i[at * 2 + FACT_DETAIL]!)
    }
    this.#folded = end
  }

  /** Number of the oldest fact that is kept. */
  get oldest(): number {
    return Math.max(0, this.count - FACTS_KEPT)
  }

  /** The newest facts that fit, oldest first; none before the one of number `from`. */
  newest(limit: number, fits: (fact: Fact) => boolean, from = 0): Fact[] {
    const found: Fact[] = []
    const least = Math.max(from, this.oldest)
    for (let number = this.count - 1; number >= least && found.length < limit; number -= 1) {
      const fact = this.read(number)
      if (fits(fact)) found.push(fact)
    }
    return found.reverse()
  }

  /** Facts after the first so many, oldest first; of those that were overwritten meanwhile nothing is known. */
  after(count: number): Fact[] {
    return this.newest(this.count - count, () => true)
  }

  /** Address of a fact's record, as long as it is kept. */
  addressOf(number: number): number {
    return this.first + (number % FACTS_KEPT) * FACT_RECORD
  }

  #moreHashes(): void {
    const memory = this.#memory
    const cells = this.#room / 2
    const bigger = memory.reserve(cells * 2)
    memory.f.copyWithin(bigger, this.#hashes, this.#hashes + cells)
    memory.release(this.#hashes, cells)
    this.#hashes = bigger
    this.#room *= 2
  }

  /** A fact that is kept. */
  read(number: number): Fact {
    const at = this.addressOf(number)
    const { f, i } = this.#memory
    const node = i[at * 2 + FACT_NODE]!
    const origin = i[at * 2 + FACT_ORIGIN]!
    const reason = origin >>> FACT_BYTE
    return {
      number,
      atNs: f[at + FACT_AT]!,
      node: node & LOW,
      verb: FACT_VERBS[node >>> FACT_BYTE]!,
      origin: (origin & LOW) - 1,
      serial: f[at + FACT_SERIAL]!,
      reason: reason === 0 ? null : DISCARD_REASONS[reason - 1]!,
      detail: i[at * 2 + FACT_DETAIL]!,
      content: i[at * 2 + FACT_CONTENT]!,
    }
  }
}
