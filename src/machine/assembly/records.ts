import * as C from './memory'
import { cell, get, getF, int } from './memory'

/** Records of pending events: kernel/event-records.ts. */

/** Integers of a pair of cells that stands for an event in a list, after its time: its record, and that of the part it is for as far as it is known, else 0 or an earlier one. */
export const EVENT: i32 = 2
export const PART: i32 = 3

export const COUNTER: i32 = 0
export const DATUM: i32 = 1
export const SOURCE: i32 = 4
export const COUNTED_TARGET: i32 = 5
export const SIGNAL: i32 = 6

/** Whether event a comes before event b, both at the same time. */
export function before(a: i32, b: i32): boolean {
  const sa = get(a, SOURCE)
  const sb = get(b, SOURCE)
  if (sa == sb) return getF(a, COUNTER) < getF(b, COUNTER)
  const ranks = int(C.RANKS)
  return cell(ranks + sa) < cell(ranks + sb)
}
