import type { KeyboardEvent } from 'react'
import { isEnabled, pressed } from '../app/action.ts'
import { app } from '../app/current.ts'
import { activate, canvasUi, selectPart, uncoverCanvas, type ActivePart } from './canvas-ui.ts'
import { withMembers } from '../app/groups.ts'
import { centreOf, SNAP } from '../app/node-sizes.ts'
import { nodeDomId } from './part-flow-node.ts'
import { channelDomId } from './ChannelLine.tsx'
import { latestScene, type Scene } from './scene.ts'
import { drop } from './use-drag.ts'
import { channelsOf, firstNode, nextNode, type Direction } from './walk.ts'

const STEP: Readonly<Record<Direction, readonly [number, number]>> = { left: [-SNAP, 0], right: [SNAP, 0], up: [0, -SNAP], down: [0, SNAP] }

/** The keys of the canvas, while it has the focus itself. Those of the whole app (Delete, undo, play) are not its business. */
export function onCanvasKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) return
  const action = app().actions.find(one => one.where === 'canvas' && pressed(one, event) && isEnabled(app(), one))
  if (!action) return
  event.preventDefault()
  event.stopPropagation()
  action.run(app())
}

/** On entering: the keyboard is at what is selected, or at the top left. */
export function announceWay(scene: Scene): void {
  if (partAtKeyboard(scene)) return
  const id = firstNode(scene.topology, scene.boxes)
  if (id !== undefined) activate({ part: 'node', id })
}

/** Where the keyboard is, or what is selected. */
export function partAtKeyboard(scene = latestScene()): ActivePart | null {
  if (!scene) return null
  const { active } = canvasUi.getState()
  if (active && (active.part === 'node' ? scene.boxes : scene.curves).has(active.id)) return active
  const { nodes, channels } = app().session.getState().selection
  if (nodes[0] !== undefined) return { part: 'node', id: nodes[0] }
  return channels[0] === undefined ? null : { part: 'channel', id: channels[0], of: null }
}

export function walk(direction: Direction): void {
  const scene = latestScene()
  if (!scene) return
  const part = partAtKeyboard(scene)
  if (part?.part === 'channel') {
    const end = endTowards(scene, part.id, direction)
    if (end !== undefined) selectPart({ part: 'node', id: end })
    return
  }
  const { nodes } = app().session.getState().selection
  // The first arrow after entering selects what the keyboard is at, so that nothing is skipped unseen.
  const entering = part === null || !nodes.includes(part.id)
  const id = part === null ? firstNode(scene.topology, scene.boxes) : entering ? part.id : nextNode(scene.topology, scene.boxes, part.id, direction)
  if (id !== undefined) selectPart({ part: 'node', id })
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

export function nextChannel(part: ActivePart): void {
  const { topology } = app().document.getState()
  const channel = part.part === 'channel' ? topology.channels.find(one => one.id === part.id) : undefined
  const of = part.part === 'node' ? part.id : (part.of ?? channel?.from)
  if (of === undefined) return
  const ids = channelsOf(topology, of)
  const id = ids[(channel ? ids.indexOf(channel.id) + 1 : 0) % ids.length]
  if (id === undefined) app().commands.announce('This node has no channels')
  else selectPart({ part: 'channel', id, of })
}

export function nudge(direction: Direction): void {
  const { topology } = app().document.getState()
  const part = partAtKeyboard()
  const { nodes } = app().session.getState().selection
  const ids = new Set(nodes.length > 0 ? nodes : part?.part === 'node' ? [part.id] : [])
  const [x, y] = STEP[direction]
  const moving = topology.nodes.filter(node => ids.has(node.id) && !ids.has(node.within ?? ''))
  const places = moving.map(node => ({ id: node.id, at: { x: node.at.x + x, y: node.at.y + y }, size: node.size, within: node.within }))
  if (places.length === 0) return
  drop(withMembers(app().catalogue, topology, places))
  app().commands.announce(`Moved ${direction}`)
}

/** Opens the menu that a right click would, beside the part. */
export function openMenu(part: ActivePart | null): void {
  uncoverCanvas()
  const canvas = document.querySelector<HTMLElement>('.cv-canvas')!
  const element = part ? document.getElementById(part.part === 'node' ? nodeDomId(part.id) : channelDomId(part.id)) : canvas
  const target = element ?? canvas
  const box = target.getBoundingClientRect()
  target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }))
}

export function openInspector(part: ActivePart): void {
  selectPart(part)
  app().commands.patchSession({ drawer: 'inspector' })
  focusInspector(FRAMES_MAX)
}

/** The inspector's pane may still be on its way: a second of frames is enough, or nothing is. */
const FRAMES_MAX = 60

function focusInspector(frames: number): void {
  requestAnimationFrame(() => {
    const inspector = document.querySelector('aside[aria-label="Inspector"]')
    // What stood there before is hidden, not gone, while the pane is on its way.
    const shown = (what: string): HTMLElement | undefined => [...(inspector?.querySelectorAll<HTMLElement>(what) ?? [])].find(one => one.checkVisibility())
    const first = shown('[role="tab"][aria-selected="true"]') ?? shown('button, input, select')
    if (first) first.focus()
    else if (frames > 0) focusInspector(frames - 1)
  })
}

/** First the message that is followed, then the one that is shown, then all but one of what is selected, then the canvas itself is let go of. */
export function leave(): void {
  const { commands, session, watching } = app()
  const { message, selection: { nodes, channels } } = session.getState()
  if (watching.getState().following) commands.follow(null)
  else if (message) commands.closeMessage()
  else if (nodes.length + channels.length > 1) commands.select({ nodes: nodes.slice(0, 1), channels: nodes.length > 0 ? [] : channels.slice(0, 1) })
  else (document.activeElement as HTMLElement | null)?.blur()
}
