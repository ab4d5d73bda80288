import type { ReactNode } from 'react'
import type { NodeView } from '../app/node-view.ts'
import { NodeSparkline } from './NodeSparkline.tsx'
import './CardFace.css'

const DOT_TITLES: Readonly<Record<NodeView['tone'], string>> = { idle: 'not started', up: 'running', warn: 'running, with a problem', down: 'down', absent: 'away' }

interface CardProps {
  readonly id: string
  /** The probe that the sparkline follows: the headline one. */
  readonly probe: string | undefined
  readonly label: ReactNode
  readonly subtitle: string
  readonly view: NodeView
}

/** An application: a card with its system's colour at the left, a sparkline and its rate. */
export function CardFace({ id, probe, label, subtitle, view }: CardProps) {
  return (
    <div className="cv-surface cv-card">
      <span className="cv-card__bar" />
      <div className="cv-card__head">
        {label}
        <span className="cv-dot" data-tone={view.tone} title={DOT_TITLES[view.tone]} />
      </div>
      <div className="cv-subtitle" title={subtitle}>
        {subtitle}
      </div>
      <div className="cv-card__foot">
        {probe === undefined ? <span /> : <NodeSparkline id={id} probe={probe} />}
        <span className="cv-card__figures">
          {view.latency && (
            <span className="cv-card__latency" title={view.latency.full}>
              {view.latency.short}
            </span>
          )}
          <span className="cv-figure">{view.headline}</span>
        </span>
      </div>
    </div>
  )
}
