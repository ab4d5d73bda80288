import { useMemo } from 'react'
import type { Config } from '../topology/document.ts'
import { duration, perSecond, short } from '../ui/format.ts'
import type { Rehearsal } from '../worker/api.ts'
import { arrivalPicture, BINS, type ArrivalPicture } from './arrival-picture.ts'

const WIDTH = 240
const HEIGHT = 56
/** Marks of single messages stand in a row of their own below. */
const TICKS = 8
/** So many times a rehearsal tells at most: there it was broken off. */
const EXAMPLE_MAX = 400

/** The rate over time that was set, and an example of the messages that come of it. */
export function ArrivalSketch({ config, rehearsal }: { readonly config: Config; readonly rehearsal: Rehearsal | null }) {
  const times = rehearsal && !rehearsal.byHand ? rehearsal.atNs : NO_TIMES
  const picture = useMemo(() => arrivalPicture(config, times, EXAMPLE_MAX), [config, times])
  if (!picture) return null
  const top = Math.max(...picture.line.map(([, rate]) => rate), ...picture.bars.filter(Number.isFinite)) || 1
  const height = (rate: number): string => (HEIGHT - (rate / top) * (HEIGHT - 4)).toFixed(1)
  const step = WIDTH / BINS
  const bars = picture.bars.map((rate, n) => (rate > 0 ? `M${(n * step + 0.5).toFixed(1)} ${HEIGHT}V${height(rate)}h${(step - 1).toFixed(1)}V${HEIGHT}Z` : '')).join('')
  const line = picture.line.map(([share, rate], n) => `${n === 0 ? 'M' : 'L'}${(share * WIDTH).toFixed(1)} ${height(rate)}`).join('')
  return (
    <figure className="in-sketch" aria-label="Sketch of the arrivals">
      <svg className="in-sketch-tall" viewBox={`0 0 ${WIDTH} ${HEIGHT + TICKS + 2}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="in-sketch-bars" d={bars} />
        <path className="in-sketch-line" d={line} />
        <path className="in-sketch-base" d={`M0 ${HEIGHT + 0.5}H${WIDTH}`} />
        <path className="in-sketch-ticks" d={picture.ticks.map(share => `M${(share * WIDTH).toFixed(1)} ${HEIGHT + 2}v${TICKS}`).join('')} />
      </svg>
      <p className="in-sketch-scale" aria-hidden="true">
        <span>0</span>
        <span>{duration(picture.spanNs)}</span>
      </p>
      <figcaption>
        {factsText(picture)}
        {picture.ticks.length > 0 ? ` ${exampleText(picture)}` : ''}
      </figcaption>
    </figure>
  )
}

const NO_TIMES: readonly number[] = []

function factsText({ perSecond: rate, gapScv }: ArrivalPicture): string {
  const facts = [...(rate === null ? [] : [`${perSecond(rate)} in the long run`]), ...(gapScv === null ? [] : [`squared coefficient of variation of the gaps ${Number(gapScv.toPrecision(3))}`])]
  return facts.length === 0 ? '' : `${facts.join(' · ').replace(/^s/, 'S')}.`
}

function exampleText({ ticks, line }: ArrivalPicture): string {
  const count = `${short(ticks.length)} ${ticks.length === 1 ? 'message' : 'messages'}`
  return line.length === 0 ? `${count}.` : `Bars and marks: for example, ${count}.`
}
