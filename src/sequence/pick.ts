import type { Arrow } from './frame.ts'

/** So far from an arrow it is still meant: as wide as a finger. */
const REACH = 12

/** The arrow nearest to a point, if there is one within reach. */
export function pickArrow(arrows: readonly Arrow[], x: number, y: number, reach = REACH): Arrow | null {
  let nearest: Arrow | null = null
  let least = reach * reach
  for (const arrow of arrows) {
    if (y < arrow.y1 - reach || y > arrow.y2 + reach) continue
    const squared = squaredDistance(arrow, x, y)
    if (squared > least) continue
    least = squared
    nearest = arrow
  }
  return nearest
}

function squaredDistance({ x1, y1, x2, y2 }: Arrow, x: number, y: number): number {
  const dx = x2 - x1
  const dy = y2 - y1
  const squared = dx * dx + dy * dy
  const share = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / squared))
  return (x - x1 - dx * share) ** 2 + (y - y1 - dy * share) ** 2
}
