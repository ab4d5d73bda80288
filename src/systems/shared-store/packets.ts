import { OP_FIRST } from '../../contract/context.ts'

/** A connection is opened, and stands. */
export const OP_HELLO = OP_FIRST
export const OP_READY = OP_FIRST + 1
/** Reads the version of a row. a: the row's key, interned. */
export const OP_SELECT = OP_FIRST + 2
/** The same, and the row is this connection's until it has written. */
export const OP_LOCK = OP_FIRST + 3
/** a: version of the row that was read or locked; 0 where there is none yet. */
export const OP_VERSION = OP_FIRST + 4
/** message: sight of what is written. a: the version that it is based on, or BLIND; b: 1 when it must still be that one. */
export const OP_WRITE = OP_FIRST + 5
export const OP_WRITTEN = OP_FIRST + 6
/** Nothing was written: somebody else has changed the row. */
export const OP_CONFLICT = OP_FIRST + 7
/** a: how far the reader is, or one of the below; b: at most so many rows. */
export const OP_POLL = OP_FIRST + 8
/** message: a copy of a row, or the sight of a job. a: number of its lock, 0 for a copy. */
export const OP_ROW = OP_FIRST + 9
/** A poll is answered. a: how many rows came; b: how far the reader is now. */
export const OP_DONE = OP_FIRST + 10
/** a: number of a lock; b: an outcome, one of the below. */
export const OP_SETTLE = OP_FIRST + 11

/** Of a write: over whatever there is. */
export const BLIND = -1
/** Of a poll: from where this reader was; from now on. */
export const WHERE_IT_WAS = -1
export const FROM_NOW = -2

export const ACCEPTED = 0
export const RELEASED = 1
export const REJECTED = 2
