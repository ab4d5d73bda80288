/** One token needs about this much of a line on the screen to be seen as one. */
const PX_A_TOKEN = 9
/** A ribbon becomes tokens again only when there is clearly room, so that it doesn't flicker between the two. */
const ROOM = 0.6

/** Whether a channel has more tokens than eyes can follow. */
export function crowded(tokens: number, lengthPx: number, was: boolean): boolean {
  const most = Math.max(6, lengthPx / PX_A_TOKEN)
  return tokens > (was ? most * ROOM : most)
}
