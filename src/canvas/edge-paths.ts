import type { Curve } from '../app/app.ts'
import { centreOf, type Box } from '../app/node-sizes.ts'
import type { Point } from '../topology/document.ts'

export type { Curve }

export function pathOf(curve: Curve): string {
  return `M${at(curve.from)}C${at(curve.bend)} ${at(curve.bendTo)} ${at(curve.to)}`
}

/** The point at share `t` of the curve's parameter. */
export function pointOn(curve: Curve, t: number): Point {
  const u = 1 - t
  const mix = (a: number, b: number, c: number, d: number) => u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
  return {
    x: mix(curve.from.x, curve.bend.x, curve.bendTo.x, curve.to.x),
    y: mix(curve.from.y, curve.bend.y, curve.bendTo.y, curve.to.y),
  }
}

/** A box that the whole curve lies in. */
export function boundsOf({ from, bend, bendTo, to }: Curve): Box {
  const x = Math.min(from.x, bend.x, bendTo.x, to.x)
  const y = Math.min(from.y, bend.y, bendTo.y, to.y)
  return { x, y, width: Math.max(from.x, bend.x, bendTo.x, to.x) - x + 1, height: Math.max(from.y, bend.y, bendTo.y, to.y) - y + 1 }
}

/** From a node to a loose end: what is drawn while a channel is being pulled. */
export function looseCurve(box: Box, end: Point): Curve {
  const right = end.x >= centreOf(box).x
  const from = { x: right ? box.x + box.width : box.x, y: box.y + box.height / 2 }
  const reach = Math.max(24, Math.abs(end.x - from.x) / 2) * (right ? 1 : -1)
  return { from, bend: { x: from.x + reach, y: from.y }, bendTo: { x: end.x - reach, y: end.y }, to: end }
}

function at(point: Point): string {
  return `${Math.round(point.x * 10) / 10},${Math.round(point.y * 10) / 10}`
}
