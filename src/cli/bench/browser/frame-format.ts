/** One frame of a crowded picture: positions of tokens, and figures of nodes. */
export const FRAME_TOKENS = 20_000
export const FRAME_NODES = 500
export const FRAME_FIELDS = 12

export interface FrameBuffers {
  readonly tokens: ArrayBuffer
  readonly nodes: ArrayBuffer
}

/** `frame`: fill and transfer. `nothing`: fill, and answer with a number. `figures`: what the app pulls of a real run of as many nodes. */
export interface FrameAsk {
  readonly what: 'frame' | 'nothing' | 'figures'
  readonly frame: number
  readonly back?: FrameBuffers
}
