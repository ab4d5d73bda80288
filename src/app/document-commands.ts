import type { StoreApi } from 'zustand/vanilla'
import type { Catalogue } from '../contract/manifest.ts'
import type { ChannelId, Config, NodeId, Point, TopologyNode } from '../topology/document.ts'
import { findChannel, findNode } from '../topology/document.ts'
import { applyEdits, removalOf, type Edit, type Place } from '../topology/edit.ts'
import type { DocumentState, Selection, SessionState } from './app.ts'
import { clipOf, planPaste } from './clip.ts'
import type { Commands } from './commands.ts'
import { endMerge, pushStep, stepBack, stepForward } from './document-store.ts'
import { CONTAINER_HEAD, CONTAINER_PADDING, containerAt, NEW_CONTAINER } from './containers.ts'
import { freeId, freeSpot, grownSize } from './node-placing.ts'
import { boxesOf, sizeOf } from './node-sizes.ts'
import { planConnection } from './plan-connection.ts'
import { shownBox } from './view.ts'

export interface DocumentCommandsContext {
  readonly catalogue: Catalogue
  readonly document: StoreApi<DocumentState>
  readonly session: StoreApi<SessionState>
  /** Tells the running simulation; edits that only move things never get here. */
  readonly toRun: (edits: readonly Edit[]) => void
  readonly reload: () => void
  readonly notify: Commands['notify']
  readonly announce: Commands['announce']
}

type DocumentCommands = Pick<Commands, 'edit' | 'undo' | 'redo' | 'addNode' | 'move' | 'rename' | 'configure' | 'configureAll' | 'settle' | 'remove' | 'duplicate' | 'planConnection' | 'connect' | 'setTitle' | 'setSeed'>

export function documentCommands(context: DocumentCommandsContext): DocumentCommands {
  const { catalogue, document, session } = context
  const topology = () => document.getState().topology

  const edit = (title: string, edits: readonly Edit[], merge?: string): void => {
    if (edits.length === 0) return
    pushStep(document, title, edits, merge)
    forward(context, edits)
    dropGoneSelection(context)
  }

  return {
    edit,
    undo: () => {
      const done = stepBack(document)
      if (!done) return
      forward(context, done.edits)
      dropGoneSelection(context)
      context.announce(`Undid ${done.step.title}`)
    },
    redo: () => {
      const done = stepForward(document)
      if (!done) return
      forward(context, done.edits)
      dropGoneSelection(context)
      context.announce(`Redid ${done.step.title}`)
    },
    addNode: (type, at, within) => addNode(context, edit, { type, at, within }),
    move: places => edit(`move of ${count(places.length, 'node')}`, movesWithGrowth(context, places)),
    rename: (node, label) => {
      const clean = label.trim()
      const old = findNode(topology(), node)
      if (old && clean !== '' && clean !== old.label) edit(`rename of ${old.label}`, [{ edit: 'rename', node, label: clean }])
    },
    configure: (of, id, changes) => configureAll(context, edit, [{ of, id }], changes),
    configureAll: (parts, changes) => configureAll(context, edit, parts, changes),
    settle: endMerge,
    remove: selection => {
      const removal = removalOf(topology(), selection)
      if (removal.edit !== 'remove' || removal.nodes.length + removal.channels.length === 0) return
      const title = removal.nodes.length > 0 ? `deletion of ${count(removal.nodes.length, 'node')}` : `deletion of ${count(removal.channels.length, 'channel')}`
      edit(title, [removal])
      context.announce(`Deleted ${removal.nodes.length > 0 ? count(removal.nodes.length, 'node') : count(removal.channels.length, 'channel')}`)
    },
    duplicate: selection => duplicate(context, edit, selection),
    planConnection: (from, to) => planConnection(catalogue, topology(), from, to),
    connect: (from, to, type) => {
      const plan = planConnection(catalogue, topology(), from, to)
      if (!plan.ok) {
        context.notify('problem', plan.says)
        return null
      }
      const way = plan.ways.find(one => one.type === type) ?? plan.ways[0]!
      const id = freeChannelId(context, way.from, way.to)
      edit(`connection of ${findNode(topology(), way.from)!.label} and ${findNode(topology(), way.to)!.label}`, [{ edit: 'add-channels', channels: [{ id, type: way.type, from: way.from, to: way.to, config: {} }] }])
      session.setState({ selection: { nodes: [], channels: [id] } })
      context.announce(`Connected by ${way.title}`)
      return id
    },
    setTitle: title => {
      if (title.trim() !== '' && title !== topology().title) edit('change of title', [{ edit: 'retitle', title: title.trim() }])
    },
    setSeed: seed => {
      if (seed !== topology().seed) edit('change of seed', [{ edit: 'reseed', seed }])
    },
  }
}

function configureAll({ document }: DocumentCommandsContext, edit: Commands['edit'], parts: readonly { readonly of: 'node' | 'channel'; readonly id: string }[], changes: Config): void {
  const { topology } = document.getState()
  const edits = parts.flatMap(({ of, id }): readonly Edit[] => {
    const part = of === 'node' ? findNode(topology, id) : findChannel(topology, id)
    return part ? [{ edit: 'configure', of, id, config: { ...part.config, ...changes } }] : []
  })
  const only = parts.length === 1 ? parts[0] : undefined
  const nodes = parts.filter(part => part.of === 'node').length
  const what = only ? (findNode(topology, only.id)?.label ?? 'channel') : nodes > 0 ? count(nodes, 'node') : count(parts.length, 'channel')
  edit(`change of ${what}`, edits, `configure ${parts.map(part => part.id).join()} ${Object.keys(changes).join()}`)
}

