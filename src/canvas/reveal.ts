import type { Box } from '../app/node-sizes.ts'

/** Of what has just been placed all is to be seen, with so much around it. */
const ROOM_PX = 12
/** Of what is chosen a corner is enough. */
const CORNER_PX = 24

interface View {
  readonly width: number
  readonly height: number
}

/** Whether enough of a box, in pixels of the view, is in sight to know what it is. */
export function seesCorner({ x, y, width, height }: Box, view: View): boolean {
  return x + width > CORNER_PX && y + height > CORNER_PX && x < view.width - CORNER_PX && y < view.height - CORNER_PX
}

/** How far the view has to go so that all of a box is in sight; null where the box is too big for it. */
export function shiftInto({ x, y, width, height }: Box, view: View): { readonly x: number; readonly y: number } | null {
  if (width + 2 * ROOM_PX > view.width || height + 2 * ROOM_PX > view.height) return null
  const by = (from: number, size: number, room: number): number => (from < ROOM_PX ? ROOM_PX - from : Math.min(0, room - ROOM_PX - from - size))
  return { x: by(x, width, view.width), y: by(y, height, view.height) }
}
