import { useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Network, Plus } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { showNodes } from '../app/view.ts'
import './CanvasControls.css'

/** Zoom and fit; one tab stop, as toolbars are. */
export function CanvasControls() {
  const flow = useReactFlow()
  const duration = useStore(app().session, session => (session.motion === 'reduced' ? 0 : 160))
  return (
    <Toolbar.Root className="cv-controls" aria-label="View" orientation="vertical">
      <ControlButton name="Zoom in" act={() => void flow.zoomIn({ duration })} icon={<Plus size={16} aria-hidden="true" />} />
      <ControlButton name="Zoom out" act={() => void flow.zoomOut({ duration })} icon={<Minus size={16} aria-hidden="true" />} />
      <ControlButton name="Fit everything into view" act={() => showNodes()} icon={<Maximize size={15} aria-hidden="true" />} />
      <ControlButton name="Lay everything out" act={() => void app().commands.layOut()} icon={<Network size={15} aria-hidden="true" />} />
    </Toolbar.Root>
  )
}

function ControlButton({ name, act, icon }: { readonly name: string; readonly act: () => void; readonly icon: ReactNode }) {
  return (
    <Toolbar.Button className="cv-control" aria-label={name} title={name} onClick={act}>
      {icon}
    </Toolbar.Button>
  )
}
