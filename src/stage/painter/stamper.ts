import type { Placements } from './placements.ts'

/** Draws placements onto one canvas. Three ways, chosen by what the machine is good at. */
export interface Stamper {
  readonly name: 'webgl' | 'blitter' | 'canvas'
  /** Takes away what it drew before and draws these. */
  stamp(placements: Placements): void
}
