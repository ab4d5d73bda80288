import { isNote } from '../contract/notes.ts'
import { findNode, type NodeId, type Topology } from '../topology/document.ts'
import type { Action } from './action.ts'
import type { App, Presenting, SessionState } from './app.ts'
import { boxesOf, formOf } from './node-sizes.ts'
import { showNodes } from './view.ts'
import type { Catalogue } from '../contract/manifest.ts'

/** Nothing but the picture: the speaker reveals the rest. */
export const BARE: Presenting = { charts: false, inspector: false, spot: null }

/** Presenting: only what the speaker reveals, step by step, with keys that remote controls have. First in the list of actions, since these keys mean this while it lasts. */
export const PRESENT_ACTIONS: readonly Action[] = [
  { id: 'present', title: 'Present', group: 'View', keys: ['p'], words: ['full screen', 'talk', 'lecture', 'slides', 'beamer'], enabled: app => !isPresenting(app), run: startPresenting },
  { id: 'present-next', title: 'Next node in the light', group: 'View', keys: ['PageDown', 'n'], words: ['present', 'spotlight'], enabled: isPresenting, run: app => step(app, 1) },
  { id: 'present-back', title: 'Node before in the light', group: 'View', keys: ['PageUp', 'b'], words: ['present', 'spotlight'], enabled: isPresenting, run: app => step(app, -1) },
  { id: 'present-whole', title: 'All nodes in the light', group: 'View', keys: ['Home', '0'], words: ['present', 'spotlight', 'overview'], enabled: isPresenting, run: app => light(app, null) },
  { id: 'present-charts', title: 'Reveal or hide the charts', group: 'View', keys: ['g'], words: ['present', 'graph'], enabled: isPresenting, run: app => reveal(app, 'charts') },
  { id: 'present-inspector', title: 'Reveal or hide the inspector', group: 'View', keys: ['i'], words: ['present'], enabled: isPresenting, run: app => reveal(app, 'inspector') },
  { id: 'present-leave', title: 'Leave the presentation', group: 'View', keys: ['Escape'], words: ['present', 'stop'], enabled: app => isPresenting(app) && app.session.getState().message === null, run: leavePresenting },
]

export function isPresenting(app: App): boolean {
  return app.session.getState().presenting !== null
}

/** Who is in the light: what is selected, once the speaker has begun to show one after the other. */
export function litNode({ presenting, selection }: SessionState): NodeId | null {
  return presenting === null || presenting.spot === null ? null : (selection.nodes[0] ?? null)
}

function startPresenting(app: App): void {
  app.commands.patchSession({ presenting: BARE, view: 'canvas', drawer: 'none', pane: 'none', selection: { nodes: [], channels: [] } })
  app.commands.announce('Presenting. Page down puts one node after the other in the light, Escape leaves.')
  void fullScreen(true)
}

function leavePresenting(app: App): void {
  app.commands.patchSession({ presenting: null })
  app.commands.announce('The presentation is over')
  void fullScreen(false)
  showNodes()
}

/** A browser that doesn't let the page fill the screen shows the presentation in its window. */
async function fullScreen(on: boolean): Promise<void> {
  try {
    if (on) await document.documentElement.requestFullscreen()
    else if (document.fullscreenElement) await document.exitFullscreen()
  } catch {
    // It takes a person's own press, and a frame that is allowed to.
  }
}

export function toggleFullScreen(): void {
  void fullScreen(document.fullscreenElement === null)
}

function reveal(app: App, panel: 'charts' | 'inspector'): void {
  const { presenting } = app.session.getState()
  if (!presenting) return
  app.commands.patchSession({ presenting: { ...presenting, [panel]: !presenting[panel] }, ...(panel === 'charts' ? { chartsOpen: true, pane: 'none' } : { drawer: 'none' }) })
}

function step(app: App, by: 1 | -1): void {
  const { presenting } = app.session.getState()
  const tour = tourOf(app.catalogue, app.document.getState().topology)
  if (!presenting || tour.length === 0) return
  const now = tour.indexOf(litNode(app.session.getState()) ?? '')
  const next = now < 0 ? (by > 0 ? 0 : tour.length - 1) : now + by
  light(app, tour[next] ?? null)
}

/** Puts one node in the light, with its neighbours in view; null: everything. */
function light(app: App, spot: NodeId | null): void {
  const { presenting } = app.session.getState()
  const { topology } = app.document.getState()
  if (!presenting) return
  app.commands.patchSession({ presenting: { ...presenting, spot }, selection: { nodes: spot === null ? [] : [spot], channels: [] } })
  app.commands.announce(spot === null ? 'All nodes' : (findNode(topology, spot)?.label ?? spot))
  showNodes(spot === null ? undefined : [spot, ...topology.channels.flatMap(({ from, to }) => (from === spot ? [to] : to === spot ? [from] : []))])
}

/** The nodes in the order in which messages meet them: from those that nothing leads to along the channels, from the left and the top. */
export function tourOf(catalogue: Catalogue, topology: Topology): readonly NodeId[] {
  const boxes = boxesOf(catalogue, topology)
  const shown = topology.nodes.filter(node => !isNote(node.type) && formOf(catalogue, node) !== 'container').map(node => node.id)
  const place = new Map([...shown].sort((a, b) => boxes.get(a)!.x - boxes.get(b)!.x || boxes.get(a)!.y - boxes.get(b)!.y).map((id, n) => [id, n]))
  const byPlace = (ids: Iterable<NodeId>): NodeId[] => [...new Set(ids)].filter(id => place.has(id)).sort((a, b) => place.get(a)! - place.get(b)!)
  const entered = new Set(topology.channels.map(channel => channel.to))
  const tour = new Set<NodeId>()
  const visit = (wave: readonly NodeId[]): void => {
    for (let now = wave; now.length > 0; ) {
      for (const id of now) tour.add(id)
      const last = new Set(now)
      now = byPlace(topology.channels.filter(channel => last.has(channel.from) && !tour.has(channel.to)).map(channel => channel.to))
    }
  }
  visit(byPlace(shown.filter(id => !entered.has(id))))
  // Rings that nothing leads into.
  for (const id of byPlace(shown)) if (!tour.has(id)) visit([id])
  return [...tour]
}
