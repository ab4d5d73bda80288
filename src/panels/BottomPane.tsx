import './bottom-pane.css'
import { lazy, Suspense, useEffect, useRef, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { Charts } from './Charts.tsx'
import { paneHeight } from './pane-height.ts'
import { PaneEdge } from './PaneEdge.tsx'
import { PaneTabs } from './PaneTabs.tsx'

const SequencePane = lazy(async () => ({ default: (await import('../sequence/SequencePane.tsx')).SequencePane }))
const WatchPane = lazy(async () => ({ default: (await import('./watch/WatchPane.tsx')).WatchPane }))

/** Below the canvas: one bar of tabs, always at the top, and what is open of them. The pane has its height at once, before what it shows is loaded, and the same whatever that is. */
export function BottomPane() {
  const pane = useStore(app().session, state => state.pane)
  const open = useStore(app().session, state => (state.pane !== 'none' ? state.pane : state.chartsOpen ? 'charts' : 'none'))
  const chosen = useStore(paneHeight, state => state.chosen)
  const self = useRef<HTMLDivElement>(null)
  useEffect(returnFocus, [])
  return (
    <div ref={self} className="pn-bottom" data-pane={open} style={chosen === null ? undefined : ({ '--pane-height': `${chosen}px` } as CSSProperties)}>
      {open === 'none' ? null : <PaneEdge pane={self} />}
      <PaneTabs open={open} />
      <Charts open={open === 'charts'} />
      <Suspense>{pane === 'sequence' ? <SequencePane /> : pane === 'none' ? null : <WatchPane pane={pane} />}</Suspense>
    </div>
  )
}

/** A pane that closes with the focus in it gives it back to where it was before the pane was opened. Returns the way to stop. */
function returnFocus(): () => void {
  let before: Element | null = null
  return app().session.subscribe(({ pane }, { pane: last }) => {
    if (pane === last) return
    if (last === 'none') before = document.activeElement
    if (pane !== 'none') return
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    })
  })
}
