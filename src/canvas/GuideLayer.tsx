import { useStore } from 'zustand'
import { canvasUi } from './canvas-ui.ts'
import './GuideLayer.css'

/** The lines that what is dragged stands on. */
export function GuideLayer() {
  const guides = useStore(canvasUi, ui => ui.guides)
  if (guides.length === 0) return null
  return (
    <svg className="cv-guides" width={1} height={1} aria-hidden="true">
      {guides.map(({ axis, at, from, to }) => (axis === 'x' ? <line key={axis} x1={at} x2={at} y1={from} y2={to} /> : <line key={axis} x1={from} x2={to} y1={at} y2={at} />))}
    </svg>
  )
}
