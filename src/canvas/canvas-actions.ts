import type { Action } from '../app/action.ts'
import { hasNodes } from '../app/actions.ts'
import type { App } from '../app/app.ts'
import { isPresenting } from '../app/present.ts'
import { showNodes } from '../app/view.ts'
import { leave, nextChannel, nudge, openInspector, openMenu, partAtKeyboard, walk } from './canvas-keys.ts'
import { startPicking, startRenaming, type ActivePart } from './canvas-ui.ts'
import { showFindings } from './FindingBadge.tsx'
import type { Direction } from './walk.ts'

const ARROWS: readonly (readonly [Direction, string])[] = [['left', 'ArrowLeft'], ['right', 'ArrowRight'], ['up', 'ArrowUp'], ['down', 'ArrowDown']]
const WALK = { keys: 'Arrows', title: 'Walk the topology along its channels' }
const MOVE = { keys: 'Shift+Arrows', title: 'Move what is selected' }

/** What can be done on the canvas: some of it only with a key, while the canvas has the focus. */
export const CANVAS_ACTIONS: readonly Action[] = [
  { id: 'fit', title: 'Fit everything into view', group: 'View', keys: ['f'], words: ['zoom'], run: () => showNodes() },
  { id: 'zoom-selection', title: 'Zoom to the selection', group: 'View', keys: ['z'], enabled: hasNodes, run: app => showNodes(app.session.getState().selection.nodes) },
  ...ARROWS.map(([direction, key]): Action => ({ id: `walk-${direction}`, title: `Walk ${direction}`, group: 'Canvas', keys: [key], where: 'canvas', family: WALK, run: () => walk(direction) })),
  ...ARROWS.map(([direction, key]): Action => ({ id: `move-${direction}`, title: `Move ${direction}`, group: 'Canvas', keys: [`Shift+${key}`], where: 'canvas', family: MOVE, run: () => nudge(direction) })),
  { id: 'connect', title: 'Connect from here…', group: 'Canvas', keys: ['c'], where: 'canvas', words: ['channel', 'draw', 'bind'], enabled: onNode, run: () => withNode(startPicking) },
  { id: 'channels', title: 'Step through the node’s channels', group: 'Canvas', keys: ['l'], where: 'canvas', family: { keys: 'L', title: 'Step through the node’s channels' }, enabled: onPart, run: () => withPart(nextChannel) },
  { id: 'menu', title: 'Open its menu', group: 'Canvas', keys: ['Shift+F10', 'ContextMenu'], where: 'canvas', family: { keys: 'Shift+F10', title: 'Open its menu' }, run: () => openMenu(partAtKeyboard()) },
  { id: 'inspect', title: 'Open the inspector', group: 'Canvas', keys: ['Enter'], where: 'canvas', words: ['settings'], enabled: onPart, run: () => withPart(openInspector) },
  { id: 'findings', title: 'What is probably not meant here', group: 'Canvas', keys: ['w'], where: 'canvas', words: ['lint', 'check', 'warning', 'fix'], enabled: hasFindings, run: () => withNode(showFindings) },
  { id: 'rename', title: 'Rename', group: 'Edit', keys: ['F2'], where: 'canvas', words: ['label', 'name'], enabled: onNode, run: () => withNode(startRenaming) },
  { id: 'leave', title: 'Leave the canvas', group: 'Canvas', keys: ['Escape'], where: 'canvas', family: { keys: 'Esc', title: 'Take back the selection, then leave' }, enabled: app => !isPresenting(app) && !app.session.getState().several, run: leave },
]

function onNode(): boolean {
  return partAtKeyboard()?.part === 'node'
}

function hasFindings(app: App): boolean {
  const part = partAtKeyboard()
  return part?.part === 'node' && app.findings.getState().byNode.has(part.id)
}

function onPart(): boolean {
  return partAtKeyboard() !== null
}

function withNode(act: (id: string) => void): void {
  const part = partAtKeyboard()
  if (part?.part === 'node') act(part.id)
}

function withPart(act: (part: ActivePart) => void): void {
  const part = partAtKeyboard()
  if (part) act(part)
}
