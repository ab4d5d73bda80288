import { CURVE_NUMBERS } from './protocol.ts'

/** Directions that pictures of tokens are kept for. */
export const DIRECTIONS = 32
/** Points along a path: the worst error of a Bézier is about a pixel (measured). */
const POINTS = 64
/** Places at which a curve is looked at to measure its length. */
const STEPS = 96

/** A channel's way over the canvas: points equally far apart along it, in flow coordinates, and the direction of each stretch. */
export interface Path {
  readonly length: number
  readonly points: Float32Array
  readonly directions: Uint8Array
}

/** Paths of all channels, and the numbers that they were made from. */
export interface Paths {
  readonly curves: Float32Array
  readonly paths: readonly (Path | null)[]
}

/** From eight numbers a channel: a cubic Bézier each, or not a number where there is no line. Lines that run where they ran keep their paths: a node that is dragged bends few of thousands. */
export function pathsOf(curves: Float32Array, before: Paths = { curves: new Float32Array(), paths: [] }): Paths {
  const paths = Array.from({ length: curves.length / CURVE_NUMBERS }, (_, n) => {
    const at = n * CURVE_NUMBERS
    if (Number.isNaN(curves[at])) return null
    const known = before.paths[n]
    for (let number = at; known && number < at + CURVE_NUMBERS; number += 1) if (curves[number] !== before.curves[number]) return pathOf(curves.subarray(at, at + CURVE_NUMBERS))
    return known ?? pathOf(curves.subarray(at, at + CURVE_NUMBERS))
  })
  return { curves, paths }
}

function pathOf(curve: Float32Array): Path {
  const xs = new Float64Array(STEPS + 1)
  const ys = new Float64Array(STEPS + 1)
  const far = new Float64Array(STEPS + 1)
  for (let n = 0; n <= STEPS; n += 1) {
    const t = n / STEPS
    const u = 1 - t
    const a = u * u * u
    const b = 3 * u * u * t
    const c = 3 * u * t * t
    const d = t * t * t
    xs[n] = a * curve[0]! + b * curve[2]! + c * curve[4]! + d * curve[6]!
    ys[n] = a * curve[1]! + b * curve[3]! + c * curve[5]! + d * curve[7]!
    if (n > 0) far[n] = far[n - 1]! + Math.hypot(xs[n]! - xs[n - 1]!, ys[n]! - ys[n - 1]!)
  }
  return evenly(xs, ys, far)
}

/** The same line with points equally far apart. */
function evenly(xs: Float64Array, ys: Float64Array, far: Float64Array): Path {
  const length = far[STEPS]!
  const points = new Float32Array(POINTS * 2)
  let step = 0
  for (let n = 0; n < POINTS; n += 1) {
    const at = (length * n) / (POINTS - 1)
    while (step < STEPS - 1 && far[step + 1]! < at) step += 1
    const stretch = far[step + 1]! - far[step]!
    const part = stretch === 0 ? 0 : Math.min(1, (at - far[step]!) / stretch)
    points[n * 2] = xs[step]! + (xs[step + 1]! - xs[step]!) * part
    points[n * 2 + 1] = ys[step]! + (ys[step + 1]! - ys[step]!) * part
  }
  const directions = new Uint8Array(POINTS - 1)
  for (let n = 0; n < POINTS - 1; n += 1) {
    const angle = Math.atan2(points[n * 2 + 3]! - points[n * 2 + 1]!, points[n * 2 + 2]! - points[n * 2]!)
    directions[n] = Math.round((angle / (Math.PI * 2)) * DIRECTIONS + DIRECTIONS) % DIRECTIONS
  }
  return { length, points, directions }
}

export interface PathPoint {
  x: number
  y: number
  direction: number
}

/** The point at a share (0–1) of a path's length. Fills and returns `out`. */
export function pointAt({ points, directions }: Path, share: number, out: PathPoint): PathPoint {
  const place = Math.min(Math.max(share, 0), 1) * directions.length
  const n = Math.min(Math.floor(place), directions.length - 1)
  const part = place - n
  const at = n * 2
  out.x = points[at]! + (points[at + 2]! - points[at]!) * part
  out.y = points[at + 1]! + (points[at + 3]! - points[at + 1]!) * part
  out.direction = directions[n]!
  return out
}
