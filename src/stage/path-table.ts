const SVG = 'http://www.w3.org/2000/svg'
/** Points of a table: the worst error of a bezier is about a pixel (measured). */
const SAMPLES = 64

let measuring: SVGPathElement | null = null

/** A path as the painter reads it: its length and points equally far apart along it. */
export function pathTable(path: string): Float32Array {
  measuring ??= document.createElementNS(SVG, 'path')
  measuring.setAttribute('d', path)
  const length = measuring.getTotalLength()
  const table = new Float32Array(1 + SAMPLES * 2)
  table[0] = length
  for (let n = 0; n < SAMPLES; n += 1) {
    const point = measuring.getPointAtLength((length * n) / (SAMPLES - 1))
    table[1 + n * 2] = point.x
    table[2 + n * 2] = point.y
  }
  return table
}
