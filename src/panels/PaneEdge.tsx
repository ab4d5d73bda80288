import { useEffect, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { CANVAS_LEAST, heightByKey, heightWithin, PANE_HEIGHT_LEAST, paneHeight } from './pane-height.ts'

/** The upper edge of the pane below the canvas: dragged, or moved with the keyboard, it makes the pane higher or lower; a double click gives it back its first height. */
export function PaneEdge({ pane }: { readonly pane: RefObject<HTMLElement | null> }) {
  const { height, room } = useSize(pane)
  const [dragged, setDragged] = useState(false)
  const choose = (chosen: number | null): void => paneHeight.setState({ chosen })
  const follow = (event: PointerEvent): void => {
    if (dragged && pane.current) choose(heightWithin(pane.current.getBoundingClientRect().bottom - event.clientY, room))
  }
  const byKey = (event: KeyboardEvent): void => {
    const chosen = event.ctrlKey || event.metaKey || event.altKey ? undefined : heightByKey(event.key, { now: height, room })
    if (chosen === undefined) return
    event.preventDefault()
    event.stopPropagation()
    choose(chosen)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a rule is no control; this edge is one
    <div
      className="pn-pane-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of what is below the canvas"
      aria-valuenow={height}
      aria-valuemin={PANE_HEIGHT_LEAST}
      aria-valuemax={Math.max(PANE_HEIGHT_LEAST, room - CANVAS_LEAST)}
      aria-valuetext={`${height} pixels`}
      title="Drag, or press the arrow keys; a double click gives back the first height"
      tabIndex={0}
      data-dragged={dragged || undefined}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragged(true)
      }}
      onPointerMove={follow}
      onPointerUp={() => setDragged(false)}
      onPointerCancel={() => setDragged(false)}
      onDoubleClick={() => choose(null)}
      onKeyDown={byKey}
    />
  )
}

/** How high the pane is, and together with the canvas. */
function useSize(pane: RefObject<HTMLElement | null>): { readonly height: number; readonly room: number } {
  const [size, setSize] = useState({ height: PANE_HEIGHT_LEAST, room: 0 })
  useEffect(() => {
    const element = pane.current
    const around = element?.parentElement
    if (!element || !around) return
    const observer = new ResizeObserver(() => setSize({ height: Math.round(element.getBoundingClientRect().height), room: Math.round(around.getBoundingClientRect().height) }))
    observer.observe(element)
    observer.observe(around)
    return () => observer.disconnect()
  }, [pane])
  return size
}
