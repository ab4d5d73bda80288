import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_COMMAND, LOOK_DEAD, LOOK_DOCUMENT, LOOK_REDELIVERED, LOOK_REPLY, LOOK_SHAPE_MASK } from '../contract/hops.ts'

/** What a queue's tube shows: its messages one by one from the head at the right, and a bar for what doesn't fit. */
export interface TubeMarks {
  readonly marks: readonly Mark[]
  /** Length of the density bar left of the marks; 0 when everything fits. */
  readonly barWidth: number
  /** How densely the bar is filled, 0 to 1. */
  readonly density: number
}
export interface Mark {
  /** Which one it is of what the queue holds, from the head. */
  readonly place: number
  readonly x: number
  readonly shape: 'triangle' | 'circle' | 'square'
  readonly colour: string
  readonly hollow: boolean
  readonly ring: boolean
  /** Handed out, not settled. */
  readonly out: boolean
}

export const TUBE_WIDTH = 196
export const TUBE_HEIGHT = 18
const EDGE = 10
const STEP = 12
/** So many stand in the tube, closer together when there are more than its length takes side by side. */
const FIT = 24
/** So many stand in front of the bar when not all fit. */
const FRONT = 8
/** A queue this long fills its bar; in between the scale is logarithmic, as a queue's troubles are. */
const FULL = 10_000
/** Of those handed out at most so many are shown: what waits matters more. */
const OUT_SHOWN = 6

/**
 * `looks` are those that wait, head first, then those that were handed out and are not settled yet. On screen the handed out stand
 * before the head, faded: they have left, but may come back.
 */
export function tubeMarks(looks: readonly number[], count: number, unacked: number): TubeMarks {
  const waiting = Math.max(0, count - unacked)
  const out = looks.slice(waiting, waiting + OUT_SHOWN).map((look, n) => ({ look, out: true, place: waiting + n }))
  const ready = looks.slice(0, waiting).map((look, place) => ({ look, out: false, place }))
  const fits = waiting + out.length <= FIT
  const shown = [...out, ...ready].slice(0, fits ? FIT : FRONT + out.length)
  const step = fits ? Math.min(STEP, (TUBE_WIDTH - 2 * EDGE) / Math.max(1, shown.length - 1)) : STEP
  const marks = shown.map((one, index) => markOf(one, Math.round((TUBE_WIDTH - EDGE - index * step) * 10) / 10))
  if (fits) return { marks, barWidth: 0, density: 0 }
  const share = Math.min(1, Math.log10(waiting / FIT) / Math.log10(FULL / FIT))
  const room = TUBE_WIDTH - 2 * 4 - shown.length * STEP
  return { marks, barWidth: Math.round(room * (0.35 + 0.65 * share)), density: Math.round((0.35 + 0.65 * share) * 20) / 20 }
}

export function markOf({ look, out, place }: { readonly look: number; readonly out: boolean; readonly place: number }, x: number): Mark {
  const shape = look & LOOK_SHAPE_MASK
  return {
    place,
    x,
    shape: shape === LOOK_COMMAND ? 'triangle' : shape === LOOK_DOCUMENT ? 'square' : 'circle',
    colour: (look & LOOK_DEAD) === 0 ? `var(--message-${(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK})` : 'var(--dead)',
    hollow: (look & LOOK_REPLY) !== 0,
    out,
    ring: (look & LOOK_REDELIVERED) !== 0,
  }
}
