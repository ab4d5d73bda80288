/**
 * A hop is one packet's crossing, as the picture gets it: written when the packet departs, drawn until it arrives.
 * Hops travel in transferred ArrayBuffers from the simulation worker straight to the render worker, which interpolates.
 */

/** Bytes of one hop record: two Float64 and four Int32, in this order. */
export const HOP_BYTES = 32
/** Float64 index (of 4 per record) of departure and arrival in simulated nanoseconds. */
export const HOP_DEPART = 0
export const HOP_ARRIVE = 1
/** Int32 index (of 8 per record). */
export const HOP_CHANNEL = 4
export const HOP_LOOK = 5
/** Copy handle: identifies the message for hover and click until the copy ends. */
export const HOP_MESSAGE = 6
/** Low byte: 0 travels from → to, 1 travels to → from. Next byte: 1 + index of the discard reason when the packet is lost on the way, at `arrive`. */
export const HOP_WAY = 7

/** Bits of a look. */
export const LOOK_SHAPE_MASK = 0b11
export const LOOK_COMMAND = 0
export const LOOK_EVENT = 1
export const LOOK_DOCUMENT = 2
export const LOOK_REPLY = 1 << 2
export const LOOK_REDELIVERED = 1 << 3
export const LOOK_DEAD = 1 << 4
/** Index into the palette of message colours, by hash of the key: 8 colours. */
export const LOOK_COLOUR_SHIFT = 5
export const LOOK_COLOUR_MASK = 0b111
export const LOOK_PERSISTENT = 1 << 8
export const COLOURS = 8

export function lookOf(look: { shape: number; reply?: boolean; redelivered?: boolean; dead?: boolean; colour: number; persistent?: boolean }): number {
  return (
    look.shape |
    (look.reply ? LOOK_REPLY : 0) |
    (look.redelivered ? LOOK_REDELIVERED : 0) |
    (look.dead ? LOOK_DEAD : 0) |
    ((look.colour & LOOK_COLOUR_MASK) << LOOK_COLOUR_SHIFT) |
    (look.persistent ? LOOK_PERSISTENT : 0)
  )
}

/**
 * What the simulation worker posts to the render worker, over a MessagePort of their own.
 * `hops`: records in order of departure; the buffer goes back by `recycle`.
 * `clock`: simulated time at a wall time (atMs = performance.timeOrigin + performance.now(), comparable across workers), and its speed (0 when paused), so that the painter can interpolate between slices.
 * `forget`: nothing on this channel and way that was to arrive after `atNs` does: it is lost, with the reason's index + 1, or held by a cut (0)
 *  until it is sent again.
 * `glances`: figures of nodes and channels (see contract/glances); the buffer goes back too.
 * A hop whose way carries a reason is a loss at the end of its channel, at `depart`: it falls off there.
 */
export type StageMessage =
  | { readonly kind: 'hops'; readonly buffer: ArrayBuffer; readonly count: number }
  | { readonly kind: 'clock'; readonly nowNs: number; readonly atMs: number; readonly speed: number }
  | { readonly kind: 'forget'; readonly channel: number; readonly atNs: number; readonly way: 0 | 1; readonly reason: number }
  | { readonly kind: 'glances'; readonly buffer: ArrayBuffer }
  | { readonly kind: 'clear' }
/** `glances`: they are wanted from now on, or not: looking at every part costs the simulation something. */
export type StageReply = { readonly kind: 'recycle'; readonly of: 'hops' | 'glances'; readonly buffer: ArrayBuffer } | { readonly kind: 'glances'; readonly wanted: boolean }
