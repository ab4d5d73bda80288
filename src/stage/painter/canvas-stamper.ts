import { Atlas } from './atlas.ts'
import type { Placements } from './placements.ts'
import type { Stamper } from './stamper.ts'

/** Tokens drawn by the canvas itself: for a few of them nothing is cheaper, and they move by parts of a pixel. */
export class CanvasStamper implements Stamper {
  readonly name = 'canvas'
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #atlas: Atlas
  readonly #pictures = new Map<number, OffscreenCanvas>()
  #edition = -1

  constructor(context: OffscreenCanvasRenderingContext2D, atlas: Atlas) {
    this.#context = context
    this.#atlas = atlas
  }

  stamp(placements: Placements): void {
    const context = this.#context
    if (this.#edition !== this.#atlas.edition) {
      this.#edition = this.#atlas.edition
      this.#pictures.clear()
    }
    const half = this.#atlas.half()
    for (let n = 0; n < placements.count; n += 1) context.drawImage(this.picture(placements.sprite[n]!), placements.x[n]! - half, placements.y[n]! - half)
  }

  /** A picture of its own: cut out of the sheet every time, each would cost twice as much. */
  picture(sprite: number): OffscreenCanvas {
    const known = this.#pictures.get(sprite)
    if (known) return known
    const side = this.#atlas.side()
    const picture = new OffscreenCanvas(side, side)
    const { x, y } = this.#atlas.place(sprite)
    picture.getContext('2d')?.drawImage(this.#atlas.canvas, x, y, side, side, 0, 0, side, side)
    this.#pictures.set(sprite, picture)
    return picture
  }
}
