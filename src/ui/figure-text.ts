/** Numbers as people read them on the canvas: short, with thin spaces, never more digits than they mean. */

const THIN = '\u202f'

/** 1284 → "1 284", with a narrow no-break space. */
export function countText(value: number): string {
  const whole = Math.round(value).toString()
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, THIN)
}

/** 0.42 → "0.4/s", 120 → "120/s", 1900 → "1.9k/s". */
export function rateText(perSecond: number): string {
  return `${shortText(perSecond)}/s`
}

export function shortText(value: number): string {
  if (!Number.isFinite(value) || value <= 0) return '0'
  if (value < 0.1) return '<0.1'
  if (value < 9.95) return trimmed(value, 1)
  if (value < 999.5) return Math.round(value).toString()
  if (value < 999_500) return `${trimmed(value / 1000, value < 99_500 ? 1 : 0)}k`
  return `${trimmed(value / 1_000_000, 1)}M`
}

/** Simulated time as the clock shows it: 12.3 s → "00:12.3". */
export function clockText(ns: number): string {
  const tenths = Math.floor(ns / 1e8)
  const seconds = Math.floor(tenths / 10)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const clock = `${two(minutes)}:${two(seconds % 60)}.${tenths % 10}`
  return hours > 0 ? `${hours}:${clock}` : clock
}

function trimmed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.0$/, '')
}

function two(value: number): string {
  return value.toString().padStart(2, '0')
}

/** Nanoseconds: "850 µs", "4.1 ms", "1.25 s". */
export function durationText(ns: number): string {
  const digits = (value: number): string => Number(value.toPrecision(3)).toString()
  if (ns < 1e6) return `${digits(ns / 1e3)} µs`
  return ns < 1e9 ? `${digits(ns / 1e6)} ms` : `${digits(ns / 1e9)} s`
}
