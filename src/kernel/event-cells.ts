/**
 * The event list's own state in the memory (from CELL_EVENT_LIST on), so that a copy of the memory is a copy of the list. CELL_… are addresses
 * of doubles, INT_… indices of integers. Plain numbers, because these are read at every event.
 */

/** Events before this time are in the near list, all others in the far one; Infinity when there are no others. */
export const CELL_HORIZON = 8

/** First free event record, and the block of records that was made last. */
export const INT_FREE_EVENT = 18
export const INT_EVENT_BLOCK = 19
/** Cancelled ones that were not cleared away yet, and how many are worth a search for them. */
export const INT_CANCELLED = 20
export const INT_SWEEP_FROM = 21
/** Ranks of sources: address and room. */
export const INT_RANKS = 22
export const INT_RANKS_ROOM = 23
/** The near list: address, end of what is used, where it is crowded, end of what there is room for. */
export const INT_NEAR = 24
export const INT_NEAR_END = 25
export const INT_NEAR_CROWDED = 26
export const INT_NEAR_ROOM = 27
/** The far list: its chain of events beyond every rung, the rungs' address, and the address of the lowest (below the first: none). */
export const INT_TOP = 28
export const INT_RUNGS = 29
export const INT_RUNG = 30
/** First free block of a chain. */
export const INT_FREE_BLOCK = 31

/** What is left of this instant: address, how many there are, room; and how often something was added since there was nothing. */
export const INT_INSTANTS = 32
export const INT_INSTANTS_COUNT = 33
export const INT_INSTANTS_ROOM = 34
export const CELL_INSTANTS_SEQUENCE = 18
