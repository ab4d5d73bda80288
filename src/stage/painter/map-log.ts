import * as G from '../../contract/glances.ts'
import type { Atlas } from './atlas.ts'
import { drawLooks, FADED, shareOf, STEP, THICK, tubeBox, type Tube } from './map-tube.ts'
import type { Look } from './protocol.ts'
import type { Device } from './traffic.ts'

/** A cursor reaches so far out of the tape, as a share of its thickness. */
const OUT = 0.35

/** A log's tape from afar: square, with its entries while they are few, else as long as a queue's tube would be full; a tick where each reader goes on, and faded what all have had. */
export function drawLog(context: OffscreenCanvasRenderingContext2D, device: Device, tube: Omit<Tube, 'waiting' | 'held'> & { readonly log: Float64Array }, { look, atlas }: { readonly look: Look; readonly atlas: Atlas }): void {
  const { card, looks, log, colour } = tube
  const { left, width, middle, thick } = tubeBox(card, device, looks !== null)
  const entries = log[G.GLANCE_ENTRIES]!
  const had = log.subarray(G.GLANCE_HAD, G.GLANCE_HAD + log[G.GLANCE_CURSORS]!)
  const read = had.length > 0 ? Math.min(...had) : 0
  const few = looks !== null && entries <= G.GLANCE_LOOKS_MOST
  const reach = few ? (n: number) => (n === 0 ? 0 : (THICK / 2 - STEP / 2 + n * STEP) * device.factor) : (n: number) => (entries === 0 ? 0 : (n / entries) * width * shareOf(entries))
  const bar = (from: number, to: number, fill: string): void => {
    context.fillStyle = fill
    context.fillRect(left + width - to, middle - thick / 2, to - from, thick)
  }
  bar(0, width, look.canvas)
  context.strokeStyle = look.border
  context.lineWidth = device.scale
  context.strokeRect(left, middle - thick / 2, width, thick)
  if (few) drawLooks(context, device, { card, looks: looks.subarray(0, entries), waiting: n => n >= read, middle }, atlas)
  else {
    context.globalAlpha = FADED
    bar(0, reach(read), colour)
    context.globalAlpha = 0.9
    bar(reach(read), reach(entries), colour)
    context.globalAlpha = 1
  }
  context.fillStyle = look.text
  const tick = Math.max(1, 1.5 * device.zoom) * device.scale
  for (const n of had) context.fillRect(left + width - reach(n) - tick / 2, middle - thick * (0.5 + OUT), tick, thick * (1 + 2 * OUT))
}
