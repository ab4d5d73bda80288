const THIN = '\u202f'

/** 1284 → "1 284" with thin spaces. */
export function grouped(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, THIN)
}

/** Short: 1.9k, 2.4M. */
export function short(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${trim(value / 1e9)}G`
  if (size >= 1e6) return `${trim(value / 1e6)}M`
  if (size >= 1e4) return `${trim(value / 1e3)}k`
  return size >= 100 || Number.isInteger(value) ? grouped(value) : trim(value)
}

/** Per second: "1.9k/s". */
export function perSecond(value: number): string {
  return `${short(value)}/s`
}

/** Nanoseconds as people say them: "850 µs", "4.1 ms", "1.25 s", "2 min 5 s". */
export function duration(ns: number): string {
  if (!Number.isFinite(ns)) return '–'
  if (ns === 0) return '0 s'
  if (ns < 1e3) return `${Math.round(ns)} ns`
  if (ns < 1e6) return `${trim(ns / 1e3)} µs`
  if (ns < 1e9) return `${trim(ns / 1e6)} ms`
  if (ns < 120e9) return `${trim(ns / 1e9)} s`
  const minutes = Math.floor(ns / 60e9)
  if (minutes < 120) return `${minutes} min ${Math.round((ns - minutes * 60e9) / 1e9)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Simulated time: 00:42.180; with hours when there are any. */
export function clock(ns: number): string {
  const ms = Math.floor(ns / 1e6)
  const two = (value: number): string => String(value).padStart(2, '0')
  const seconds = Math.floor(ms / 1000)
  const hours = Math.floor(seconds / 3600)
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** A figure in its unit. */
export function inUnit(value: number, unit: string): string {
  if (unit === 'ns') return duration(value)
  if (unit === 'share') return percent(value)
  return short(value)
}

function trim(value: number): string {
  return Number(value.toPrecision(3)).toString()
}
