import type { FromPainter, Look, Tally, ToPainter, View } from './painter/protocol.ts'

/** Pixels drawn beyond the pane on each side, so that a pan shows tokens before the next anchor is ready. */
const OVERSCAN = 110
/** Software rendering pays by the pixel: the token canvas stays at 1.5 device pixels at most; the browser scales it. */
const SCALE_MAX = 1.5

interface Anchor {
  readonly canvas: HTMLCanvasElement
  view: View
}

/**
 * The page's side of the painter: two canvases inside React Flow's viewport element, moved by the browser's own transform. The worker draws for
 * the view at which the visible one was anchored; when the view leaves its overscan or the zoom changes, the other is anchored, drawn and
 * swapped in. So tokens never slip against nodes, and the main thread has nothing to do per frame.
 */
export class StageClient {
  readonly #worker: Worker
  readonly #anchors: readonly [Anchor, Anchor]
  #visible: 0 | 1 = 0
  #pending: View | null = null
  #wanted: View | null = null
  readonly #asked: ((tally: Tally) => void)[] = []

  constructor(box: HTMLElement, hops: MessagePort, reasons: readonly string[]) {
    this.#worker = new Worker(new URL('./painter/main.ts', import.meta.url), { type: 'module', name: 'stage' })
    const make = (): Anchor => {
      const canvas = document.createElement('canvas')
      canvas.className = 'st-canvas'
      canvas.style.visibility = 'hidden'
      box.append(canvas)
      return { canvas, view: { x: 0, y: 0, zoom: 1, width: 0, height: 0 } }
    }
    this.#anchors = [make(), make()]
    const canvases = [this.#anchors[0].canvas.transferControlToOffscreen(), this.#anchors[1].canvas.transferControlToOffscreen()] as const
    this.#worker.addEventListener('message', (event: MessageEvent<FromPainter>) => this.#take(event.data))
    this.#post({ kind: 'start', canvases, hops, reasons }, [...canvases, hops])
  }

  /** The view moved. Anchors anew when the visible canvas doesn't cover it any more. */
  setView(view: View): void {
    if (view.width === 0 || view.height === 0) return
    const now = this.#pending ?? this.#anchors[this.#visible].view
    const covered = now.zoom === view.zoom && now.width === view.width && now.height === view.height && Math.abs(now.x - view.x) < OVERSCAN * 0.8 && Math.abs(now.y - view.y) < OVERSCAN * 0.8
    if (covered) return
    if (this.#pending) this.#wanted = view
    else this.#anchor(view)
  }

  setTables(tables: readonly (Float32Array | null)[]): void {
    this.#post({ kind: 'tables', tables })
  }
  setLook(look: Look): void {
    this.#post({ kind: 'look', look })
  }
  setReduced(reduced: boolean): void {
    this.#post({ kind: 'motion', reduced })
  }

  /** What was drawn so far. */
  tally(): Promise<Tally> {
    return new Promise(resolve => {
      this.#asked.push(resolve)
      this.#post({ kind: 'count' })
    })
  }

  dispose(): void {
    this.#worker.terminate()
    for (const { canvas } of this.#anchors) canvas.remove()
  }

  #take(message: FromPainter): void {
    if (message.kind === 'drawn') this.#swap(message.index)
    else this.#asked.shift()?.(message.tally)
  }

  #anchor(view: View): void {
    this.#pending = view
    this.#wanted = null
    const index = this.#visible === 0 ? 1 : 0
    this.#post({ kind: 'anchor', index, view, overscan: OVERSCAN, scale: Math.min(SCALE_MAX, window.devicePixelRatio) })
  }

  #swap(index: 0 | 1): void {
    const view = this.#pending
    if (!view) return
    this.#pending = null
    const shown = this.#anchors[index]
    shown.view = view
    const { style } = shown.canvas
    style.left = `${(-view.x - OVERSCAN) / view.zoom}px`
    style.top = `${(-view.y - OVERSCAN) / view.zoom}px`
    style.width = `${(view.width + 2 * OVERSCAN) / view.zoom}px`
    style.height = `${(view.height + 2 * OVERSCAN) / view.zoom}px`
    style.visibility = 'visible'
    this.#anchors[index === 0 ? 1 : 0].canvas.style.visibility = 'hidden'
    this.#visible = index
    if (this.#wanted) this.setView(this.#wanted)
  }

  #post(message: ToPainter, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}
