import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { isEnabled, pressed } from '../app/action.ts'
import { app } from '../app/current.ts'
import { duration, grouped } from '../ui/format.ts'
import { Drawing } from './Drawing.tsx'
import { frameOf, nsAt, type Arrow, type Frame } from './frame.ts'
import { pickArrow } from './pick.ts'
import { pictureOf, type Picture } from './picture.ts'
import { isSame, look, sequenceStore } from './sequence-store.ts'
import { zoom } from './acts.ts'
import type { Drawn } from './shown.ts'
import { momentText, panned } from './time.ts'
import { useGestures } from './use-gestures.ts'
import { useSize } from './use-size.ts'
import { crossingText, endText } from './words.ts'

/** Messages as slanted arrows between lifelines, time downwards. One stop for the keyboard: arrows walk from message to message. */
export function Diagram({ drawn }: { readonly drawn: Drawn }) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const view = useStore(sequenceStore, state => state.view)
  const active = useStore(sequenceStore, state => state.active)
  const [hovered, setHovered] = useState<{ readonly arrow: Arrow; readonly x: number; readonly y: number } | null>(null)
  const message = useStore(app().session, state => state.message)
  const identity = active?.identity ?? message?.identity ?? null
  const frame = useMemo(() => frameOf({ view, lifelines: drawn.lifelines, width, height }), [view, drawn, width, height])
  const index = hovered?.arrow.index ?? drawn.crossings.findIndex(one => isSame(one, active))
  // A message that is not in sight makes nothing else faint.
  const chosen = identity !== null && drawn.crossings.some(one => one.identity === identity && one.departNs <= view.toNs && one.endNs >= view.fromNs) ? identity : null
  const picture = useMemo(() => pictureOf(frame, drawn.sequence, drawn, { identity: chosen, active: index, familyOf }), [frame, drawn, chosen, index])
  useGestures(ref, useDiagramGestures(picture, setHovered))
  useFocus(ref)
  const saidId = useId()
  const said = active ? crossingText(drawn.sequence, active) : `${grouped(picture.arrows.length)} crossings in sight, ${momentText(view.fromNs, 1e6)} to ${momentText(view.toNs, 1e6)}`
  return (
    <div className="sq-stage">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- it is walked with arrows, like the canvas */}
      <div ref={ref} className="sq-diagram" role="application" tabIndex={0} aria-label="Sequence of messages" aria-describedby={saidId} onKeyDown={onKey}>
        {width > 0 ? <Drawing width={frame.width} height={height} top={frame.top} body={picture.body} head={picture.head} /> : null}
      </div>
      <p id={saidId} className="ui-hidden">
        {said}
      </p>
      {hovered ? <Card arrow={hovered.arrow} x={hovered.x} y={hovered.y} drawn={drawn} frame={frame} /> : null}
    </div>
  )
}

/** What is pointed at, in words; the pointer passes through. */
function Card({ arrow, x, y, drawn, frame }: { readonly arrow: Arrow; readonly x: number; readonly y: number; readonly drawn: Drawn; readonly frame: Frame }) {
  const { crossing } = arrow
  const label = (id: string): string => drawn.sequence.nodes[id]?.label ?? id
  const apart = Math.min((frame.view.toNs - frame.view.fromNs) / 100, 1e6)
  return (
    <div className="sq-card" style={{ left: x, top: y }} data-flip={y > frame.height / 2} aria-hidden="true">
      <b>{crossing.identity}</b>
      {crossing.key === '' ? null : <code>{crossing.key}</code>}
      <span>
        {label(crossing.from)} → {label(crossing.to)}
      </span>
      <span className="ui-muted">
        {momentText(crossing.departNs, apart)}, {endText(crossing)}
      </span>
      {crossing.correlation === '' ? null : <span className="ui-muted">belongs to {crossing.correlation}</span>}
    </div>
  )
}

function useDiagramGestures(picture: Picture, setHovered: (hovered: { readonly arrow: Arrow; readonly x: number; readonly y: number } | null) => void) {
  const latest = useRef(picture)
  useEffect(() => {
    latest.current = picture
  }, [picture])
  const zoomAt = useCallback((by: number, y: number) => zoom(app(), by, nsAt(latest.current.frame, y)), [])
  const pan = useCallback((dx: number, dy: number) => {
    const { frame } = latest.current
    const element = document.querySelector('.sq-diagram')
    if (element) element.scrollLeft -= dx
    if (dy === 0) return
    const { view } = frame
    look(panned(sequenceStore.getState().view, { byNs: (-dy / (frame.height - frame.top)) * (view.toNs - view.fromNs), nowNs: app().figures.nowNs() }))
  }, [])
  const click = useCallback((x: number, y: number) => {
    const { frame, arrows } = latest.current
    if (y < frame.top) {
      const lifeline = frame.lifelines.find(one => Math.abs(frame.columns.get(one.id)! - x) < frame.apart / 2)
      if (lifeline) app().commands.locate(lifeline.id)
      return
    }
    const arrow = pickArrow(arrows, x, y)
    sequenceStore.setState({ active: arrow?.crossing ?? null, ...(arrow ? { follow: false } : {}) })
    if (arrow) app().commands.showCrossing(arrow.crossing)
  }, [])
  const hover = useCallback((at: { readonly x: number; readonly y: number } | null) => {
    const arrow = at && pickArrow(latest.current.arrows, at.x, at.y)
    const left = document.querySelector('.sq-diagram')?.scrollLeft ?? 0
    setHovered(at && arrow ? { arrow, x: at.x - left, y: at.y } : null)
  }, [setHovered])
  return useMemo(() => ({ zoom: zoomAt, pan, click, hover }), [zoomAt, pan, click, hover])
}

/** Who opens the view means to use it, and who closes a message comes back to where it was opened, unless the focus is elsewhere. */
function useFocus(ref: React.RefObject<HTMLElement | null>): void {
  const message = useStore(app().session, state => state.message)
  useEffect(() => {
    if (message === null && sequenceStore.getState().active !== null && (document.activeElement === null || document.activeElement === document.body)) ref.current?.focus({ preventScroll: true })
  }, [ref, message])
  useEffect(() => ref.current?.focus({ preventScroll: true }), [ref])
}

/** The keys of the view, while it has the focus itself. */
export function onKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) return
  const action = app().actions.find(one => one.where === 'sequence' && pressed(one, event) && isEnabled(app(), one))
  if (!action) return
  event.preventDefault()
  event.stopPropagation()
  action.run(app())
}

export function familyOf(type: string): string {
  return app().catalogue.familyOf(type)?.colour ?? 'application'
}

/** "1 s of it, 00:01.000 to 00:02.000". */
export function stretchText({ fromNs, toNs }: { readonly fromNs: number; readonly toNs: number }): string {
  const apart = (toNs - fromNs) / 20
  return `${duration(toNs - fromNs)}, ${momentText(fromNs, apart)} to ${momentText(toNs, apart)}`
}
