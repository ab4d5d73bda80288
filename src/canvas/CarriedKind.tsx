import type { CSSProperties } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Box } from '../app/node-sizes.ts'
import { canvasUi } from './canvas-ui.ts'
import { hexagonPoints } from './hexagon.ts'
import { KindIcon } from './kind-icon.tsx'
import './CarriedKind.css'

/** Of the small form that follows the pointer. */
const ASIDE = { width: 124, height: 34 }

/** The part that comes from the palette, where it would stand, and the container it would live in: in the viewport, as nodes are. */
export function CarriedOnCanvas() {
  const carried = useStore(canvasUi, ui => ui.carried)
  if (!carried?.landing) return null
  const { kind, landing } = carried
  const { box, home, isNewHome } = landing
  return (
    <div style={colours(kind)}>
      {home && <div className="cv-carried-home" data-new={isNewHome || undefined} style={boxStyle(home)} />}
      <div className="cv-carried" data-form={kind.form} style={boxStyle(box)}>
        {kind.form === 'hexagon' && (
          <svg width={box.width} height={box.height} aria-hidden="true">
            <polygon points={hexagonPoints(0.75)} />
          </svg>
        )}
        <KindIcon name={kind.icon} size={16} />
        <span>{kind.title}</span>
      </div>
    </div>
  )
}

/** The same where it can't be put down: small, at the pointer. */
export function CarriedAside() {
  const carried = useStore(canvasUi, ui => (ui.carried?.landing === null ? ui.carried : null))
  if (!carried) return null
  const { kind, pointer } = carried
  return (
    <div className="cv-carried" data-aside style={{ ...colours(kind), ...boxStyle({ x: pointer.x - ASIDE.width / 2, y: pointer.y - ASIDE.height / 2, ...ASIDE }) }}>
      <KindIcon name={kind.icon} size={14} />
      <span>{kind.title}</span>
    </div>
  )
}

function colours({ type }: NodeManifest): CSSProperties {
  const colour = app().catalogue.familyOf(type)?.colour ?? 'application'
  return { '--cv-system': `var(--system-${colour})`, '--cv-system-soft': `var(--system-${colour}-soft)` } as CSSProperties
}

function boxStyle({ x, y, width, height }: Box): CSSProperties {
  return { width, height, transform: `translate(${x}px, ${y}px)` }
}
