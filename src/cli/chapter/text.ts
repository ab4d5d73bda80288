import type { Json } from './expectation.ts'

const SHOWN_MAX = 160

/** A value in one line; numbers that are measured times are not told to the last digit. */
export function text(one: Json): string {
  const whole = JSON.stringify(one, (_, part: Json) => (typeof part === 'number' && !Number.isInteger(part) ? Math.round(part * 100) / 100 : part))
  return whole.length > SHOWN_MAX ? `${whole.slice(0, SHOWN_MAX)}…` : whole
}

export function isNumbers(all: readonly Json[]): all is readonly number[] {
  return all.length > 0 && all.every(one => typeof one === 'number')
}

export function quantiles(all: readonly number[]): { readonly min: number; readonly p50: number; readonly mean: number; readonly p95: number; readonly max: number } {
  const sorted = [...all].sort((a, b) => a - b)
  const quantile = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
  return { min: sorted[0]!, p50: quantile(0.5), mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length, p95: quantile(0.95), max: sorted.at(-1)! }
}
