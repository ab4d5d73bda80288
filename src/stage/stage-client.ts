import type { Cards, FontFile, FromPainter, Layers, Look, Marks, PainterName, SeenToken, Tally, ToPainter, View } from './painter/protocol.ts'

/** Pixels drawn beyond the pane on each side, so that a pan shows tokens before the next anchor is ready. */
const OVERSCAN = 160
/** How much of it a pan may use up before the next anchor is asked for: the rest lasts until it is there. */
const OVERSCAN_USED = 0.5
/** Software rendering pays by the pixel: canvases stay at 1.5 device pixels at most; the browser scales them. A GPU doesn't care. */
const SCALE_MAX = 1.5
const SCALE_MAX_GPU = 3
/** How near to a token a pointer must be, in CSS pixels. */
const REACH_PX = 10
const FINGER_PX = 22

interface Anchor {
  readonly box: HTMLElement
  view: View
}

export interface StageOptions {
  readonly hops: MessagePort
  readonly reasons: readonly string[]
  readonly fonts?: readonly FontFile[]
  /** Instead of what measuring chooses. */
  readonly painter?: PainterName | undefined
  /** The token under the pointer changed. */
  readonly onToken?: (token: SeenToken | null) => void
  /** Lanes carry other colours than before. */
  readonly onColours?: (lanes: Uint8Array) => void
}

/**
 * The page's side of the painter: two sets of canvases inside React Flow's viewport element, moved by the browser's own transform. The worker draws
 * for the view at which the visible set was anchored; when the view leaves its overscan or the zoom changes, the other is anchored, drawn and
 * swapped in. So tokens never slip against nodes, and the main thread has nothing to do per frame.
 */
export class StageClient {
  readonly #worker: Worker
  readonly #home: HTMLElement
  readonly #anchors: readonly [Anchor, Anchor]
  readonly #onToken: (token: SeenToken | null) => void
  readonly #onColours: (lanes: Uint8Array) => void
  #visible: 0 | 1 = 0
  #pending: View | null = null
  #wanted: View | null = null
  #swapping = 0
  #scaleMax = SCALE_MAX
  /** Device pixels per CSS pixel of the newest anchor. */
  #scale = 0
  #latest: View | null = null
  readonly #tallies: ((tally: Tally) => void)[] = []
  readonly #picks: ((token: SeenToken | null) => void)[] = []

  constructor(home: HTMLElement, { hops, reasons, fonts = [], painter, onToken = () => {}, onColours = () => {} }: StageOptions) {
    this.#worker = new Worker(new URL('./painter/main.ts', import.meta.url), { type: 'module', name: 'stage' })
    this.#home = home
    this.#onToken = onToken
    this.#onColours = onColours
    const made = [anchorIn(home), anchorIn(home)] as const
    this.#anchors = [made[0].anchor, made[1].anchor]
    this.#worker.addEventListener('message', (event: MessageEvent<FromPainter>) => this.#take(event.data))
    const anchors = [made[0].layers, made[1].layers] as const
    this.#post({ kind: 'start', anchors, hops, reasons, fonts, painter: painter ?? null }, [...anchors.flatMap(({ map, tokens, extras }) => [map, tokens, extras]), hops])
  }

