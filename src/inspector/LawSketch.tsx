import { useMemo } from 'react'
import type { Config } from '../topology/document.ts'
import { duration } from '../ui/format.ts'
import type { Moments } from './law-moments.ts'
import { lawShape, type LawShape } from './law-shape.ts'

const WIDTH = 240
const HEIGHT = 58
const TOP = 5

/** A law's density, or a trace's course, with where its mean lies; the two numbers that queueing theory asks for stand below. */
export function LawSketch({ name, law, moments }: { readonly name: string; readonly law: Config; readonly moments: Moments | null }) {
  const shape = useMemo(() => lawShape(law), [law])
  if (!shape || !moments) return null
  const says = momentsText(moments)
  const right = shape.form === 'course' ? courseText(law, shape) : duration(shape.end * 1e6)
  return (
    <figure className="in-sketch" aria-label={`Sketch of ${name.toLowerCase()}`}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <Marks shape={shape} />
        <path className="in-sketch-base" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        {shape.mean === null ? null : <path className="in-sketch-mean" d={shape.form === 'course' ? `M0 ${y(shape.mean)}H${WIDTH}` : `M${(shape.mean * WIDTH).toFixed(1)} 0V${HEIGHT}`} />}
      </svg>
      <p className="in-sketch-scale" aria-hidden="true">
        <span>{shape.form === 'course' ? 'in their order' : '0'}</span>
        <span>{right}</span>
      </p>
      <figcaption>{says}</figcaption>
    </figure>
  )
}

function Marks({ shape }: { readonly shape: LawShape }) {
  const { form, heights } = shape
  if (form === 'spike') return <path className="in-sketch-line" d={`M${(1 + (shape.mean ?? 0.5) * (WIDTH - 2)).toFixed(1)} ${HEIGHT}V${TOP}`} strokeWidth={3} />
  if (form === 'density') {
    const line = heights.map((height, n) => `${n === 0 ? 'M' : 'L'}${((n / (heights.length - 1)) * WIDTH).toFixed(1)} ${y(height)}`).join('')
    return (
      <>
        <path className="in-sketch-area" d={`${line}V${HEIGHT}H0Z`} />
        <path className="in-sketch-line" d={line} />
      </>
    )
  }
  const step = WIDTH / heights.length
  return <path className="in-sketch-bars" d={heights.map((height, n) => (height === 0 ? '' : `M${(n * step + step * 0.1).toFixed(1)} ${HEIGHT}V${y(height)}h${(step * 0.8).toFixed(1)}V${HEIGHT}Z`)).join('')} />
}

function y(height: number): string {
  return (HEIGHT - height * (HEIGHT - TOP)).toFixed(1)
}

/** "Mean 100 ms · squared coefficient of variation 1". */
export function momentsText({ mean, scv }: Moments): string {
  return `Mean ${duration(mean * 1e6)} · squared coefficient of variation ${scv === Infinity ? 'without bound' : Number(scv.toPrecision(3))}`
}

function courseText(law: Config, { end }: LawShape): string {
  const count = Array.isArray(law['values']) ? law['values'].length : 0
  return count > end ? `the first ${end} of ${count}` : `${count} ${count === 1 ? 'value' : 'values'}`
}
