import type { ReactNode } from 'react'
import { NODE_SIZES } from '../app/node-sizes.ts'
import type { NodeView } from '../app/node-view.ts'
import { hexagonPoints } from './hexagon.ts'
import './HexagonFace.css'

const { width, height } = NODE_SIZES.hexagon
const POINTS = hexagonPoints(0.75)
const HALO = hexagonPoints(-3)

/** An exchange: a hexagon with its type and what comes in. */
export function HexagonFace({ label, subtitle, view }: { readonly label: ReactNode; readonly subtitle: string; readonly view: NodeView }) {
  return (
    <div className="cv-hexagon">
      <svg className="cv-hexagon__outline" width={width} height={height} aria-hidden="true">
        <polygon className="cv-hexagon__halo" points={HALO} />
        <polygon className="cv-hexagon__shape" points={POINTS} />
      </svg>
      <div className="cv-hexagon__text">
        {label}
        <div className="cv-subtitle">
          {subtitle}
          {view.tone === 'up' || view.tone === 'warn' ? <span className="cv-hexagon__rate"> · {view.headline}</span> : null}
        </div>
      </div>
    </div>
  )
}