  /** The view moved. Anchors anew when the visible canvases don't cover it any more. */
  setView(view: View): void {
    if (view.width === 0 || view.height === 0) return
    this.#latest = view
    const now = this.#pending ?? this.#anchors[this.#visible].view
    const spare = OVERSCAN * OVERSCAN_USED
    const sharp = this.#scale === Math.min(this.#scaleMax, window.devicePixelRatio)
    const covered = sharp && now.zoom === view.zoom && now.width === view.width && now.height === view.height && Math.abs(now.x - view.x) < spare && Math.abs(now.y - view.y) < spare
    if (covered) return
    if (this.#pending) this.#wanted = view
    else this.#anchor(view)
  }

  /** Takes them along: they are the painter's from now on. */
  setCurves(curves: Float32Array<ArrayBuffer>): void {
    this.#post({ kind: 'curves', curves }, [curves.buffer])
  }
  setLook(look: Look): void {
    this.#post({ kind: 'look', look })
  }
  setReduced(reduced: boolean): void {
    this.#post({ kind: 'motion', reduced })
  }
  setMap(on: boolean): void {
    this.#home.toggleAttribute('data-map', on)
    this.#post({ kind: 'map', on })
  }
  setCards(cards: Cards): void {
    this.#post({ kind: 'cards', cards })
  }
  setMarked(marks: Marks): void {
    this.#post({ kind: 'marked', ...marks })
  }
  follow(handles: readonly number[]): void {
    this.#post({ kind: 'follow', handles })
  }

  /** The pointer is at this place of the flow, or away. */
  point(at: { readonly x: number; readonly y: number } | null): void {
    this.#post({ kind: 'point', at, reach: REACH_PX / this.#anchors[this.#visible].view.zoom })
  }

  /** Which token a finger touched. */
  pick(at: { readonly x: number; readonly y: number }): Promise<SeenToken | null> {
    return new Promise(resolve => {
      this.#picks.push(resolve)
      this.#post({ kind: 'pick', at, reach: FINGER_PX / this.#anchors[this.#visible].view.zoom })
    })
  }

  /** What was drawn so far. */
  tally(): Promise<Tally> {
    return new Promise(resolve => {
      this.#tallies.push(resolve)
      this.#post({ kind: 'count' })
    })
  }

  dispose(): void {
    cancelAnimationFrame(this.#swapping)
    this.#worker.terminate()
    for (const { box } of this.#anchors) box.remove()
  }

  #take(message: FromPainter): void {
    switch (message.kind) {
      case 'drawn':
        // The frame was handed over; two animation frames later it is on the screen, so that the swap shows no gap.
        this.#swapping = requestAnimationFrame(() => (this.#swapping = requestAnimationFrame(() => this.#swap(message.index))))
        return
      case 'gpu':
        this.#home.toggleAttribute('data-gpu', message.on)
        this.#scaleMax = message.on ? SCALE_MAX_GPU : SCALE_MAX
        if (this.#latest) this.setView(this.#latest)
        return
      case 'token':
        this.#onToken(message.token)
        return
      case 'colours':
        this.#onColours(message.lanes)
        return
      case 'picked':
        this.#picks.shift()?.(message.token)
        return
      case 'tally':
        this.#tallies.shift()?.(message.tally)
    }
  }

  #anchor(view: View): void {
    this.#pending = view
    this.#wanted = null
    const index = this.#visible === 0 ? 1 : 0
    const { style } = this.#anchors[index].box
    style.visibility = 'hidden'
    style.display = 'block'
    style.transform = `translate(${(-view.x - OVERSCAN) / view.zoom}px, ${(-view.y - OVERSCAN) / view.zoom}px) scale(${1 / view.zoom})`
    style.width = `${view.width + 2 * OVERSCAN}px`
    style.height = `${view.height + 2 * OVERSCAN}px`
    this.#scale = Math.min(this.#scaleMax, window.devicePixelRatio)
    this.#post({ kind: 'anchor', index, view, overscan: OVERSCAN, scale: this.#scale })
  }

  #swap(index: 0 | 1): void {
    const view = this.#pending
    if (!view) return
    const other = index === 0 ? 1 : 0
    this.#pending = null
    this.#anchors[index].view = view
    this.#anchors[index].box.style.visibility = 'visible'
    this.#anchors[other].box.style.display = 'none'
    this.#visible = index
    this.#post({ kind: 'off', index: other })
    if (this.#wanted) this.setView(this.#wanted)
  }

  #post(message: ToPainter, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

function anchorIn(home: HTMLElement): { readonly anchor: Anchor; readonly layers: Layers } {
  const box = document.createElement('div')
  box.className = 'st-anchor'
  box.style.display = 'none'
  const canvas = (name: string): OffscreenCanvas => {
    const element = document.createElement('canvas')
    element.className = `st-canvas st-${name}`
    box.append(element)
    return element.transferControlToOffscreen()
  }
  const layers: Layers = { map: canvas('map'), tokens: canvas('tokens'), extras: canvas('extras') }
  home.append(box)
  return { anchor: { box, view: { x: 0, y: 0, zoom: 1, width: 0, height: 0 } }, layers }
}
