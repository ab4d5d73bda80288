import { exp, ln } from './exact.ts'

/** Marsaglia and Tsang 2000: 256 layers of equal area under e^−x; R is where the tail begins, V the area of a layer. */
const LAYERS = 256
const R = 7.69711747013105
const V = 0.003949659822581557

const X = new Float64Array(LAYERS + 1)
const Y = new Float64Array(LAYERS + 1)
X[0] = V / exp(-R)
X[1] = R
for (let i = 2; i < LAYERS; i += 1) X[i] = -ln(exp(-X[i - 1]!) + V / X[i - 1]!)
X[LAYERS] = 0
for (let i = 0; i <= LAYERS; i += 1) Y[i] = exp(-X[i]!)

/** One draw of the exponential distribution with mean 1. `uniform` gives 53 bits, `bits` 32. */
export function exponential(uniform: () => number, bits: () => number): number {
  let base = 0
  for (;;) {
    const layer = bits() & 255
    const x = uniform() * X[layer]!
    if (x < X[layer + 1]!) return base + x
    if (layer === 0) {
      // The tail beyond R has the shape of the whole: start again from there.
      base += R
      continue
    }
    if (Y[layer]! + uniform() * (Y[layer + 1]! - Y[layer]!) < exp(-x)) return base + x
  }
}
