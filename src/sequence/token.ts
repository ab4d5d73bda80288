import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_COMMAND, LOOK_DEAD, LOOK_EVENT, LOOK_REDELIVERED, LOOK_REPLY, LOOK_SHAPE_MASK } from '../contract/hops.ts'
import { box, disc, n, type Shape, type Tone } from './shape.ts'

/** The colour of a message: plum when it is a dead letter, else by its key. */
export function toneOf(look: number): Tone {
  return (look & LOOK_DEAD) !== 0 ? 'dead' : `message-${(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK}`
}

/** A message in the drawing language: shape by type, hollow reply, dashed ring when redelivered, plum when dead. `towards` is where a command points: −1 left, 1 right. */
export function token(look: number, x: number, y: number, towards: 1 | -1): readonly Shape[] {
  const tone = toneOf(look)
  const shape = look & LOOK_SHAPE_MASK
  const d = shape === LOOK_EVENT ? disc(x, y, 4.5) : shape === LOOK_COMMAND ? triangle(x, y, towards) : box(x - 4, y - 4, 8, 8, 1)
  const paint = (look & LOOK_REPLY) !== 0 ? { fill: 'surface', stroke: tone, width: 1.7 } : { fill: tone, stroke: 'surface', width: 1 }
  const ring: readonly Shape[] = (look & LOOK_REDELIVERED) === 0 ? [] : [{ d: disc(x, y, 7.5), stroke: tone, width: 1.2, dash: '2.4 2' }]
  return [{ d, ...paint }, ...ring]
}

/** Its form in a word: for those who don't see it. */
export function lookText(look: number): string {
  const words = [(look & LOOK_DEAD) !== 0 ? 'dead letter' : '', (look & LOOK_REDELIVERED) !== 0 ? 'redelivered' : '', (look & LOOK_REPLY) !== 0 ? 'reply' : '']
  return words.filter(word => word !== '').join(', ')
}

function triangle(x: number, y: number, towards: 1 | -1): string {
  return `M${n(x - 4.5 * towards)} ${n(y - 4.8)}L${n(x + 5 * towards)} ${n(y)}L${n(x - 4.5 * towards)} ${n(y + 4.8)}Z`
}
