/** Beads closer than this are no beads any more. */
const PX_A_TOKEN = 6
/** A short line may hold this many before it is a ribbon. */
const TOKENS_LEAST = 6
/** A ribbon becomes tokens again only when there is clearly room, so that it doesn't flicker between the two. */
const ROOM = 0.6
/** Grains a pixel: below, every grain stands for one message; above, eyes see one density anyway. */
const GRAINS_A_PX_MOST = 0.5
/** The true speed is shown up to this: a grain that moves further in a frame than to its neighbour seems to stand still or go back. */
export const RIBBON_PX_A_SECOND_MOST = 300

/** Whether a lane has more tokens than eyes can follow. */
export function crowded(tokens: number, lengthPx: number, was: boolean): boolean {
  const most = Math.max(TOKENS_LEAST, lengthPx / PX_A_TOKEN)
  return tokens > (was ? most * ROOM : most)
}

/** How a ribbon flows, true to what is on the lane as far as eyes can tell. */
export interface Flow {
  /** Places for grains along the ribbon; they stay when the traffic changes. */
  readonly places: number
  /** Share of the places that are taken: up to one, every grain stands for one message. */
  readonly filled: number
  readonly sharePerMs: number
}

/** `flights` messages that take `crossingMs` on the wall. */
export function flowOf(flights: number, crossingMs: number, lengthPx: number): Flow {
  const places = Math.max(1, Math.round(lengthPx * GRAINS_A_PX_MOST))
  const pxPerSecond = Math.min((lengthPx * 1000) / Math.max(1, crossingMs), RIBBON_PX_A_SECOND_MOST)
  return { places, filled: Math.min(1, flights / places), sharePerMs: lengthPx <= 0 ? 0 : pxPerSecond / 1000 / lengthPx }
}

/** Rows of grains side by side: a fuller ribbon is a wider one. */
export function rowsOf(filled: number): number {
  return filled < 0.25 ? 1 : filled < 0.6 ? 3 : 5
}
