/** From this zoom down names take the place of everything else, and grow in the flow as the flow shrinks. */
export const FAR = 0.55
/** Names on the screen are no smaller than this, in CSS pixels. */
const READABLE_PX = 11.5
/** Sizes in the flow: names from afar at least, and at most, so that those of neighbours stay apart. */
const LEAST = 22
const MOST = 46
/** Sizes change in steps, or a pinch would lay out every node in every frame. */
const STEP = 2
/** From this size on a name needs its node for itself. */
export const NAMES_ALONE = 28

/** The size of names in flow pixels at a zoom; 0 near by, where they have the size of all text. */
export function namePxAt(zoom: number): number {
  if (zoom >= FAR) return 0
  return Math.min(MOST, Math.max(LEAST, Math.ceil(READABLE_PX / zoom / STEP) * STEP))
}

/** What a finger has to hit, in flow pixels: three times as high as a name, so that it is some 34 pixels of the screen at any distance. */
export function fingerPxAt(namePx: number): number {
  return Math.max(36, namePx * 3)
}
