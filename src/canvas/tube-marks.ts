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
  readonly x: number
  readonly shape: 'triangle' | 'circle' | 'square'
  readonly colour: string
  readonly hollow: boolean
  readonly ring: boolean
}

export const TUBE_WIDTH = 196
export const TUBE_HEIGHT = 18
const STEP = 12
const EDGE = 10
/** So many stand in the tube when all fit, and so many in front of the bar when not. */
const FIT = Math.floor((TUBE_WIDTH - 8) / STEP)
const FRONT = 8
/** A queue this long fills its bar; in between the scale is logarithmic, as a queue's troubles are. */
const FULL = 10_000

export function tubeMarks(looks: readonly number[], count: number): TubeMarks {
  const fits = count <= FIT
  const shown = looks.slice(0, fits ? FIT : FRONT)
  const marks = shown.map((look, index) => markOf(look, TUBE_WIDTH - EDGE - index * STEP))
  if (fits) return { marks, barWidth: 0, density: 0 }
  const share = Math.min(1, Math.log10(count / FIT) / Math.log10(FULL / FIT))
  const room = TUBE_WIDTH - 2 * 4 - FRONT * STEP
  return { marks, barWidth: Math.round(room * (0.35 + 0.65 * share)), density: Math.round((0.35 + 0.65 * share) * 20) / 20 }
}

function markOf(look: number, x: number): Mark {
  const shape = look & LOOK_SHAPE_MASK
  return {
    x,
    shape: shape === LOOK_COMMAND ? 'triangle' : shape === LOOK_DOCUMENT ? 'square' : 'circle',
    colour: (look & LOOK_DEAD) === 0 ? `var(--message-${(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK})` : 'var(--dead)',
    hollow: (look & LOOK_REPLY) !== 0,
    ring: (look & LOOK_REDELIVERED) !== 0,
  }
}
