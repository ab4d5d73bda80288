/** What the page tells the render worker, and hears from it. Nothing here is per message or per frame. */
export interface View {
  /** React Flow's transform: screen = flow × zoom + (x, y). */
  readonly x: number
  readonly y: number
  readonly zoom: number
  /** Size of the pane in CSS pixels. */
  readonly width: number
  readonly height: number
}

export interface Look {
  /** Eight colours of messages. */
  readonly messages: readonly string[]
  readonly dead: string
  readonly danger: string
  readonly outline: string
  readonly text: string
  readonly flow: string
}

export type ToPainter =
  | { readonly kind: 'start'; readonly canvases: readonly [OffscreenCanvas, OffscreenCanvas]; readonly hops: MessagePort; readonly reasons: readonly string[] }
  /** Draw canvas `index` for this view from now on; answered by `drawn`. */
  | { readonly kind: 'anchor'; readonly index: 0 | 1; readonly view: View; readonly overscan: number; readonly scale: number }
  /** Replaces every path. Each: Float32 [length, x0, y0, x1, y1 …], equally far apart along the path; null where a channel has none. */
  | { readonly kind: 'tables'; readonly tables: readonly (Float32Array | null)[] }
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'motion'; readonly reduced: boolean }
  /** Answered by `tally`. */
  | { readonly kind: 'count' }

/** What was drawn so far, for measurements and tests. */
export interface Tally {
  readonly frames: number
  /** Tokens in the newest frame. */
  readonly tokens: number
}

export type FromPainter =
  | { readonly kind: 'drawn'; readonly index: 0 | 1 }
  | { readonly kind: 'tally'; readonly tally: Tally }
