import { useReactFlow } from '@xyflow/react'
import { ContextMenu } from 'radix-ui'
import { useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import { app } from '../app/current.ts'
import type { Point } from '../topology/document.ts'
import { canvasUi, selectPart } from './canvas-ui.ts'
import { MenuHome } from './MenuItem.tsx'
import { PaneItems } from './menu-pane.tsx'
import { ChannelItems, NodeItems } from './menu-parts.tsx'
import { partAt, REACH_PX } from './pick.ts'
import type { Scene } from './scene.ts'
import './CanvasMenu.css'

type Target = { readonly on: 'node' | 'channel'; readonly id: string } | { readonly on: 'pane'; readonly at: Point }

/** The menu of whatever is under the pointer, or where the keyboard is. A long press opens it on a touch screen. */
export function CanvasMenu({ scene, home, children }: { readonly scene: Scene; readonly home: HTMLElement | null; readonly children: ReactNode }) {
  const { screenToFlowPosition, getZoom } = useReactFlow()
  const [target, setTarget] = useState<Target | null>(null)
  const pressed = useRef<Target | null>(null)
  const aim = (event: SyntheticEvent, point: Point) => {
    const at = screenToFlowPosition(point)
    pressed.current = targetOf(event.target) ?? paintedTarget(scene, at, getZoom()) ?? { on: 'pane', at }
  }
  return (
    <ContextMenu.Root
      // The page goes on living beside it: a run does not stop for a menu.
      modal={false}
      onOpenChange={open => {
        canvasUi.setState({ menu: open })
        if (!open) return
        setTarget(pressed.current)
        takeTarget(pressed.current)
      }}
    >
      <ContextMenu.Trigger
        asChild
        // The end of a long press must not take the focus from the menu that the press has opened.
        onMouseDownCapture={event => canvasUi.getState().menu && event.preventDefault()}
        onPointerDownCapture={event => aim(event, { x: event.clientX, y: event.clientY })}
        onContextMenuCapture={event => aim(event, { x: event.clientX, y: event.clientY })}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal container={home}>
        <ContextMenu.Content
          className="cv-menu"
          collisionPadding={8}
          aria-label={menuName(scene, target)}
          onCloseAutoFocus={event => {
            // A rename or the list of what fits has taken the focus meanwhile.
            const { renaming, picking } = canvasUi.getState()
            if (renaming !== null || picking !== null) event.preventDefault()
          }}
        >
          <MenuHome value={home}>
            {target?.on === 'node' && <NodeItems scene={scene} id={target.id} />}
            {target?.on === 'channel' && <ChannelItems id={target.id} />}
            {target?.on === 'pane' && <PaneItems at={target.at} />}
          </MenuHome>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

function targetOf(element: EventTarget): Target | null {
  if (!(element instanceof Element)) return null
  // Items of the open menu bubble through here too; they are no target.
  const part = element.closest<HTMLElement | SVGElement>('.cv-canvas [data-node], .cv-canvas [data-channel]')
  if (!part) return null
  const { node, channel } = part.dataset
  if (node !== undefined) return { on: 'node', id: node }
  return channel === undefined ? null : { on: 'channel', id: channel }
}

/** Where nodes are painted, what is under the pointer is no element. */
function paintedTarget(scene: Scene, at: Point, zoom: number): Target | null {
  const part = app().geometry.getState().map ? partAt(scene, at, REACH_PX / zoom) : null
  return part && { on: part.part, id: part.id }
}

/** The menu acts on what it was opened on: that becomes the selection, unless it is part of it. */
function takeTarget(target: Target | null): void {
  if (!target || target.on === 'pane') return
  const { nodes, channels } = app().session.getState().selection
  if (target.on === 'node' && !nodes.includes(target.id)) selectPart({ part: 'node', id: target.id })
  if (target.on === 'channel' && !channels.includes(target.id)) selectPart({ part: 'channel', id: target.id, of: null })
}

function menuName(scene: Scene, target: Target | null): string {
  if (target?.on === 'node') return scene.topology.nodes.find(node => node.id === target.id)?.label ?? 'Node'
  return target?.on === 'channel' ? 'Channel' : 'Canvas'
}
