import { COPY_STATES, DISCARD_REASONS, DISCARDED, ON_WIRE, PROCESSED, RETAINED, UNACKNOWLEDGED, WAITING, type LedgerFigures } from '../contract/ledger.ts'
import type { Memory } from '../kernel/memory.ts'

/** Cells of a ledger. The first ones count copies by state (contract/ledger's numbers); then what came and went; then discards by reason. */
const STATES = COPY_STATES.length + 1
export const LEDGER_WENT_OUT = 7
export const LEDGER_CAME_IN = 8
export const LEDGER_PUBLISHED = 9
export const LEDGER_COPIED = 10
export const LEDGER_DEAD_LETTERED = 11
export const LEDGER_REDELIVERED = 12
export const LEDGER_REASONS = 13
/** Integers in the first cell, beside the states: index of its node, and hash of the node's id. */
export const LEDGER_NODE = 0
export const LEDGER_HASH = 1
export const LEDGER_CELLS = 40

/** The counts of one node in the linear memory. States that end (processed, discarded) only grow; the others are how many are there now. */
export class Ledger {
  readonly at: number
  readonly #memory: Memory

  constructor(memory: Memory, at = memory.reserve(LEDGER_CELLS)) {
    this.#memory = memory
    this.at = at
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
    return this.#memory.f[this.at + LEDGER_REASONS + index]!
  }
  count(cell: number): void {
    this.#memory.f[this.at + cell]! += 1
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
    f.fill(0, this.at + 1, this.at + LEDGER_CELLS)
    for (const other of others) for (let cell = 1; cell < LEDGER_CELLS; cell += 1) f[this.at + cell]! += f[other.at + cell]!
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
