import type { Atlas } from './atlas.ts'
import { Blitter } from './blitter.ts'
import { CanvasStamper } from './canvas-stamper.ts'
import type { Extras } from './extras.ts'
import { GlStamper } from './gl-stamper.ts'
import type { MapPainter } from './map-painter.ts'
import type { Placements } from './placements.ts'
import type { Layers, PainterName, View } from './protocol.ts'
import type { Device, Frame } from './traffic.ts'

/** Up to so many tokens the canvas draws itself; with more, writing pixels is cheaper (`npm run bench -- --only stage`). */
const FEW_MOST = 160

/** The canvases of one anchor: what they show, and how. */
export class Surface {
  fewMost = FEW_MOST
  /** Whether anyone sees it. */
  on = false
  /** Channels that show a number instead of motion. */
  counts = 0
  /** The map is out of date. */
  mapDue = true
  device: Device = { zoom: 1, scale: 1, factor: 1, x: 0, y: 0, width: 0, height: 0 }
  readonly #layers: Layers
  readonly #few: CanvasStamper | null
  readonly #blitter: Blitter | null
  readonly #context: OffscreenCanvasRenderingContext2D | null
  /** Undefined until a map is drawn: most topologies never are that large. */
  #map: OffscreenCanvasRenderingContext2D | null | undefined
  #gl: GlStamper | null = null
  /** The canvas drew on it since it was cleared. */
  #drawnOn = false
  #mapShown = false

  constructor(layers: Layers, atlas: Atlas) {
    this.#layers = layers
    this.#context = layers.extras.getContext('2d')
    this.#few = this.#context && new CanvasStamper(this.#context, atlas)
    this.#blitter = this.#context && new Blitter(this.#context, atlas)
  }

  /** Begins to use the GPU; false when it can't. `onLost` is told when it goes away. */
  useGpu(atlas: Atlas, onLost: () => void): boolean {
    const gl = this.#layers.tokens.getContext('webgl2', { alpha: true, antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' })
    if (!gl) return false
    try {
      this.#gl = new GlStamper(gl, atlas)
    } catch {
      return false
    }
    this.#layers.tokens.addEventListener('webglcontextlost', onLost, { once: true })
    return true
  }

  /** Gives the GPU up: what it drew last is taken away. */
  leaveGpu(placements: Placements): void {
    placements.clear()
    this.#gl?.stamp(placements)
    this.#gl = null
  }

  anchor(view: View, overscan: number, scale: number): void {
    const width = Math.max(1, Math.round((view.width + 2 * overscan) * scale))
    const height = Math.max(1, Math.round((view.height + 2 * overscan) * scale))
    const { map, tokens, extras } = this.#layers
    for (const canvas of this.#gl ? [map, tokens, extras] : [map, extras]) {
      if (canvas.width === width && canvas.height === height) continue
      canvas.width = width
      canvas.height = height
    }
    this.device = { zoom: view.zoom, scale, factor: view.zoom * scale, x: (view.x + overscan) * scale, y: (view.y + overscan) * scale, width, height }
    this.on = true
    this.mapDue = true
  }

  drawMap(painter: MapPainter | null): void {
    if (!this.mapDue || (!painter && !this.#mapShown)) return
    this.mapDue = false
    this.#mapShown = painter !== null
    // Asked for once: Firefox refuses to be asked again for the context of a canvas that came from the page.
    this.#map ??= this.#layers.map.getContext('2d')
    const context = this.#map
    if (!context) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.device.width, this.device.height)
    painter?.draw(context, this.device)
  }

  /** Draws tokens and what comes one by one; says by which painter. */
  draw(placements: Placements, extras: Extras, frame: Frame): PainterName {
    const { width, height } = this.device
    const few = !this.#gl && placements.count <= this.fewMost
    if (this.#context && (this.#drawnOn || few)) {
      this.#context.clearRect(0, 0, width, height)
      this.#blitter?.forget()
    }
    this.#drawnOn = few && placements.count > 0
    if (this.#gl) this.#gl.stamp(placements)
    else if (few) this.#few?.stamp(placements)
    else this.#blitter?.stamp(placements)
    if (this.#context && this.#few) {
      if (frame.reduced) this.counts = extras.drawPulses(this.#context, this.device, frame)
      const drew = frame.reduced || extras.draw(this.#context, this.#few, this.device, frame)
      this.#drawnOn = this.#drawnOn || drew
    }
    return this.#gl ? 'webgl' : few ? 'canvas' : 'blitter'
  }
}
