import { app } from '../app/current.ts'
import type { NodeId, Point } from '../topology/document.ts'
import { canvasUi, fitsFor } from './canvas-ui.ts'

/** How long a refusal stays where it happened. */
const REFUSAL_MS = 6000
/** A press that moves less than this is no attempt to connect. */
const STILL_PX = 6

/** Follows a pointer from a handle until it is let go over a node. Everything it sets up ends with it. */
export function beginConnection(from: NodeId, start: PointerEvent, toFlow: (point: Point) => Point): void {
  start.preventDefault()
  const end = (event: PointerEvent) => toFlow({ x: event.clientX, y: event.clientY })
  canvasUi.setState({ connection: { from, fits: fitsFor(from), end: end(start), over: null }, refusal: null })
  app().commands.patchSession({ connecting: { from, by: 'pointer' } })
  const listening = new AbortController()
  const finish = () => {
    listening.abort()
    canvasUi.setState({ connection: null })
    app().commands.patchSession({ connecting: null })
  }
  const options = { signal: listening.signal, capture: true }
  const mine = (event: PointerEvent) => event.pointerId === start.pointerId
  window.addEventListener('pointermove', event => {
    const { connection } = canvasUi.getState()
    if (mine(event) && connection) canvasUi.setState({ connection: { ...connection, end: end(event), over: nodeAt(event, from) } })
  }, options)
  window.addEventListener('pointerup', event => {
    if (!mine(event)) return
    finish()
    const moved = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY)
    if (moved >= STILL_PX) drop(from, nodeAt(event, from), { x: event.clientX, y: event.clientY })
  }, options)
  window.addEventListener('pointercancel', finish, options)
  window.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    finish()
  }, options)
}

function drop(from: NodeId, to: NodeId | null, at: Point): void {
  if (to === null) return
  const { commands } = app()
  const plan = commands.planConnection(from, to)
  if (plan.ok) {
    // Two applications can talk in many ways: which one is for the person to say.
    if (plan.ways.length > 1) canvasUi.setState({ picking: { from, to } })
    else commands.connect(from, to)
    return
  }
  const refusal = { says: plan.says, ...at }
  canvasUi.setState({ refusal })
  commands.announce(plan.says)
  setTimeout(() => {
    if (canvasUi.getState().refusal === refusal) canvasUi.setState({ refusal: null })
  }, REFUSAL_MS)
}

/** The whole node is the target; a container only where nothing in it is. */
function nodeAt(event: PointerEvent, from: NodeId): NodeId | null {
  for (const element of document.elementsFromPoint(event.clientX, event.clientY)) {
    const id = element.closest<HTMLElement>('.cv-canvas .cv-node')?.dataset['node']
    if (id !== undefined) return id === from ? null : id
  }
  return null
}
