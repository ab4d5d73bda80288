import * as G from '../../contract/glances.ts'
import type { Atlas } from './atlas.ts'
import type { Card, Look } from './protocol.ts'
import type { Device } from './traffic.ts'

/** A queue this long fills its tube: as that of a near node does. */
const FULL = 10_000
/** Of what was handed out and may come back. */
const FADED = 0.35
/** Where the tube lies in its node, in flow units. */
const SIDE = 11
const THICK = 18
const STEP = 14

export interface Tube {
  readonly card: Card
  /** Waiting, and all that it holds: the rest was handed out. */
  readonly waiting: number
  readonly held: number
  readonly colour: string
  /** The first looks, head first, or null when they are not to be told apart. */
  readonly looks: Float64Array | null
}

/** A queue's tube from afar: its messages one by one with the head at the right while they are few, else how full it is by orders of magnitude. */
export function drawTube(context: OffscreenCanvasRenderingContext2D, device: Device, tube: Tube, { look, atlas }: { readonly look: Look; readonly atlas: Atlas }): void {
  const { card, waiting, held, looks } = tube
  const detailed = looks !== null
  const thick = Math.max(1.5, Math.min(THICK * device.zoom, card.height * device.zoom * 0.24)) * device.scale
  const left = (card.x + SIDE) * device.factor + device.x
  const width = (card.width - 2 * SIDE) * device.factor
  const middle = (card.y + card.height * (detailed ? 0.64 : 0.84)) * device.factor + device.y
  const bar = (share: number, colour: string): void => {
    if (share <= 0) return
    context.beginPath()
    context.roundRect(left + width * (1 - share), middle - thick / 2, width * share, thick, Math.min(thick, width * share) / 2)
    context.fillStyle = colour
    context.fill()
  }
  bar(1, look.canvas)
  if (looks && held <= G.GLANCE_LOOKS_MOST) {
    drawLooks(context, device, { card, looks, waiting, middle }, atlas)
    return
  }
  context.globalAlpha = FADED
  bar(shareOf(held), tube.colour)
  context.globalAlpha = 0.9
  bar(shareOf(waiting), tube.colour)
  context.globalAlpha = 1
}

function drawLooks(context: OffscreenCanvasRenderingContext2D, device: Device, { card, looks, waiting, middle }: { readonly card: Card; readonly looks: Float64Array; readonly waiting: number; readonly middle: number }, atlas: Atlas): void {
  const side = atlas.side()
  looks.forEach((look, n) => {
    if (look < 0) return
    const { x, y } = atlas.place(atlas.token(look, 0))
    context.globalAlpha = n < waiting ? 1 : FADED
    context.drawImage(atlas.canvas, x, y, side, side, (card.x + card.width - SIDE - THICK / 2 - n * STEP) * device.factor + device.x - side / 2, middle - side / 2, side, side)
  })
  context.globalAlpha = 1
}

function shareOf(count: number): number {
  return Math.min(1, Math.log10(1 + count) / Math.log10(1 + FULL))
}
