import * as G from '../../contract/glances.ts'
import type { Atlas } from './atlas.ts'
import type { Card, Look } from './protocol.ts'
import type { Device } from './traffic.ts'

/** A queue this long fills its tube: as that of a near node does. */
const FULL = 10_000
/** Of what was handed out and may come back. */
export const FADED = 0.35
/** Where the tube lies in its node, in flow units. */
const SIDE = 11
export const THICK = 18
export const STEP = 14

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
  const { left, width, middle, thick } = tubeBox(card, device, looks !== null)
  const bar = (share: number, colour: string): void => {
    if (share <= 0) return
    context.beginPath()
    context.roundRect(left + width * (1 - share), middle - thick / 2, width * share, thick, Math.min(thick, width * share) / 2)
    context.fillStyle = colour
    context.fill()
  }
  bar(1, look.canvas)
  if (looks && held <= G.GLANCE_LOOKS_MOST) {
    drawLooks(context, device, { card, looks, waiting: n => n < waiting, middle }, atlas)
    return
  }
  context.globalAlpha = FADED
  bar(shareOf(held), tube.colour)
  context.globalAlpha = 0.9
  bar(shareOf(waiting), tube.colour)
  context.globalAlpha = 1
}

/** Where the tube lies, in pixels of the canvas: in the middle of a node that says what it holds, else along its foot. */
export function tubeBox(card: Card, device: Device, detailed: boolean): { readonly left: number; readonly width: number; readonly middle: number; readonly thick: number } {
  return {
    left: (card.x + SIDE) * device.factor + device.x,
    width: (card.width - 2 * SIDE) * device.factor,
    middle: (card.y + card.height * (detailed ? 0.64 : 0.84)) * device.factor + device.y,
    thick: Math.max(1.5, Math.min(THICK * device.zoom, card.height * device.zoom * 0.24)) * device.scale,
  }
}

/** The first looks, one by one from the right; what isn't waiting is faded. */
export function drawLooks(context: OffscreenCanvasRenderingContext2D, device: Device, { card, looks, waiting, middle }: { readonly card: Card; readonly looks: Float64Array; readonly waiting: (n: number) => boolean; readonly middle: number }, atlas: Atlas): void {
  const side = atlas.side()
  looks.forEach((look, n) => {
    if (look < 0) return
    const { x, y } = atlas.place(atlas.token(look, 0))
    context.globalAlpha = waiting(n) ? 1 : FADED
    context.drawImage(atlas.canvas, x, y, side, side, (card.x + card.width - SIDE - THICK / 2 - n * STEP) * device.factor + device.x - side / 2, middle - side / 2, side, side)
  })
  context.globalAlpha = 1
}

/** Of a tube's length, by orders of magnitude. */
export function shareOf(count: number): number {
  return Math.min(1, Math.log10(1 + count) / Math.log10(1 + FULL))
}