/** Sends what matters to the run. Moving is drawing, unless it changes the container; a new seed is a new run. */
function forward(context: DocumentCommandsContext, edits: readonly Edit[]): void {
  if (edits.some(edit => edit.edit === 'reseed')) return context.reload()
  const relevant = edits.filter(edit => edit.edit !== 'retitle' && (edit.edit !== 'place' || edit.places.some(place => place.within !== undefined)))
  if (relevant.length > 0) context.toRun(edits)
}

function dropGoneSelection({ document, session }: DocumentCommandsContext): void {
  const { topology } = document.getState()
  const { selection } = session.getState()
  const nodes = selection.nodes.filter(id => findNode(topology, id))
  const channels = selection.channels.filter(id => findChannel(topology, id))
  if (nodes.length !== selection.nodes.length || channels.length !== selection.channels.length) session.setState({ selection: { nodes, channels } })
}

function addNode(context: DocumentCommandsContext, edit: Commands['edit'], wish: { type: string; at: Point | undefined; within: NodeId | undefined }): NodeId {
  const { catalogue, document, session } = context
  const manifest = catalogue.node(wish.type)
  if (!manifest) throw new Error(`no kind ${wish.type}`)
  const { topology } = document.getState()
  const at = wish.at ?? middleOfView(session.getState())
  const home = wish.within ?? containerAt(catalogue, topology, at, manifest.within) ?? (wish.at ? undefined : topology.nodes.find(node => node.type === manifest.within)?.id)
  const container = home === undefined ? undefined : findNode(topology, home)
  const id = freeId(topology, wish.type)
  const label = id.replace('-', ' ')
  const nodes: TopologyNode[] = []
  const places: Place[] = []
  if (manifest.within === undefined) {
    nodes.push({ id, type: wish.type, label, at: freeSpot(catalogue, topology, wish.type, at, undefined), config: {} })
  } else if (container) {
    const base = boxesOf(catalogue, topology).get(container.id)!
    const inside = wish.at ? { x: Math.max(CONTAINER_PADDING, at.x - base.x), y: Math.max(CONTAINER_HEAD, at.y - base.y) } : { x: CONTAINER_PADDING, y: CONTAINER_HEAD }
    const node: TopologyNode = { id, type: wish.type, label, at: freeSpot(catalogue, topology, wish.type, inside, container.id), within: container.id, config: {} }
    nodes.push(node)
    const members = topology.nodes.filter(one => one.within === container.id)
    places.push({ id: container.id, at: container.at, size: grownSize(catalogue, container, [...members, node]), within: container.within })
  } else {
    const containerId = freeId(topology, manifest.within)
    const title = catalogue.node(manifest.within)?.title ?? containerId
    nodes.push({ id: containerId, type: manifest.within, label: title, at: { x: at.x - CONTAINER_PADDING, y: at.y - CONTAINER_HEAD }, size: NEW_CONTAINER, config: {} })
    nodes.push({ id, type: wish.type, label, at: { x: CONTAINER_PADDING, y: CONTAINER_HEAD }, within: containerId, config: {} })
  }
  edit(`addition of ${label}`, [{ edit: 'add-nodes', nodes }, ...(places.length > 0 ? [{ edit: 'place', places } as const] : [])])
  session.setState({ selection: { nodes: [id], channels: [] } })
  context.announce(`Added ${manifest.title} “${label}”`)
  return id
}

/** Moves, and lets containers grow with what moved inside them. */
function movesWithGrowth({ catalogue, document }: DocumentCommandsContext, places: readonly Place[]): readonly Edit[] {
  const { topology } = document.getState()
  const after = applyEdits(topology, [{ edit: 'place', places }]).topology
  const touched = new Set(places.map(place => place.within).filter(id => id !== undefined))
  const growth: Place[] = []
  for (const id of touched) {
    const container = findNode(after, id)
    if (!container) continue
    const size = grownSize(catalogue, container, after.nodes.filter(node => node.within === id))
    const now = sizeOf(catalogue, container)
    if (size.width !== now.width || size.height !== now.height) growth.push({ id, at: container.at, size, within: container.within })
  }
  return growth.length > 0 ? [{ edit: 'place', places: [...places.filter(place => !touched.has(place.id)), ...growth] }] : [{ edit: 'place', places }]
}

/** A copy beside each original, in the same container. */
function duplicate({ catalogue, document, session }: DocumentCommandsContext, edit: Commands['edit'], selection: Selection): void {
  const { topology } = document.getState()
  const clip = clipOf(catalogue, topology, selection)
  if (clip.nodes.length === 0) return
  const plan = planPaste(catalogue, topology, clip, { by: { x: 40, y: 40 } })
  edit(`duplication of ${count(selection.nodes.length, 'node')}`, plan.edits)
  session.setState({ selection: { nodes: plan.tops, channels: [] } })
}

function freeChannelId({ document }: DocumentCommandsContext, from: NodeId, to: NodeId): ChannelId {
  const taken = new Set(document.getState().topology.channels.map(channel => channel.id))
  const stem = `${from}-${to}`
  if (!taken.has(stem)) return stem
  for (let n = 2; ; n += 1) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`
}

function middleOfView({ viewport }: SessionState): Point {
  const shown = shownBox(viewport)
  return { x: Math.round((shown.x + shown.width / 2) / 10) * 10 - 80, y: Math.round((shown.y + shown.height / 2) / 10) * 10 - 40 }
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
