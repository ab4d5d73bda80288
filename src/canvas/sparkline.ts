import { HISTORY_SAMPLES } from './headline-history.ts'

/** The line of the newest samples, as an SVG path; a quiet line at the bottom when there is nothing to see. */
export function sparklinePath(values: readonly number[], size: { readonly width: number; readonly height: number }): string {
  const shown = values.slice(-HISTORY_SAMPLES).map(value => (Number.isFinite(value) && value > 0 ? value : 0))
  const { width, height } = size
  if (shown.length < 2) return `M0,${height - 0.5}H${width}`
  const highest = Math.max(...shown)
  const scale = highest > 0 ? (height - 2) / (highest * 1.1) : 0
  const step = width / (HISTORY_SAMPLES - 1)
  const start = width - step * (shown.length - 1)
  return shown.map((value, index) => `${index === 0 ? 'M' : 'L'}${round(start + index * step)},${round(height - 0.75 - value * scale)}`).join('')
}

/** The same line closed along the bottom, for the tint under it. */
export function sparklineArea(path: string, size: { readonly width: number; readonly height: number }): string {
  const start = path.slice(1, path.indexOf(','))
  return `${path}L${size.width},${size.height}L${start},${size.height}Z`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
