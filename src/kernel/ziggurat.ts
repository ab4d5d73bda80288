import { exp, ln } from './exact.ts'

/** Marsaglia and Tsang 2000: 256 layers of equal area under e^−x; ZIGGURAT_R is where the tail begins, V the area of a layer. */
const LAYERS = 256
export const ZIGGURAT_R = 7.69711747013105
const V = 0.003949659822581557

export const ZIGGURAT_X = new Float64Array(LAYERS + 1)
export const ZIGGURAT_Y = new Float64Array(LAYERS + 1)
ZIGGURAT_X[0] = V / exp(-ZIGGURAT_R)
ZIGGURAT_X[1] = ZIGGURAT_R
for (let i = 2; i < LAYERS; i += 1) ZIGGURAT_X[i] = -ln(exp(-ZIGGURAT_X[i - 1]!) + V / ZIGGURAT_X[i - 1]!)
ZIGGURAT_X[LAYERS] = 0
for (let i = 0; i <= LAYERS; i += 1) ZIGGURAT_Y[i] = exp(-ZIGGURAT_X[i]!)
