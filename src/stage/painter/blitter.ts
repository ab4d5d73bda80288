import type { Atlas } from './atlas.ts'
import { HOPS_MAX } from './hop-store.ts'
import { GRAINS_MAX, type Placements } from './placements.ts'
import type { Stamper } from './stamper.ts'

/** Pixels fainter than this are taken for solid or for nothing: no eye tells the difference at the size of a token. */
const SOLID = 250
const NOTHING = 5
/** Rows of a band, as a power of two, and how many bands there are at most. */
const BAND_SHIFT = 5
const BANDS = 256

/** A picture ready to be copied: its solid pixels, which are stored as they are, and those of its edge, which are mixed; offsets from its corner. */
interface Cut {
  readonly solidAt: Int32Array
  readonly solid: Uint32Array
  readonly edgeAt: Int32Array
  readonly edge: Uint32Array
}

/** The pixels that one canvas shows of the last stamping. */
interface Extent {
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * Tokens written straight into pixels, one 32-bit store each, and one upload of what they touch. Without a GPU this beats the canvas's own drawing
 * several times over.
 */
export class Blitter implements Stamper {
  readonly name = 'blitter'
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #atlas: Atlas
  #cuts: Cut[] = []
  #edition = -1
  #stride = 0
  readonly #bands = new Int32Array(BANDS + 2)
  readonly #order = new Uint16Array(HOPS_MAX + GRAINS_MAX)
  #shown: Extent | null = null

  constructor(context: OffscreenCanvasRenderingContext2D, atlas: Atlas) {
    this.#context = context
    this.#atlas = atlas
  }

  /** The canvas was cleared by someone else. */
  forget(): void {
    this.#shown = null
  }

  stamp(placements: Placements): void {
    const { width, height } = this.#context.canvas
    const image = sharedImage(width, height)
    if (this.#edition !== this.#atlas.edition || this.#stride !== image.width) {
      this.#edition = this.#atlas.edition
      this.#stride = image.width
      this.#cuts = []
    }
    const extent = this.#write(placements, new Uint32Array(image.data.buffer), { width, height })
    const put = union(extent, this.#shown, width, height)
    if (put) this.#context.putImageData(image, 0, 0, put.left, put.top, put.right - put.left, put.bottom - put.top)
    this.#shown = extent
    // The next user of the shared pixels finds them empty.
    if (extent) {
      const pixels = new Uint32Array(image.data.buffer)
      for (let y = extent.top; y < extent.bottom; y += 1) pixels.fill(0, y * image.width + extent.left, y * image.width + extent.right)
    }
  }

  #write(placements: Placements, pixels: Uint32Array, size: { readonly width: number; readonly height: number }): Extent | null {
    const side = this.#atlas.side()
    const half = side / 2
    const stride = this.#stride
    let left = size.width
    let top = size.height
    let right = 0
    let bottom = 0
    const order = this.#inBands(placements)
    for (let n = 0; n < placements.count; n += 1) {
      const place = order[n]!
      const x = (placements.x[place]! - half + 0.5) | 0
      const y = (placements.y[place]! - half + 0.5) | 0
      if (x < 0 || y < 0 || x + side > size.width || y + side > size.height) continue
      const sprite = placements.sprite[place]!
      const cut = this.#cuts[sprite] ?? this.#cut(sprite, side)
      copy(cut, pixels, y * stride + x)
      if (x < left) left = x
      if (x + side > right) right = x + side
      if (y < top) top = y
      if (y + side > bottom) bottom = y + side
    }
    return right > left ? { left, top, right, bottom } : null
  }

  /** Placements by bands of rows: pixels that are near are in the processor's cache. */
  #inBands({ y, count }: Placements): Uint16Array {
    this.#bands.fill(0)
    for (let n = 0; n < count; n += 1) this.#bands[bandOf(y[n]!) + 1]! += 1
    for (let band = 1; band <= BANDS; band += 1) this.#bands[band]! += this.#bands[band - 1]!
    for (let n = 0; n < count; n += 1) {
      const band = bandOf(y[n]!)
      this.#order[this.#bands[band]!] = n
      this.#bands[band]! += 1
    }
    return this.#order
  }

  #cut(sprite: number, side: number): Cut {
    const pixels = this.#atlas.pixels(sprite)
    const kept = { solidAt: [] as number[], solid: [] as number[], edgeAt: [] as number[], edge: [] as number[] }
    pixels.forEach((pixel, n) => {
      const alpha = pixel >>> 24
      if (alpha < NOTHING) return
      const at = Math.floor(n / side) * this.#stride + (n % side)
      if (alpha >= SOLID) {
        kept.solidAt.push(at)
        kept.solid.push(pixel)
      } else {
        kept.edgeAt.push(at)
        kept.edge.push(pixel)
      }
    })
    const cut: Cut = { solidAt: Int32Array.from(kept.solidAt), solid: Uint32Array.from(kept.solid), edgeAt: Int32Array.from(kept.edgeAt), edge: Uint32Array.from(kept.edge) }
    this.#cuts[sprite] = cut
    return cut
  }
}

function bandOf(y: number): number {
  return y <= 0 ? 0 : Math.min(BANDS - 1, y >> BAND_SHIFT)
}

function copy({ solidAt, solid, edgeAt, edge }: Cut, to: Uint32Array, start: number): void {
  for (let n = 0; n < solidAt.length; n += 1) to[start + solidAt[n]!] = solid[n]!
  for (let n = 0; n < edgeAt.length; n += 1) {
    const at = start + edgeAt[n]!
    const under = to[at]!
    to[at] = under === 0 ? edge[n]! : mixed(edge[n]!, under)
  }
}

/** One pixel over another; over a fainter one it stands as it is. */
function mixed(over: number, under: number): number {
  const alpha = over >>> 24
  if (under >>> 24 <= alpha) return over
  const rest = 255 - alpha
  const redBlue = (((over & 0xff00ff) * alpha + (under & 0xff00ff) * rest) >>> 8) & 0xff00ff
  const green = (((over & 0xff00) * alpha + (under & 0xff00) * rest) >>> 8) & 0xff00
  return (under & 0xff000000) | redBlue | green
}

function union(a: Extent | null, b: Extent | null, width: number, height: number): Extent | null {
  if (!a || !b) return a ?? b
  return { left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.min(width, Math.max(a.right, b.right)), bottom: Math.min(height, Math.max(a.bottom, b.bottom)) }
}

let image: ImageData | null = null

/** One set of pixels serves all canvases in turn: it is empty between stampings. */
function sharedImage(width: number, height: number): ImageData {
  if (!image || image.width !== width || image.height < height) image = new ImageData(width, height)
  return image
}
