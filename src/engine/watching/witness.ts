import type { Handle } from '../../contract/message.ts'

/** Who is told of what states no fact, while somebody wants to know. It only looks. */
export interface Witness {
  /** A packet with a message; `does` is an index of PACKET_VERBS, `way` 0 forward, 1 backward. */
  packet(channel: number, way: 0 | 1, does: number, message: Handle): void
  /** A copy was processed or discarded; its record is still readable. */
  ended(message: Handle): void
}

export const DEPARTS = 0
export const ARRIVES = 1
export const IS_LOST = 2
