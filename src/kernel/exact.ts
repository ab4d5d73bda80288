/**
 * Logarithm, exponential and square root from + − × ÷ and bit operations only.
 * The language leaves the accuracy of Math.log, Math.exp and Math.pow to the engine; whatever decides the time of an event
 * has to be the same double in every browser and in Node, so it uses these.
 */

const f64 = new Float64Array(1)
const u32 = new Uint32Array(f64.buffer)
/** Typed arrays are little-endian on every platform that runs browsers: the high word is the second. */
const HIGH = 1

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
const SQRT2 = 1.4142135623730951

/** Natural logarithm for finite x > 0; relative error below 2e-15. Returns −Infinity at 0. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  f64[0] = x
  let exponent = (u32[HIGH]! >>> 20) - 1023
  if (exponent === -1023) {
    // Subnormal: scale into the normal range first.
    f64[0] = x * 18014398509481984
    exponent = (u32[HIGH]! >>> 20) - 1023 - 54
    u32[HIGH] = (u32[HIGH]! & 0x000fffff) | 0x3ff00000
  } else {
    u32[HIGH] = (u32[HIGH]! & 0x000fffff) | 0x3ff00000
  }
  let m = f64[0]
  if (m > SQRT2) {
    m *= 0.5
    exponent += 1
  }
  // ln m = 2 atanh((m − 1) / (m + 1)); |s| ≤ 0.1716, so 11 odd terms reach double precision.
  const s = (m - 1) / (m + 1)
  const z = s * s
  const tail =
    z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z / 21)))))))))
  return exponent * LN2_HIGH + (2 * s * (1 + tail) + exponent * LN2_LOW)
}

/** e to the x; relative error below 2e-15 for |x| ≤ 700; 0 and Infinity beyond the range of doubles. */
export function exp(x: number): number {
  if (x !== x) return x
  if (x > 709.78) return Infinity
  if (x < -745.1) return 0
  const k = Math.floor(x * 1.4426950408889634 + 0.5)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  let sum = 1
  // |r| ≤ 0.3466: 14 terms by Horner.
  for (let n = 14; n >= 1; n -= 1) sum = 1 + (r * sum) / n
  return scale(sum, k)
}

/** Square root by Newton's method from a bit-level estimate; x ≥ 0. */
export function root(x: number): number {
  if (!(x > 0)) return x === 0 ? 0 : NaN
  f64[0] = x
  u32[HIGH] = (u32[HIGH]! >>> 1) + 0x1ff80000
  let y = f64[0]
  for (let n = 0; n < 5; n += 1) y = 0.5 * (y + x / y)
  return y
}

function scale(value: number, powerOfTwo: number): number {
  let result = value
  let k = powerOfTwo
  while (k > 1000) {
    result *= 1.0715086071862673e301
    k -= 1000
  }
  while (k < -1000) {
    result *= 9.332636185032189e-302
    k += 1000
  }
  u32[0] = 0
  u32[HIGH] = (k + 1023) << 20
  return result * f64[0]!
}
