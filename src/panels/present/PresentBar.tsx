import './present.css'
import { ChartLine, ChevronLeft, ChevronRight, Maximize2, PanelRight, Pause, Play, Rewind, StepForward, X } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { actionOf, isEnabled, keyText, nameOf } from '../../app/action.ts'
import type { Presenting } from '../../app/app.ts'
import { app } from '../../app/current.ts'
import { toggleFullScreen } from '../../app/present.ts'
import { findNode, type NodeId } from '../../topology/document.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Clock } from '../Clock.tsx'

/** What is said above the picture: its title, or the node in the light and what it is. */
export function PresentHead({ lit }: { readonly lit: NodeId | null }) {
  const title = useStore(app().document, state => state.topology.title)
  const spot = useStore(app().document, state => (lit === null ? undefined : findNode(state.topology, lit)))
  const kind = spot && app().catalogue.node(spot.type)
  return (
    <header className="pn-present-head">
      <h1>{spot?.label ?? title}</h1>
      {spot ? <p>{kind ? `${kind.title}. ${kind.summary}` : spot.type}</p> : null}
    </header>
  )
}

/** The few controls that a speaker needs while people watch; everything has its key. */
export function PresentBar({ presenting }: { readonly presenting: Presenting }) {
  const { commands, run } = app()
  const running = useStore(run, state => state.status === 'running')
  useLeaveWithFullScreen()
  return (
    <footer className="pn-present-bar" aria-label="Presentation">
      <Do id="reset" icon={<Rewind />} />
      <IconButton name={running ? 'Pause' : 'Play'} hint={running ? 'Pause (Space)' : 'Play (Space)'} look="primary" onClick={() => commands.toggle()}>
        {running ? <Pause /> : <Play />}
      </IconButton>
      <Do id="step" icon={<StepForward />} />
      <Clock />
      <Do id="present-back" icon={<ChevronLeft />} />
      <Do id="present-next" icon={<ChevronRight />} />
      <Do id="present-charts" icon={<ChartLine />} pressed={presenting.charts} />
      <Do id="present-inspector" icon={<PanelRight />} pressed={presenting.inspector} />
      <IconButton name="Full screen" onClick={toggleFullScreen}>
        <Maximize2 />
      </IconButton>
      <Do id="present-leave" icon={<X />} />
    </footer>
  )
}

function Do({ id, icon, pressed }: { readonly id: string; readonly icon: ReactNode; readonly pressed?: boolean }) {
  const action = actionOf(app(), id)
  return (
    <IconButton name={nameOf(app(), action)} hint={`${nameOf(app(), action)} (${keyText(action)})`} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} onClick={() => isEnabled(app(), action) && action.run(app())}>
      {icon}
    </IconButton>
  )
}

/** Escape ends the browser's full screen without a word to the page: the presentation goes with it. */
function useLeaveWithFullScreen(): void {
  useEffect(() => {
    const listen = (): void => {
      if (document.fullscreenElement === null && app().session.getState().presenting) actionOf(app(), 'present-leave').run(app())
    }
    document.addEventListener('fullscreenchange', listen)
    return () => document.removeEventListener('fullscreenchange', listen)
  }, [])
}
