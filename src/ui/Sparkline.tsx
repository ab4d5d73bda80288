/** A small line of recent values with the area under it; the figure beside it says the number. */
export function Sparkline({ values, colour, width = 226, height = 48 }: { readonly values: readonly number[]; readonly colour: string; readonly width?: number; readonly height?: number }) {
  const points = values.filter(value => Number.isFinite(value))
  if (points.length < 2) return <svg width={width} height={height} aria-hidden="true" />
  const top = Math.max(...points) || 1
  const step = width / (points.length - 1)
  const line = points.map((value, n) => `${n === 0 ? 'M' : 'L'}${(n * step).toFixed(1)} ${(height - 2 - (value / top) * (height - 6)).toFixed(1)}`).join('')
  return (
    <svg width="100%" height={height} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={`${line}L${width} ${height}L0 ${height}Z`} fill={colour} opacity={0.14} />
      <path d={line} fill="none" stroke={colour} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
