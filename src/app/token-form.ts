import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_COMMAND, LOOK_DEAD, LOOK_EVENT, LOOK_REDELIVERED, LOOK_REPLY, LOOK_SHAPE_MASK } from '../contract/hops.ts'

/** A message as it is drawn. */
export interface TokenForm {
  readonly shape: 'triangle' | 'circle' | 'square'
  /** A colour of the theme. */
  readonly colour: string
  readonly hollow: boolean
  readonly ringed: boolean
}

/** Shape by type, hollow reply, dashed ring when redelivered, plum when dead. */
export function tokenForm(look: number): TokenForm {
  const shape = look & LOOK_SHAPE_MASK
  return {
    shape: shape === LOOK_EVENT ? 'circle' : shape === LOOK_COMMAND ? 'triangle' : 'square',
    colour: (look & LOOK_DEAD) !== 0 ? 'var(--dead)' : `var(--message-${(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK})`,
    hollow: (look & LOOK_REPLY) !== 0,
    ringed: (look & LOOK_REDELIVERED) !== 0,
  }
}
