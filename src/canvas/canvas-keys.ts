import { useCallback, type KeyboardEvent } from 'react'
import { app } from '../app/current.ts'
import { activate, canvasUi, selectPart, startPicking, startRenaming, type ActivePart } from './canvas-ui.ts'
import { centreOf, SNAP } from '../app/node-sizes.ts'
import { nodeDomId } from './PartNode.tsx'
import { channelDomId } from './ChannelLine.tsx'
import type { Scene } from './scene.ts'
import { drop } from './use-drag.ts'
import { channelsOf, firstNode, nextNode, type Direction } from './walk.ts'

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }
const STEP: Readonly<Record<Direction, readonly [number, number]>> = { left: [-SNAP, 0], right: [SNAP, 0], up: [0, -SNAP], down: [0, SNAP] }

/** The keys of the canvas while it has the focus itself. Those of the whole app (Delete, undo, play) are not its business. */
export function useCanvasKeys(scene: Scene): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(event => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (!handled(event, scene)) return
    event.preventDefault()
    event.stopPropagation()
  }, [scene])
}

function handled(event: KeyboardEvent<HTMLElement>, scene: Scene): boolean {
  const direction = ARROWS[event.key]
  const part = activePart(scene)
  if (direction) return event.shiftKey ? nudge(scene, part, direction) : walk(scene, part, direction)
  if (event.key === 'Escape') {
    event.currentTarget.blur()
    return true
  }
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return openMenu(event.currentTarget, part)
  if (!part) return false
  switch (event.key) {
    case 'Enter':
      return openInspector(part)
    case 'l':
      return nextChannel(scene, part)
    case 'F2':
      if (part.part === 'node') startRenaming(part.id)
      return true
    case 'c':
      if (part.part === 'node') startPicking(part.id)
      return true
    default:
      return false
  }
}

/** On entering: the keyboard is at what is selected, or at the top left. */
export function announceWay(scene: Scene): void {
  if (activePart(scene)) return
  const id = firstNode(scene.topology, scene.boxes)
  if (id !== undefined) activate({ part: 'node', id })
}

function activePart(scene: Scene): ActivePart | null {
  const { active } = canvasUi.getState()
  if (active && (active.part === 'node' ? scene.boxes : scene.curves).has(active.id)) return active
  const { nodes, channels } = app().session.getState().selection
  if (nodes[0] !== undefined) return { part: 'node', id: nodes[0] }
  return channels[0] === undefined ? null : { part: 'channel', id: channels[0], of: null }
}

function walk(scene: Scene, part: ActivePart | null, direction: Direction): boolean {
  if (part?.part === 'channel') {
    const end = endTowards(scene, part.id, direction)
    if (end !== undefined) selectPart({ part: 'node', id: end })
    return true
  }
  const { nodes } = app().session.getState().selection
  // The first arrow after entering selects what the keyboard is at, so that nothing is skipped unseen.
  const entering = part === null || !nodes.includes(part.id)
  const id = part === null ? firstNode(scene.topology, scene.boxes) : entering ? part.id : nextNode(scene.topology, scene.boxes, part.id, direction)
  if (id !== undefined) selectPart({ part: 'node', id })
  return true
}

/** From a channel an arrow goes to whichever of its ends lies that way. */
function endTowards(scene: Scene, id: string, direction: Direction): string | undefined {
  const channel = scene.topology.channels.find(one => one.id === id)
  if (!channel) return undefined
  const from = centreOf(scene.boxes.get(channel.from)!)
  const to = centreOf(scene.boxes.get(channel.to)!)
  const forward = direction === 'right' ? to.x >= from.x : direction === 'left' ? to.x < from.x : direction === 'down' ? to.y >= from.y : to.y < from.y
  return forward ? channel.to : channel.from
}

function nextChannel(scene: Scene, part: ActivePart): boolean {
  const channel = part.part === 'channel' ? scene.topology.channels.find(one => one.id === part.id) : undefined
  const of = part.part === 'node' ? part.id : (part.of ?? channel?.from)
  if (of === undefined) return true
  const ids = channelsOf(scene.topology, of)
  const id = ids[(channel ? ids.indexOf(channel.id) + 1 : 0) % ids.length]
  if (id === undefined) app().commands.announce('This node has no channels')
  else selectPart({ part: 'channel', id, of })
  return true
}

function nudge(scene: Scene, part: ActivePart | null, direction: Direction): boolean {
  const { nodes } = app().session.getState().selection
  const ids = new Set(nodes.length > 0 ? nodes : part?.part === 'node' ? [part.id] : [])
  const [x, y] = STEP[direction]
  const moving = scene.topology.nodes.filter(node => ids.has(node.id) && !ids.has(node.within ?? ''))
  if (moving.length > 0) drop(moving.map(node => ({ id: node.id, at: { x: node.at.x + x, y: node.at.y + y }, size: node.size, within: node.within })))
  return true
}

/** Opens the menu that a right click would, beside the part. */
function openMenu(canvas: HTMLElement, part: ActivePart | null): boolean {
  const element = part ? document.getElementById(part.part === 'node' ? nodeDomId(part.id) : channelDomId(part.id)) : canvas
  const target = element ?? canvas
  const box = target.getBoundingClientRect()
  target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }))
  return true
}

function openInspector(part: ActivePart): boolean {
  selectPart(part)
  app().commands.patchSession({ drawer: 'inspector' })
  requestAnimationFrame(() => {
    const inspector = document.querySelector('aside[aria-label="Inspector"]')
    const first = inspector?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ?? inspector?.querySelector<HTMLElement>('button, input, select')
    first?.focus()
  })
  return true
}
