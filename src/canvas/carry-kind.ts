import { app } from '../app/current.ts'
import { focusCanvas } from '../app/view.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Point } from '../topology/document.ts'
import { canvasUi } from './canvas-ui.ts'
import { GUIDE_REACH } from './guides.ts'
import { landingAt, type Landing } from './landing.ts'
import { placeKind } from './palette-drop.ts'

/** Pixels that a press may wander before it is a drag. */
const THRESHOLD_PX = 4
/** The click that ends a drag comes at once. */
const CLICK_MS = 50

/** A press on a part of the palette that may become a drag: the part follows the pointer, and stays where it is let go over the canvas. Escape gives up. */
export function carryKind(kind: NodeManifest, down: { readonly pointerId: number } & Client): void {
  const listening = new AbortController()
  const { signal } = listening
  const end = (): Landing | null => {
    const { carried } = canvasUi.getState()
    listening.abort()
    if (carried) swallowClick()
    canvasUi.setState({ carried: null, guides: [] })
    return carried?.landing ?? null
  }
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return
    if (!canvasUi.getState().carried && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < THRESHOLD_PX) return
    const landing = landingUnder(kind, event)
    canvasUi.setState({ carried: { kind, pointer: { x: event.clientX, y: event.clientY }, landing }, guides: landing?.guides ?? [] })
  }
  const up = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return
    const landing = end()
    if (!landing) return
    placeKind(kind.type, landing.spot)
    focusCanvas()
  }
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !canvasUi.getState().carried) return
    event.preventDefault()
    event.stopPropagation()
    end()
  }
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', up, { signal })
  window.addEventListener('pointercancel', end, { signal })
  window.addEventListener('blur', end, { signal })
  window.addEventListener('keydown', key, { signal, capture: true })
}

interface Client {
  readonly clientX: number
  readonly clientY: number
}

/** Null where the pointer isn't over the canvas: what lies on top of it is no place for a part. */
function landingUnder(kind: NodeManifest, { clientX, clientY }: Client): Landing | null {
  const canvas = document.elementFromPoint(clientX, clientY)?.closest('.cv-canvas')
  if (!canvas) return null
  const { left, top } = canvas.getBoundingClientRect()
  const { catalogue, document: topology, session } = app()
  const { x, y, zoom } = session.getState().viewport
  const middle: Point = { x: (clientX - left - x) / zoom, y: (clientY - top - y) / zoom }
  return landingAt(catalogue, topology.getState().topology, kind, { middle, reach: GUIDE_REACH / zoom })
}

/** Where a drag ends on what it began on, that was no press. */
function swallowClick(): void {
  const over = new AbortController()
  window.addEventListener('click', event => {
    event.preventDefault()
    event.stopPropagation()
  }, { capture: true, once: true, signal: over.signal })
  setTimeout(() => over.abort(), CLICK_MS)
}
