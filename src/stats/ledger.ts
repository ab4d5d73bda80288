import { COPY_STATES, DISCARD_REASONS, DISCARDED, ON_WIRE, PROCESSED, RETAINED, UNACKNOWLEDGED, WAITING, type LedgerFigures } from '../contract/ledger.ts'
import type { Memory } from '../kernel/memory.ts'

/**
 * Cells of a ledger: what came and went; copies by state (contract/ledger's numbers); then what is rarer. Its address is that of the cell in front of the
 * first state: with what came and went before it, all that a copy changes on its way, from when it is published until it is processed, is in one line of
 * the processor's cache.
 */
const STATES = COPY_STATES.length + 1
export const LEDGER_PUBLISHED = -3
export const LEDGER_WENT_OUT = -2
export const LEDGER_CAME_IN = -1
export const LEDGER_COPIED = 8
export const LEDGER_DEAD_LETTERED = 9
export const LEDGER_REDELIVERED = 10
/** The integer that says where the discards by reason are. */
export const LEDGER_REASONS = 22
const TOTALS = [LEDGER_WENT_OUT, LEDGER_CAME_IN, LEDGER_PUBLISHED, LEDGER_COPIED, LEDGER_DEAD_LETTERED, LEDGER_REDELIVERED]
/** Integers in the first cell, beside the states: index of its node, and hash of the node's id. */
export const LEDGER_NODE = 0
export const LEDGER_HASH = 1
const BEFORE = 3
const CELLS = 16

/** The counts of one node in the linear memory. States that end (processed, discarded) only grow; the others are how many are there now. */
export class Ledger {
  readonly at: number
  readonly #memory: Memory

  constructor(memory: Memory) {
    this.#memory = memory
    this.at = memory.reserve(CELLS) + BEFORE
    const reasons = memory.reserveApart(DISCARD_REASONS.length)
    memory.i[this.at * 2 + LEDGER_REASONS] = reasons
  }

  /** Copies in a state of contract/ledger. */
  state(state: number): number {
    return this.#memory.f[this.at + state]!
  }
  /** One of the LEDGER_… counts. */
  total(cell: number): number {
    return this.#memory.f[this.at + cell]!
  }
  /** By index of DISCARD_REASONS. */
  reason(index: number): number {
    return this.#memory.f[this.#reasons + index]!
  }
  count(cell: number): void {
    this.#memory.f[this.at + cell]! += 1
  }

  get #reasons(): number {
    return this.#memory.i[this.at * 2 + LEDGER_REASONS]!
  }

  figures(): LedgerFigures {
    return {
      published: this.total(LEDGER_PUBLISHED),
      copied: this.total(LEDGER_COPIED),
      cameIn: this.total(LEDGER_CAME_IN),
      wentOut: this.total(LEDGER_WENT_OUT),
      onWire: this.state(ON_WIRE),
      waiting: this.state(WAITING),
      unacknowledged: this.state(UNACKNOWLEDGED),
      processed: this.state(PROCESSED),
      retained: this.state(RETAINED),
      discarded: DISCARD_REASONS.map((_, index) => this.reason(index)),
      deadLettered: this.total(LEDGER_DEAD_LETTERED),
      redelivered: this.total(LEDGER_REDELIVERED),
    }
  }

  /** Becomes the sum of others. */
  sum(others: readonly Ledger[]): void {
    const { f } = this.#memory
    const cells = [...TOTALS, ...COPY_STATES.map((_, index) => index + 1)]
    for (const cell of cells) f[this.at + cell] = others.reduce((sum, other) => sum + f[other.at + cell]!, 0)
    DISCARD_REASONS.forEach((_, index) => (f[this.#reasons + index] = others.reduce((sum, other) => sum + other.reason(index), 0)))
  }

  /** What came minus where it is: 0 when the ledger balances. */
  imbalance(): number {
    let there = this.total(LEDGER_WENT_OUT)
    for (let state = 1; state < STATES; state += 1) there += this.state(state)
    return this.total(LEDGER_PUBLISHED) + this.total(LEDGER_COPIED) + this.total(LEDGER_CAME_IN) - there
  }

  /** Discards by reason, together: the same as the copies in the state 'discarded'. */
  reasonsTotal(): number {
    return DISCARD_REASONS.reduce((sum, _, index) => sum + this.reason(index), 0)
  }

  discarded(): number {
    return this.state(DISCARDED)
  }
}

/** How many of a ledger's copies are discarded in all. */
export function discardedOf(figures: LedgerFigures): number {
  return figures.discarded.reduce((sum, count) => sum + count, 0)
}
