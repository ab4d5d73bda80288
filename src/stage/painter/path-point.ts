export interface PathPoint {
  x: number
  y: number
  /** Direction of the path there, a unit vector. */
  dx: number
  dy: number
}

/** The point at a share (0–1) of a path's length; `table` is [length, x0, y0, x1, y1 …], equally far apart. Fills and returns `out`. */
export function pointAt(table: Float32Array, share: number, out: PathPoint): PathPoint {
  const segments = (table.length - 1) / 2 - 1
  const place = Math.min(Math.max(share, 0), 1) * segments
  const n = Math.min(Math.floor(place), segments - 1)
  const part = place - n
  const x0 = table[1 + n * 2]!
  const y0 = table[2 + n * 2]!
  const x1 = table[3 + n * 2]!
  const y1 = table[4 + n * 2]!
  out.x = x0 + (x1 - x0) * part
  out.y = y0 + (y1 - y0) * part
  const length = Math.hypot(x1 - x0, y1 - y0) || 1
  out.dx = (x1 - x0) / length
  out.dy = (y1 - y0) / length
  return out
}
