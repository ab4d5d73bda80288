/** Where a copy is. A copy is one message in one place; every copy ever made is in exactly one of these. */
export const COPY_STATES = ['on-wire', 'waiting', 'unacknowledged', 'processed', 'retained', 'discarded'] as const
export type CopyState = (typeof COPY_STATES)[number]
/** States as numbers, 1 + the index above; 0 is a record that is free. */
export const ON_WIRE = 1
export const WAITING = 2
export const UNACKNOWLEDGED = 3
export const PROCESSED = 4
export const RETAINED = 5
export const DISCARDED = 6
/** What a model may put a copy into while it holds it. */
export type HeldState = typeof WAITING | typeof UNACKNOWLEDGED | typeof RETAINED

/** Why a copy was discarded. The order is the index in figures; append only. */
export const DISCARD_REASONS = [
  'unroutable',
  'no subscriber',
  'queue full',
  'expired',
  'rejected',
  'trimmed',
  'purged',
  'queue deleted',
  'connection lost',
  'broker crashed',
  'filtered',
  'application crashed',
  'node removed',
  'refused',
  'delivery limit',
  'dead-letter cycle',
  'replaced',
  'lost on the wire',
] as const
export type DiscardReason = (typeof DISCARD_REASONS)[number]

/**
 * The ledger of one node, or of the topology as the sum of all nodes. It balances when
 * published + copied + cameIn = onWire + waiting + unacknowledged + processed + retained + Σ discarded + wentOut.
 * For the topology cameIn and wentOut are equal and cancel.
 */
export interface LedgerFigures {
  readonly published: number
  readonly copied: number
  /** Copies that were handed to this node by another (or by a wire). */
  readonly cameIn: number
  readonly wentOut: number
  /** On a wire that leaves this node. */
  readonly onWire: number
  readonly waiting: number
  readonly unacknowledged: number
  readonly processed: number
  readonly retained: number
  /** By index of DISCARD_REASONS. */
  readonly discarded: readonly number[]
  /** Events, not states: a dead letter moved on, a copy handed out again. */
  readonly deadLettered: number
  readonly redelivered: number
}
