import { SEMANTICS } from '../topology/semantics.ts'
import { FORMAT, type Point } from '../topology/document.ts'
import { parseTopology } from '../topology/parse.ts'
import type { App } from './app.ts'
import { clipOf, extentOf, planPaste, type Clip } from './clip.ts'
import { shownBox } from './view.ts'

/** What a clip is on the clipboard: the text of a topology file of its own, with a mark that says that it is meant to be added. */
const MARK = '"clip": true'
/** What is pasted where nothing points to stands this much beside what it came from. */
const ASIDE = 40

/** The last clip copied here: for browsers that let no page read the clipboard. */
let kept = ''

/** The text of what is selected, or null when that is no node. */
export function clipText({ catalogue, document, session }: App): string | null {
  const { topology } = document.getState()
  const clip = clipOf(catalogue, topology, session.getState().selection)
  if (clip.nodes.length === 0) return null
  kept = `${JSON.stringify({ app: 'relayground', clip: true, semantics: SEMANTICS, format: FORMAT, title: topology.title, seed: topology.seed, ...clip }, null, 2)}\n`
  return kept
}

/** The clip that a text holds, or null when it is something else. */
export function readClip(text: string): Clip | null {
  if (!text.slice(0, 400).includes(MARK)) return null
  try {
    const json = JSON.parse(text) as { readonly nodes?: unknown }
    const nodes = Array.isArray(json.nodes) ? (json.nodes as readonly { readonly id?: unknown; readonly within?: unknown }[]) : []
    // Containers that stayed behind: the parser wants to know them.
    const there = new Set(nodes.map(node => node.id))
    const outer = [...new Set(nodes.map(node => node.within).filter(id => id !== undefined && !there.has(id)))]
    const parsed = parseTopology({ ...json, nodes: [...nodes, ...outer.map(id => ({ id, type: 'clip.outside', at: { x: 0, y: 0 } }))] })
    return parsed.ok ? { nodes: parsed.value.nodes.filter(node => there.has(node.id)), channels: parsed.value.channels } : null
  } catch {
    return null
  }
}

/** Adds a clip: with its middle at a point of the canvas, or beside where it was copied, or in the middle of what is seen. */
export function pasteClip(app: App, clip: Clip, at?: Point): void {
  const { catalogue, commands, document, session } = app
  const { topology } = document.getState()
  if (clip.nodes.length === 0) return
  const extent = extentOf(catalogue, clip)
  const by = at ? { x: at.x - extent.x - extent.width / 2, y: at.y - extent.y - extent.height / 2 } : offset(app, clip)
  const plan = planPaste(catalogue, topology, clip, { by, home: session.getState().selection.nodes[0] })
  commands.edit(`pasting of ${clip.nodes.length} node${clip.nodes.length === 1 ? '' : 's'}`, plan.edits)
  commands.select({ nodes: plan.tops, channels: [] })
  commands.announce(`Pasted ${clip.nodes.length} node${clip.nodes.length === 1 ? '' : 's'}`)
}

export async function copySelection(app: App): Promise<void> {
  const text = clipText(app)
  if (text === null) return
  await write(text)
  app.commands.announce('Copied')
}

export async function cutSelection(app: App): Promise<void> {
  const { selection } = app.session.getState()
  const copied = copySelection(app)
  // At once: what is pressed next is about what is there then, however long the clipboard takes.
  app.commands.remove(selection)
  await copied
}

/** Pastes what is on the clipboard; from a menu, where no paste event comes. */
export async function pasteFromClipboard(app: App, at?: Point): Promise<void> {
  const clip = readClip(await read())
  if (clip) pasteClip(app, clip, at)
  else app.commands.notify('info', 'There are no nodes on the clipboard. Copy some first, here or in another tab.')
}

/** Beside the original while that place is free; a paste of the same again goes on from the last. */
function offset({ catalogue, document, session }: App, clip: Clip): Point {
  const { topology } = document.getState()
  const extent = extentOf(catalogue, clip)
  const view = session.getState().viewport
  const shown = shownBox(view)
  if (extent.x > shown.x + shown.width || extent.y > shown.y + shown.height || extent.x + extent.width < shown.x || extent.y + extent.height < shown.y)
    return { x: shown.x + shown.width / 2 - extent.x - extent.width / 2, y: shown.y + shown.height / 2 - extent.y - extent.height / 2 }
  const corners = new Set(topology.nodes.map(node => `${node.at.x} ${node.at.y}`))
  const first = clip.nodes[0]!
  let aside = ASIDE
  while (corners.has(`${first.at.x + aside} ${first.at.y + aside}`)) aside += ASIDE
  return { x: aside, y: aside }
}

async function write(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Denied, or no secure page: `kept` serves this tab.
  }
}

async function read(): Promise<string> {
  try {
    return await navigator.clipboard.readText()
  } catch {
    return kept
  }
}

export function ownsClipboard(target: EventTarget | null): boolean {
  // Whoever types, or has marked some text, means that.
  if (target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"], [role="dialog"]')) return false
  return getSelection()?.isCollapsed ?? true
}

