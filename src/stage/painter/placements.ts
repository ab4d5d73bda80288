import { HOPS_MAX } from './hop-store.ts'

/** Grains of all ribbons together: more would cost more than they show. */
export const GRAINS_MAX = 12_000

/** What stands where in one frame of one canvas: sprites by number, centred on device pixels. */
export class Placements {
  readonly x = new Float32Array(HOPS_MAX + GRAINS_MAX)
  readonly y = new Float32Array(HOPS_MAX + GRAINS_MAX)
  readonly sprite = new Uint16Array(HOPS_MAX + GRAINS_MAX)
  count = 0
  /** The first so many are grains of ribbons; the rest are messages. */
  grains = 0

  clear(): void {
    this.count = 0
    this.grains = 0
  }

  put(x: number, y: number, sprite: number): void {
    const at = this.count
    this.x[at] = x
    this.y[at] = y
    this.sprite[at] = sprite
    this.count = at + 1
  }
}
