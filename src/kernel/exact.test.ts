import { describe, expect, it } from 'vitest'
import { exp, ln, root } from './exact.ts'

describe('exact arithmetic', () => {
  it('agrees with the platform to the last few bits over the whole range', () => {
    for (let i = -300; i <= 300; i += 1) {
      const x = (1 + (i * i) % 97 / 97) * 10 ** (i / 2)
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(Math.log(x))))
      expect(Math.abs(root(x) / Math.sqrt(x) - 1)).toBeLessThan(1e-15)
    }
    for (let x = -700; x <= 700; x += 0.37) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14)
  })

  it('keeps the edges', () => {
    expect(ln(0)).toBe(-Infinity)
    expect(ln(1)).toBe(0)
    expect(exp(0)).toBe(1)
    expect(exp(800)).toBe(Infinity)
    expect(exp(-800)).toBe(0)
    expect(root(0)).toBe(0)
    expect(ln(5e-324)).toBeCloseTo(Math.log(5e-324), 10)
  })

  it('gives these very bits, in every engine for ever', () => {
    const bits = (x: number): string => new DataView(new Float64Array([x]).buffer).getBigUint64(0, true).toString(16)
    expect([ln(3), ln(0.1), exp(1), exp(-2.5), root(2)].map(bits)).toMatchInlineSnapshot(`
      [
        "3ff193ea7aad030b",
        "c0026bb1bbb55515",
        "4005bf0a8b14576a",
        "3fb50385c094f425",
        "3ff6a09e667f3bcc",
      ]
    `)
  })
})
