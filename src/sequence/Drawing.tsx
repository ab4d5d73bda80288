import { memo, useId, type SVGProps } from 'react'
import type { Shape, Tone } from './shape.ts'

interface DrawingProps {
  readonly width: number
  readonly height: number
  /** Where the names end: what is below is clipped there. */
  readonly top: number
  readonly body: readonly Shape[]
  readonly head: readonly Shape[]
}

/** Shapes as elements. Whoever draws says beside it in words what is seen. */
export const Drawing = memo(function Drawing({ width, height, top, body, head }: DrawingProps) {
  const clip = useId()
  return (
    <svg className="sq-drawing" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <clipPath id={clip}>
        <rect x="0" y={top} width={width} height={Math.max(0, height - top)} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>{body.map(element)}</g>
      <g>{head.map(element)}</g>
    </svg>
  )
})

function element(shape: Shape, index: number) {
  const opacity: SVGProps<SVGElement> = shape.opacity === undefined ? {} : { opacity: shape.opacity }
  if ('d' in shape) return <path key={index} d={shape.d} fill={colour(shape.fill)} stroke={colour(shape.stroke)} strokeWidth={shape.width} strokeDasharray={shape.dash} opacity={opacity.opacity} />
  return (
    <text key={index} x={shape.x} y={shape.y} fontSize={shape.size} textAnchor={shape.anchor} fill={colour(shape.tone)} stroke={colour(shape.halo)} className="sq-text" data-bold={shape.bold} data-mono={shape.mono} opacity={opacity.opacity}>
      {shape.text}
    </text>
  )
}

function colour(tone: Tone | undefined): string {
  return tone === undefined ? 'none' : `var(--${tone})`
}
