import { useReactFlow } from '@xyflow/react'
import { useState, type MouseEvent, type PointerEvent } from 'react'
import { app } from '../app/current.ts'
import type { Point } from '../topology/document.ts'
import { canvasUi } from './canvas-ui.ts'
import { partAt, REACH_PX } from './pick.ts'
import type { Scene } from './scene.ts'

export type MenuTarget = { readonly on: 'node' | 'channel'; readonly id: string } | { readonly on: 'pane'; readonly at: Point }

/** One opening of the menu: another object each time. `client` is where, in CSS px from the corner of the window. */
export interface MenuOpening {
  readonly target: MenuTarget
  readonly client: Point
  readonly by: 'pointer' | 'keys'
}

interface MenuHandlers {
  readonly onMouseDownCapture: (event: MouseEvent) => void
  readonly onPointerDown: (event: PointerEvent) => void
  readonly onPointerMove: (event: PointerEvent) => void
  readonly onPointerUp: () => void
  readonly onPointerCancel: () => void
  readonly onContextMenu: (event: MouseEvent) => void
}

/** How long a finger rests until the menu opens, ms. */
const LONG_PRESS_MS = 700

/** When the menu of whatever is under the pointer, or where the keyboard is, opens. A long press opens it on a touch screen. */
export function useCanvasMenu(scene: Scene): { readonly opening: MenuOpening | null; readonly handlers: MenuHandlers } {
  const { screenToFlowPosition, getZoom } = useReactFlow()
  const [opening, setOpening] = useState<MenuOpening | null>(null)
  const [press] = useState(() => new LongPress())
  const open = (element: EventTarget, client: Point, by: MenuOpening['by']): void => {
    const at = screenToFlowPosition(client)
    setOpening({ target: targetOf(element) ?? paintedTarget(scene, at, getZoom()) ?? { on: 'pane', at }, client, by })
  }
  const handlers: MenuHandlers = {
    // The end of a long press must not take the focus from the menu that the press has opened.
    onMouseDownCapture: event => {
      if (canvasUi.getState().menu) event.preventDefault()
    },
    onPointerDown: event => {
      if (event.pointerType === 'mouse') return
      canvasUi.setState({ menu: false })
      const { target, clientX, clientY } = event
      press.begin(() => open(target, { x: clientX, y: clientY }, 'pointer'))
    },
    onPointerMove: event => {
      if (event.pointerType !== 'mouse') press.end()
    },
    onPointerUp: () => press.end(),
    onPointerCancel: () => press.end(),
    onContextMenu: event => {
      press.end()
      event.preventDefault()
      // The action that opens the menu sends the event itself.
      open(event.target, { x: event.clientX, y: event.clientY }, event.isTrusted ? 'pointer' : 'keys')
    },
  }
  return { opening, handlers }
}

/** A finger that rests. */
class LongPress {
  #timer = 0

  begin(act: () => void): void {
    this.end()
    this.#timer = window.setTimeout(act, LONG_PRESS_MS)
  }

  end(): void {
    window.clearTimeout(this.#timer)
  }
}

function targetOf(element: EventTarget): MenuTarget | null {
  if (!(element instanceof Element)) return null
  const part = element.closest<HTMLElement | SVGElement>('.cv-canvas [data-node], .cv-canvas [data-channel]')
  if (!part) return null
  const { node, channel } = part.dataset
  if (node !== undefined) return { on: 'node', id: node }
  return channel === undefined ? null : { on: 'channel', id: channel }
}

/** Where nodes are painted, what is under the pointer is no element. */
function paintedTarget(scene: Scene, at: Point, zoom: number): MenuTarget | null {
  const part = app().geometry.getState().map ? partAt(scene, at, REACH_PX / zoom) : null
  return part && { on: part.part, id: part.id }
}
