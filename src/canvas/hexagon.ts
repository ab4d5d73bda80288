import { HEXAGON_TIP, NODE_SIZES } from '../app/node-sizes.ts'

const { width, height } = NODE_SIZES.hexagon

/** Corners of an exchange's outline, for SVG: so far inside its box. */
export function hexagonPoints(inset: number): string {
  const left = inset
  const right = width - inset
  const top = inset
  const bottom = height - inset
  return `${left},${height / 2} ${HEXAGON_TIP},${top} ${width - HEXAGON_TIP},${top} ${right},${height / 2} ${width - HEXAGON_TIP},${bottom} ${HEXAGON_TIP},${bottom}`
}
