/**
 * Stands in for the package d3-interpolate (vite.config.ts): the camera only ever asks for ways between two views, never for colours, strings
 * and dates, which the package brings along.
 */

/** Centre and width of what is seen, in flow coordinates. */
type View = readonly [x: number, y: number, width: number]

/** How much zooming out is worth to see where the way goes: √2, as d3 has it. */
const RHO = Math.SQRT2
/** Nearer than this, squared, two centres are one. */
const SAME = 1e-12

/** The smooth way from view to view by van Wijk and Nuij, "Smooth and efficient zooming and panning" (2003): out, across and in at an even pace. */
export function interpolateZoom([x0, y0, w0]: View, [x1, y1, w1]: View): (share: number) => [number, number, number] {
  const dx = x1 - x0
  const dy = y1 - y0
  const d2 = dx * dx + dy * dy
  if (d2 < SAME) {
    const length = Math.log(w1 / w0) / RHO
    return share => [x0 + share * dx, y0 + share * dy, w0 * Math.exp(RHO * share * length)]
  }
  const d1 = Math.sqrt(d2)
  const rho2 = RHO * RHO
  const rho4 = rho2 * rho2
  const b0 = (w1 * w1 - w0 * w0 + rho4 * d2) / (2 * w0 * rho2 * d1)
  const b1 = (w1 * w1 - w0 * w0 - rho4 * d2) / (2 * w1 * rho2 * d1)
  const r0 = Math.log(Math.sqrt(b0 * b0 + 1) - b0)
  const r1 = Math.log(Math.sqrt(b1 * b1 + 1) - b1)
  const length = (r1 - r0) / RHO
  return share => {
    const s = share * length
    const u = (w0 / (rho2 * d1)) * (Math.cosh(r0) * Math.tanh(RHO * s + r0) - Math.sinh(r0))
    return [x0 + u * dx, y0 + u * dy, (w0 * Math.cosh(r0)) / Math.cosh(RHO * s + r0)]
  }
}

/** The straight way. */
export function interpolate(from: readonly number[], to: readonly number[]): (share: number) => number[] {
  return share => from.map((value, at) => value + (to[at]! - value) * share)
}
