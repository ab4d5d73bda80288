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

export interface SystemColours {
  readonly line: string
  readonly soft: string
  readonly text: string
}

/** The colours of the theme, resolved. */
export interface Look {
  /** Eight colours of messages. */
  readonly messages: readonly string[]
  readonly dead: string
  readonly danger: string
  readonly warn: string
  readonly ok: string
  readonly outline: string
  readonly canvas: string
  readonly border: string
  readonly line: string
  readonly text: string
  readonly muted: string
  readonly flow: string
  readonly systems: Readonly<Record<string, SystemColours>>
}

/** A node as it is painted from afar. */
export interface Card {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly form: 'card' | 'hexagon' | 'tube' | 'container' | 'unknown'
  readonly system: string
  readonly label: string
}

/** Everything that stands still, in the order of the figures' layout. */
export interface Cards {
  readonly layout: number
  readonly cards: readonly Card[]
  /** By channel number: drawn dashed. */
  readonly dashed: readonly boolean[]
  /** Channel numbers on which dead letters go. */
  readonly dead: readonly number[]
}

export interface Marks {
  readonly growing: readonly number[]
  readonly lifted: readonly number[]
  readonly selected: readonly number[]
  /** Place and colour of those that send messages of one colour. */
  readonly carried: readonly (readonly [number, number])[]
}

/** A cubic Bézier: x and y of its end, its two bends and its other end. */
export const CURVE_NUMBERS = 8

export type PainterName = 'webgl' | 'blitter' | 'canvas'

/** The canvases of one anchor: the map at the back, tokens over it; the GPU's, and those that the processor draws. */
export interface Layers {
  readonly map: OffscreenCanvas
  readonly tokens: OffscreenCanvas
  readonly extras: OffscreenCanvas
}

export interface FontFile {
  readonly family: string
  readonly address: string
}

export type ToPainter =
  | { readonly kind: 'start'; readonly anchors: readonly [Layers, Layers]; readonly hops: MessagePort; readonly reasons: readonly string[]; readonly fonts: readonly FontFile[]; /** Instead of what measuring chooses. */ readonly painter: PainterName | null }
  /** Draw the canvases of `index` for this view from now on too; answered by `drawn`. */
  | { readonly kind: 'anchor'; readonly index: 0 | 1; readonly view: View; readonly overscan: number; readonly scale: number }
  /** The canvases of `index` are not seen any more. */
  | { readonly kind: 'off'; readonly index: 0 | 1 }
  /** Replaces every line: CURVE_NUMBERS a channel number, from its `from` end; not a number where a channel has none. */
  | { readonly kind: 'curves'; readonly curves: Float32Array }
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'motion'; readonly reduced: boolean }
  /** Map mode: nodes and channels are painted from now on, too. */
  | { readonly kind: 'map'; readonly on: boolean }
  | { readonly kind: 'cards'; readonly cards: Cards }
  /** Places in `cards`: of the nodes that grow without bound, those that the page draws itself, and those that are selected. */
  | ({ readonly kind: 'marked' } & Marks)
  /** Copies that someone follows. */
  | { readonly kind: 'follow'; readonly handles: readonly number[] }
  /** The pointer is here, in flow coordinates, or nowhere: the token under it stops; answered by `token` when that changes. */
  | { readonly kind: 'point'; readonly at: { readonly x: number; readonly y: number } | null; readonly reach: number }
  /** Which token is here? Answered by `picked`. */
  | { readonly kind: 'pick'; readonly at: { readonly x: number; readonly y: number }; readonly reach: number }
  /** Answered by `tally`. */
  | { readonly kind: 'count' }

/** A token on the canvas, where it stands in flow coordinates. */
export interface SeenToken {
  readonly handle: number
  readonly look: number
  readonly x: number
  readonly y: number
}

/** What was drawn so far, for measurements and tests. */
export interface Tally {
  readonly frames: number
  readonly painter: PainterName
  /** In the newest frame: tokens one by one, grains of ribbons, channels that show a number instead, and whether nodes were painted. */
  readonly tokens: number
  readonly grains: number
  readonly counts: number
  /** Tokens that fall, are held or stand still. */
  readonly specials: number
  readonly map: boolean
}

/** In place of a colour: several, or nothing yet. */
export const MIXED = 255

export type FromPainter =
  | { readonly kind: 'drawn'; readonly index: 0 | 1 }
  /** Whether the GPU draws: then a pixel costs nothing. */
  | { readonly kind: 'gpu'; readonly on: boolean }
  | { readonly kind: 'token'; readonly token: SeenToken | null }
  | { readonly kind: 'picked'; readonly token: SeenToken | null }
  /** What colour lanes (channel number × 2 + way) carry, told when it changes: an index into the palette or MIXED. */
  | { readonly kind: 'colours'; readonly lanes: Uint8Array }
  | { readonly kind: 'tally'; readonly tally: Tally }
