import './shell.css'
import './views.css'
import { ChartLine, ListChecks, PanelLeft, PanelRight } from 'lucide-react'
import { lazy, Suspense, useLayoutEffect, useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SessionState } from '../app/app.ts'
import { actionOf } from '../app/action.ts'
import { app } from '../app/current.ts'
import { litNode } from '../app/present.ts'
import { focusCanvas, isNarrow } from '../app/view.ts'
import { Button } from '../ui/Button.tsx'
import { nobodyHasFocus } from '../ui/nobody-has-focus.ts'
import { TipHost } from '../ui/TipHost.tsx'
import { BottomPane } from './BottomPane.tsx'
import { Dialogs } from './Dialogs.tsx'
import { DropZone } from './DropZone.tsx'
import { LiveRegion } from './LiveRegion.tsx'
import { Notices } from './Notices.tsx'
import { TopBar } from './TopBar.tsx'
import { Transport } from './Transport.tsx'
import { ViewSwitch } from './ViewSwitch.tsx'
import { Welcome } from './Welcome.tsx'

const Outline = lazy(async () => ({ default: (await import('./outline/Outline.tsx')).Outline }))
const PresentBar = lazy(async () => ({ default: (await import('./present/PresentBar.tsx')).PresentBar }))
const PresentHead = lazy(async () => ({ default: (await import('./present/PresentBar.tsx')).PresentHead }))
const TextView = lazy(async () => ({ default: (await import('./text/TextView.tsx')).TextView }))

/** The screen: bars above and below, palette and inspector at the sides, the canvas with its charts between; drawers on a narrow screen. */
export function Shell({ palette, canvas, inspector }: { readonly palette: ReactNode; readonly canvas: ReactNode; readonly inspector: ReactNode }) {
  const drawer = useStore(app().session, state => state.drawer)
  const view = useStore(app().session, state => state.view)
  const pane = useStore(app().session, state => state.pane)
  const documentId = useStore(app().document, state => state.id)
  const presenting = useStore(app().session, state => state.presenting)
  const lit = useStore(app().session, litNode)
  useCanvasFocus(view, drawer)
  return (
    <>
      <a className="ui-skip" href="#canvas">
        Skip to the canvas
      </a>
      <div className="pn-shell" data-drawer={drawer} data-presenting={presenting ? true : undefined} data-spot={lit ?? undefined}>
        {presenting ? null : <TopBar />}
        {presenting ? null : (
          <aside className="pn-palette" aria-label="Palette">
            {palette}
          </aside>
        )}
        <main className="pn-main" id="canvas" tabIndex={-1}>
          <div className="pn-canvas">
            <div className="pn-stage" inert={view !== 'canvas'}>
              {canvas}
            </div>
            {view === 'canvas' ? <Welcome /> : null}
            <Suspense>
              {view === 'canvas' ? null : <div className="pn-over">{view === 'outline' ? <Outline /> : <TextView key={documentId} />}</div>}
            </Suspense>
            {presenting ? null : <ViewSwitch />}
            <Suspense>{presenting ? <PresentHead lit={lit} /> : null}</Suspense>
          </div>
          {presenting?.charts === false && pane === 'none' ? null : <BottomPane />}
        </main>
        {presenting?.inspector === false ? null : (
          <aside className="pn-inspector" aria-label="Inspector">
            {inspector}
          </aside>
        )}
        {presenting ? (
          <Suspense>
            <PresentBar presenting={presenting} />
          </Suspense>
        ) : (
          <Bars />
        )}
      </div>
      <Notices />
      <Dialogs />
      <DropZone />
      <LiveRegion />
      <TipHost />
    </>
  )
}

/** When the view or the drawer goes that had the keyboard, the canvas has it; the others take it themselves when they come. */
function useCanvasFocus(view: SessionState['view'], drawer: SessionState['drawer']): void {
  const last = useRef({ view, drawer })
  useLayoutEffect(() => {
    const before = last.current
    last.current = { view, drawer }
    if (view !== 'canvas') return
    const isShut = before.drawer !== drawer && isNarrow() && document.activeElement?.closest('.pn-palette, .pn-inspector')
    if (isShut || (before.view !== view && nobodyHasFocus())) focusCanvas()
  }, [view, drawer])
}

/** Below everything: the transport, and on a narrow screen the ways to the drawers. */
function Bars() {
  return (
    <>
      <Transport />
      <nav className="pn-drawers" aria-label="Panels">
        <DrawerButton drawer="palette" title="Parts" icon={<PanelLeft />} />
        <PaneButton />
        <DrawerButton drawer="inspector" title="Inspector" icon={<PanelRight />} />
        <SeveralButton />
      </nav>
    </>
  )
}

/** Fingers have no key to hold. */
function SeveralButton() {
  const on = useStore(app().session, state => state.several)
  return (
    <Button aria-pressed={on} onClick={() => actionOf(app(), on ? 'select-several-done' : 'select-several').run(app())}>
      <ListChecks />
      Several
    </Button>
  )
}

function DrawerButton({ drawer, title, icon }: { readonly drawer: SessionState['drawer']; readonly title: string; readonly icon: ReactNode }) {
  const open = useStore(app().session, state => state.drawer === drawer)
  return (
    <Button aria-pressed={open} onClick={() => app().commands.patchSession({ drawer: open ? 'none' : drawer })}>
      {icon}
      {title}
    </Button>
  )
}

/** What is below the canvas on a wide screen; the sequence view takes the place of the canvas, and is closed by the same button. */
function PaneButton() {
  const pane = useStore(app().session, state => state.pane)
  const open = useStore(app().session, state => state.drawer === 'charts') || pane === 'sequence'
  const toggle = (): void => app().commands.patchSession(open ? { drawer: 'none', ...(pane === 'sequence' ? { pane: 'none' } : {}) } : { drawer: 'charts', chartsOpen: pane === 'none' })
  return (
    <Button aria-pressed={open} onClick={toggle}>
      <ChartLine />
      Charts
    </Button>
  )
}
