import type { Crossing } from '../contract/sequence.ts'
import type { NodeId } from '../topology/document.ts'
import type { Lifeline } from './lifelines.ts'
import type { View } from './time.ts'

/** Where things stand in a drawing: lifelines side by side, time downwards, true to scale. */
export interface Frame {
  readonly view: View
  readonly width: number
  readonly height: number
  /** Room for the names above, and for times at the left. */
  readonly top: number
  readonly left: number
  readonly lifelines: readonly Lifeline[]
  /** Middle of each lifeline. */
  readonly columns: ReadonlyMap<NodeId, number>
  /** From one lifeline to the next. */
  readonly apart: number
}

const COLUMN_MIN = 86
const COLUMN_MIN_COMPACT = 34
const BOTTOM = 10

export function frameOf(options: { readonly view: View; readonly lifelines: readonly Lifeline[]; readonly width: number; readonly height: number; readonly compact?: boolean }): Frame {
  const { view, lifelines, height } = options
  const compact = options.compact === true
  const left = compact ? 8 : 84
  const top = compact ? 36 : 38
  const least = compact ? COLUMN_MIN_COMPACT : COLUMN_MIN
  const apart = Math.max(least, (options.width - left - 8) / Math.max(1, lifelines.length))
  const width = Math.max(options.width, left + apart * lifelines.length + 8)
  return { view, width, height, top, left, lifelines, apart, columns: new Map(lifelines.map((one, index) => [one.id, left + apart * (index + 0.5)])) }
}

export function yOf(frame: Frame, ns: number): number {
  const { view, top, height } = frame
  return top + ((ns - view.fromNs) / (view.toNs - view.fromNs)) * (height - BOTTOM - top)
}

/** The moment at a height. */
export function nsAt(frame: Frame, y: number): number {
  const { view, top, height } = frame
  return view.fromNs + ((y - top) / (height - BOTTOM - top)) * (view.toNs - view.fromNs)
}

/** A crossing as a line, clipped to what is seen. `index` is its place among those that were given. */
export interface Arrow {
  readonly crossing: Crossing
  readonly index: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** Where it departed and where it ended, when these are in sight. */
  readonly starts: boolean
  readonly ends: boolean
}

/** Lines reach a little beyond what is seen, so that their ends are not. */
const BEYOND = 12
/** What is lost at the very end of its way is shown to fall before it arrives. */
const FALL_MOST = 0.88

/** Those in sight, whose both ends have a lifeline. */
export function arrowsOf(frame: Frame, crossings: readonly Crossing[]): readonly Arrow[] {
  const { view, columns, top, height } = frame
  const arrows: Arrow[] = []
  for (const [index, crossing] of crossings.entries()) {
    if (crossing.departNs > view.toNs || crossing.endNs < view.fromNs) continue
    const from = columns.get(crossing.from)
    const to = columns.get(crossing.to)
    if (from === undefined || to === undefined) continue
    const ends = crossing.end === 'flying' ? Math.min(view.toNs, crossing.endNs) : crossing.endNs
    const share = shareOf(crossing, ends)
    const arrow = clipped({ x1: from, y1: yOf(frame, crossing.departNs), x2: from + (to - from) * share, y2: yOf(frame, ends) }, top - BEYOND, height + BEYOND)
    if (arrow) arrows.push({ crossing, index, ...arrow })
  }
  return arrows
}

/** How far it came. */
function shareOf({ departNs, dueNs, end }: Crossing, endNs: number): number {
  if (end === 'arrived' || end === 'dropped') return 1
  const share = dueNs <= departNs ? FALL_MOST : (endNs - departNs) / (dueNs - departNs)
  return Math.max(0.06, Math.min(end === 'flying' ? 1 : FALL_MOST, share))
}

/** The part of a line between two heights; coordinates stay small however near one looks. */
function clipped({ x1, y1, x2, y2 }: { x1: number; y1: number; x2: number; y2: number }, top: number, bottom: number): Omit<Arrow, 'crossing' | 'index'> | null {
  if (y2 < top || y1 > bottom) return null
  const at = (y: number): number => x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)
  const starts = y1 >= top
  const ends = y2 <= bottom
  return { x1: starts ? x1 : at(top), y1: starts ? y1 : top, x2: ends ? x2 : at(bottom), y2: ends ? y2 : bottom, starts, ends }
}
