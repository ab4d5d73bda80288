import { COPY_STATES, DISCARD_REASONS, type CopyState, type LedgerFigures } from '../contract/ledger.ts'

/** Index of a state in the table's records; 0 means the record is free. */
export const STATE_INDEX: Readonly<Record<CopyState, number>> = Object.fromEntries(COPY_STATES.map((state, index) => [state, index + 1])) as Record<CopyState, number>
export const STATE_DISCARDED = STATE_INDEX.discarded
export const STATE_PROCESSED = STATE_INDEX.processed

/** The counts of one node. States that end (processed, discarded) only grow; the others are how many are there now. */
export class Ledger {
  published = 0
  copied = 0
  cameIn = 0
  wentOut = 0
  deadLettered = 0
  redelivered = 0
  /** By STATE_INDEX. */
  readonly states = new Float64Array(COPY_STATES.length + 1)
  /** By index of DISCARD_REASONS. */
  readonly reasons = new Float64Array(DISCARD_REASONS.length)

  figures(): LedgerFigures {
    return {
      published: this.published,
      copied: this.copied,
      cameIn: this.cameIn,
      wentOut: this.wentOut,
      onWire: this.states[1]!,
      waiting: this.states[2]!,
      unacknowledged: this.states[3]!,
      processed: this.states[4]!,
      retained: this.states[5]!,
      discarded: Array.from(this.reasons),
      deadLettered: this.deadLettered,
      redelivered: this.redelivered,
    }
  }

  add(other: Ledger): void {
    this.published += other.published
    this.copied += other.copied
    this.cameIn += other.cameIn
    this.wentOut += other.wentOut
    this.deadLettered += other.deadLettered
    this.redelivered += other.redelivered
    other.states.forEach((value, index) => (this.states[index]! += value))
    other.reasons.forEach((value, index) => (this.reasons[index]! += value))
  }

  /** What came minus where it is: 0 when the ledger balances. */
  imbalance(): number {
    let there = this.wentOut
    for (let state = 1; state < this.states.length; state += 1) there += this.states[state]!
    return this.published + this.copied + this.cameIn - there
  }
}

/** How many of a ledger's copies are discarded in all. */
export function discardedOf(figures: LedgerFigures): number {
  return figures.discarded.reduce((sum, count) => sum + count, 0)
}
