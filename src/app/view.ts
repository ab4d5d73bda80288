import type { NodeId, Point, Viewport } from '../topology/document.ts'
import type { SessionState } from './app.ts'
import type { Box } from './node-sizes.ts'

/** What the canvas shows at a viewport, in flow coordinates. */
export function shownBox({ x, y, zoom }: Viewport): Box {
  const canvas = document.querySelector('.cv-canvas')?.getBoundingClientRect()
  return { x: -x / zoom, y: -y / zoom, width: (canvas?.width ?? 900) / zoom, height: (canvas?.height ?? 600) / zoom }
}

/** Where the pointer is over the canvas, in flow coordinates; the canvas keeps it up to date. */
let pointer: Point | undefined

export function pointerOnCanvas(): Point | undefined {
  return pointer
}

export function setPointerOnCanvas(at: Point | undefined): void {
  pointer = at
}

/** Copy whose token stands still under the pointer; null for none. The stage keeps it up to date. */
let token: number | null = null

export function tokenUnderPointer(): number | null {
  return token
}

export function setTokenUnderPointer(handle: number | null): void {
  token = handle
}

/** Asks the canvas to show these nodes, or everything. */
export function showNodes(nodes?: readonly NodeId[]): void {
  window.dispatchEvent(new CustomEvent('relayground:show', { detail: nodes }))
}

/** Gives the keyboard to the canvas. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('.cv-canvas')?.focus({ preventScroll: true })
}

/** Where panels are drawers. */
export function isNarrow(): boolean {
  return window.matchMedia('(max-width: 899px)').matches
}

/** What has to go on a narrow screen so that what is in the middle can be seen: drawers over it, the sequence view in its place. */
export function uncovered({ drawer, pane }: SessionState): Partial<SessionState> {
  if (!isNarrow()) return {}
  return { drawer: drawer === 'charts' ? drawer : 'none', pane: pane === 'sequence' ? 'none' : pane }
}
