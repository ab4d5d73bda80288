import type { Handle } from './message.ts'

/** How far somebody has read a log: a group of consumers that share one position, or a reader with its own. */
export interface Cursor {
  readonly of: 'group' | 'reader'
  readonly name: string
  /** Number of the entry that comes next for it, of those that are kept. */
  readonly next: number
  /** What it has not been given yet, as the product counts: entries that are gone may be among them. NaN where the product can't tell. */
  readonly lag: number
  /** Given, and not acknowledged. */
  readonly pending: number
  readonly consumers: number
  /** Id of what it was given last, where entries have ids and not only numbers. */
  readonly id?: LogId
}

/** An id of two parts: time and number. */
export interface LogId {
  readonly major: number
  readonly minor: number
}

/** Where a model writes what there is to say of a log: a node whose entries stay when they are read. */
export interface LogSheet {
  /** Numbers of the oldest entry that is kept and of the one that will be added next, and how many there were before the oldest. */
  entries(kept: { readonly first: number; readonly next: number; readonly gone: number }): void
  /** The ids of the oldest entry and of the last one, where they have ids. */
  ids(oldest: LogId, last: LogId): void
  /** The newest entry, then the one before it, and so on, as long as it says that there is room. */
  newest(entry: Handle): boolean
  cursor(cursor: Cursor): void
}

/** What a kind calls things, where its nodes may be logs: whether one is, its model says. */
export interface LogWords {
  /** What is written below the end of the oldest entry. */
  readonly oldest: string
  /** What is written below the end of the newest one; and where a cursor stands. */
  readonly position: string
}

/** Block of a log in the figures, after the probes of its node: whether it is one now, first and next entry, how many are gone, the ids of its ends (NaN: none), how many cursors there are, how far the last of them is behind. */
export const LOG_IS = 0
export const LOG_FIRST = 1
export const LOG_NEXT = 2
export const LOG_GONE = 3
export const LOG_OLDEST_ID = 4
export const LOG_LAST_ID = 6
export const LOG_CURSORS = 8
export const LOG_LAG = 9
/** Looks of the newest entries, newest first, or -1. */
export const LOG_NEWEST = 10
export const LOG_NEWEST_MOST = 4
/** Then the cursors. Where there are more, those that are furthest behind are told. */
export const LOG_CURSOR = LOG_NEWEST + LOG_NEWEST_MOST
export const LOG_CURSORS_MOST = 12
/** Of a cursor: number of its name (in the names that come with the figures), 1 for a group, what comes next, lag, pending, consumers, the two parts of its id. */
export const CURSOR_NAME = 0
export const CURSOR_GROUP = 1
export const CURSOR_NEXT = 2
export const CURSOR_LAG = 3
export const CURSOR_PENDING = 4
export const CURSOR_CONSUMERS = 5
export const CURSOR_ID = 6
export const CURSOR_SLOTS = 8
export const LOG_SLOTS = LOG_CURSOR + LOG_CURSORS_MOST * CURSOR_SLOTS
