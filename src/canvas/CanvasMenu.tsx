import { ContextMenu } from 'radix-ui'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { stayInMenus } from '../ui/stay-in-menus.ts'
import type { MenuOpening, MenuTarget } from './canvas-menu.ts'
import { canvasUi, selectPart } from './canvas-ui.ts'
import { MenuHome } from './MenuItem.tsx'
import { PaneItems } from './menu-pane.tsx'
import { ChannelItems, NodeItems } from './menu-parts.tsx'
import type { Scene } from './scene.ts'
import './CanvasMenu.css'

/** The menu of what it was opened on. It comes with the first opening and stays: what is opened on a trigger of its own, which nobody sees. */
export function CanvasMenu({ scene, home, opening }: { readonly scene: Scene; readonly home: HTMLElement | null; readonly opening: MenuOpening }) {
  const trigger = useRef<HTMLSpanElement>(null)
  const open = useStore(canvasUi, ui => ui.menu)
  const { target } = opening
  useEffect(() => {
    // From a key the menu knows that the first item is to have the keyboard.
    if (opening.by === 'keys') trigger.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Unidentified', bubbles: true }))
    trigger.current?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: opening.client.x, clientY: opening.client.y }))
  }, [opening])
  return (
    <ContextMenu.Root
      // The page goes on living beside it: a run does not stop for a menu.
      modal={false}
      open={open}
      onOpenChange={shown => {
        canvasUi.setState({ menu: shown })
        if (shown) takeTarget(target)
      }}
    >
      <ContextMenu.Trigger ref={trigger} />
      <ContextMenu.Portal container={home}>
        <ContextMenu.Content
          className="cv-menu"
          collisionPadding={8}
          aria-label={menuName(scene, target)}
          onInteractOutside={stayInMenus}
          onCloseAutoFocus={event => {
            // A rename or the list of what fits has taken the focus meanwhile.
            const { renaming, picking } = canvasUi.getState()
            if (renaming !== null || picking !== null) event.preventDefault()
          }}
        >
          <MenuHome value={home}>
            {target.on === 'node' && <NodeItems scene={scene} id={target.id} />}
            {target.on === 'channel' && <ChannelItems id={target.id} />}
            {target.on === 'pane' && <PaneItems at={target.at} />}
          </MenuHome>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

/** The menu acts on what it was opened on: that becomes the selection, unless it is part of it. */
function takeTarget(target: MenuTarget): void {
  if (target.on === 'pane') return
  const { nodes, channels } = app().session.getState().selection
  if (target.on === 'node' && !nodes.includes(target.id)) selectPart({ part: 'node', id: target.id })
  if (target.on === 'channel' && !channels.includes(target.id)) selectPart({ part: 'channel', id: target.id, of: null })
}

function menuName(scene: Scene, target: MenuTarget): string {
  if (target.on === 'node') return scene.topology.nodes.find(node => node.id === target.id)?.label ?? 'Node'
  return target.on === 'channel' ? 'Channel' : 'Canvas'
}
