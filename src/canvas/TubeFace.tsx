import { memo, Suspense, type ReactNode } from 'react'
import { app } from '../app/current.ts'
import { countText } from '../ui/figure-text.ts'
import type { NodeFigures } from '../app/figures.ts'
import type { NodeView } from '../app/node-view.ts'
import type { LogWords } from '../contract/log.ts'
import { lazily } from '../ui/lazily.tsx'
import { TUBE_HEIGHT, TUBE_WIDTH, tubeMarks, type Mark } from './tube-marks.ts'
import './TubeFace.css'

/** Most topologies have no log. */
const { Component: LogFace } = lazily(async () => (await import('./LogFace.tsx')).LogFace)

interface TubeProps {
  readonly id: string
  readonly label: ReactNode
  readonly subtitle: string
  readonly view: NodeView
  readonly figures: NodeFigures | undefined
  readonly words: LogWords | undefined
}

/** A queue: a tube with its actual messages in it, head at the right, and their number. A log has a face of its own. */
export function TubeFace({ id, label, subtitle, view, figures, words }: TubeProps) {
  // Looks of the messages that wait, head first, then of those handed out.
  const looks = figures?.tube ?? NONE
  const unacked = figures?.ledger.unacknowledged ?? 0
  if (figures?.log && words) {
    return (
      <Suspense fallback={<div className="cv-surface cv-tube">{label}</div>}>
        <LogFace id={id} label={label} subtitle={subtitle} view={view} words={words} log={figures.log} looks={looks} />
      </Suspense>
    )
  }
  const line = unacked > 0 && view.tone === 'up' ? `${subtitle} · ${countText(unacked)} unacked` : subtitle
  return (
    <div className="cv-surface cv-tube">
      <div className="cv-tube__head">
        {label}
        <span className="cv-figure">{view.headline}</span>
      </div>
      <TubePicture id={id} looks={looks.join(' ')} count={figures?.tubeCount ?? 0} unacked={unacked} />
      <div className="cv-subtitle" title={line}>
        {line}
      </div>
    </div>
  )
}

/** Takes the looks as one text, so that a tube in which nothing moved is not drawn again. */
const TubePicture = memo(function TubePicture({ id, looks, count, unacked }: { readonly id: string; readonly looks: string; readonly count: number; readonly unacked: number }) {
  const { marks, barWidth, density } = tubeMarks(looks === '' ? [] : looks.split(' ').map(Number), count, unacked)
  const front = marks.at(-1)?.x ?? TUBE_WIDTH
  const colour = marks.at(-1)?.colour ?? 'var(--text-muted)'
  return (
    <svg className="cv-tube__picture" width={TUBE_WIDTH} height={TUBE_HEIGHT} aria-hidden="true">
      <rect className="cv-tube__track" width={TUBE_WIDTH} height={TUBE_HEIGHT} rx={TUBE_HEIGHT / 2} />
      {barWidth > 0 && <rect x={front - 9 - barWidth} y={4} width={barWidth} height={TUBE_HEIGHT - 8} rx={(TUBE_HEIGHT - 8) / 2} fill={colour} opacity={density * 0.7} />}
      {marks.map(mark => (
        <TubeMark key={mark.x} id={id} mark={mark} />
      ))}
    </svg>
  )
})

const NONE: readonly number[] = []
const MIDDLE = TUBE_HEIGHT / 2

/** For the mouse and the finger; keys reach the same messages by the inspector's list. */
export function TubeMark({ id, mark }: { readonly id: string; readonly mark: Mark }) {
  const paint = mark.hollow ? { fill: 'var(--surface)', stroke: mark.colour, strokeWidth: 1.5 } : { fill: mark.colour }
  const { x } = mark
  return (
    <g className="cv-tube__mark" opacity={mark.out ? 0.35 : undefined} onClick={() => void app().commands.openMessageAt(id, mark.place)}>
      <rect x={x - 6} width={12} height={TUBE_HEIGHT} fill="transparent" />
      {mark.ring && <circle cx={x} cy={MIDDLE} r={6.5} fill="none" stroke={mark.colour} strokeDasharray="2 1.6" />}
      {mark.shape === 'circle' && <circle cx={x} cy={MIDDLE} r={4} {...paint} />}
      {mark.shape === 'square' && <rect x={x - 3.6} y={MIDDLE - 3.6} width={7.2} height={7.2} rx={1} {...paint} />}
      {mark.shape === 'triangle' && <path d={`M${x - 3.6},${MIDDLE - 4.4}L${x + 4.6},${MIDDLE}L${x - 3.6},${MIDDLE + 4.4}Z`} strokeLinejoin="round" {...paint} />}
    </g>
  )
}
