import type { ReactNode } from 'react'
import { HEXAGON_TIP, NODE_SIZES } from '../app/node-sizes.ts'
import type { NodeView } from '../app/node-view.ts'
import './HexagonFace.css'

const { width, height } = NODE_SIZES.hexagon
const POINTS = hexagon(0.75)
const HALO = hexagon(-3)

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

function hexagon(inset: number): string {
  const left = inset
  const right = width - inset
  const top = inset
  const bottom = height - inset
  return `${left},${height / 2} ${HEXAGON_TIP},${top} ${width - HEXAGON_TIP},${top} ${right},${height / 2} ${width - HEXAGON_TIP},${bottom} ${HEXAGON_TIP},${bottom}`
}
