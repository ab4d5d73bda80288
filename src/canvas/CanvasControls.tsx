import { useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Network, Plus } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { showNodes } from '../app/view.ts'
import { walkRow } from '../ui/walk-row.ts'
import './CanvasControls.css'

/** Zoom and fit; one tab stop, as toolbars are. */
export function CanvasControls() {
  const flow = useReactFlow()
  const duration = useStore(app().session, session => (session.motion === 'reduced' ? 0 : 160))
  const [stop, setStop] = useState(0)
  const controls = [
    ['Zoom in', () => void flow.zoomIn({ duration }), <Plus key="in" size={16} aria-hidden="true" />],
    ['Zoom out', () => void flow.zoomOut({ duration }), <Minus key="out" size={16} aria-hidden="true" />],
    ['Fit everything into view', () => showNodes(), <Maximize key="fit" size={15} aria-hidden="true" />],
    ['Lay everything out', () => void app().commands.layOut(), <Network key="lay" size={15} aria-hidden="true" />],
  ] as const
  return (
    <div role="toolbar" className="cv-controls" data-over-canvas aria-label="View" aria-orientation="vertical" tabIndex={-1} onKeyDown={walkRow}>
      {controls.map(([name, act, icon], place) => (
        <button key={name} type="button" className="cv-control" aria-label={name} title={name} tabIndex={place === stop ? 0 : -1} onFocus={() => setStop(place)} onClick={act}>
          {icon}
        </button>
      ))}
    </div>
  )
}
