import type { Channel, ChannelId, Config, NodeId, Point, Size, Topology, TopologyNode, Viewport } from './document.ts'

/** Edits are plans: pure, invertible, and the same thing that a person, a lesson or a test performs. */
export type Edit =
  | { readonly edit: 'add-nodes'; readonly nodes: readonly TopologyNode[]; readonly at?: readonly number[] }
  | { readonly edit: 'add-channels'; readonly channels: readonly Channel[]; readonly at?: readonly number[] }
  /** Removes exactly these; `removalOf` computes what has to go with a selection. */
  | { readonly edit: 'remove'; readonly nodes: readonly NodeId[]; readonly channels: readonly ChannelId[] }
  | { readonly edit: 'place'; readonly places: readonly Place[] }
  | { readonly edit: 'rename'; readonly node: NodeId; readonly label: string }
  /** Replaces the whole config of one node or channel. */
  | { readonly edit: 'configure'; readonly of: 'node' | 'channel'; readonly id: string; readonly config: Config }
  | { readonly edit: 'reconnect'; readonly channel: ChannelId; readonly from: NodeId; readonly to: NodeId }
  | { readonly edit: 'retitle'; readonly title: string }
  | { readonly edit: 'reseed'; readonly seed: number }

export interface Place {
  readonly id: NodeId
  readonly at: Point
  readonly size?: Size | undefined
  readonly within?: NodeId | undefined
}

export interface EditResult {
  readonly topology: Topology
  /** Applied in order, these restore the topology that was edited, order of nodes and channels included. */
  readonly inverse: readonly Edit[]
}

/** Applies one edit. Throws an Error when the edit names something that does not exist: edits are made by code, not typed. */
export function applyEdit(topology: Topology, edit: Edit): EditResult {
  switch (edit.edit) {
    case 'add-nodes':
      return addNodes(topology, edit.nodes, edit.at)
    case 'add-channels':
      return addChannels(topology, edit.channels, edit.at)
    case 'remove':
      return remove(topology, edit.nodes, edit.channels)
    case 'place':
      return place(topology, edit.places)
    case 'rename': {
      const node = need(topology.nodes, edit.node)
      return {
        topology: { ...topology, nodes: replaced(topology.nodes, { ...node, label: edit.label }) },
        inverse: [{ edit: 'rename', node: node.id, label: node.label }],
      }
    }
    case 'configure':
      return configure(topology, edit)
    case 'reconnect': {
      const channel = need(topology.channels, edit.channel)
      return {
        topology: { ...topology, channels: replaced(topology.channels, { ...channel, from: edit.from, to: edit.to }) },
        inverse: [{ edit: 'reconnect', channel: channel.id, from: channel.from, to: channel.to }],
      }
    }
    case 'retitle':
      return { topology: { ...topology, title: edit.title }, inverse: [{ edit: 'retitle', title: topology.title }] }
    case 'reseed':
      return { topology: { ...topology, seed: edit.seed }, inverse: [{ edit: 'reseed', seed: topology.seed }] }
  }
}

/** Applies several edits as one; the inverse undoes them in reverse order. */
export function applyEdits(topology: Topology, edits: readonly Edit[]): EditResult {
  let current = topology
  const inverse: Edit[] = []
  for (const edit of edits) {
    const result = applyEdit(current, edit)
    current = result.topology
    inverse.unshift(...result.inverse)
  }
  return { topology: current, inverse }
}

/** What has to go when these go: children of containers, and every channel that loses an end. */
export function removalOf(
  topology: Topology,
  selection: { readonly nodes: readonly NodeId[]; readonly channels: readonly ChannelId[] },
): Edit {
  const gone = new Set(selection.nodes)
  let size = -1
  while (size !== gone.size) {
    size = gone.size
    for (const node of topology.nodes) if (node.within !== undefined && gone.has(node.within)) gone.add(node.id)
  }
  const channels = new Set(selection.channels)
  for (const channel of topology.channels) if (gone.has(channel.from) || gone.has(channel.to)) channels.add(channel.id)
  return {
    edit: 'remove',
    nodes: topology.nodes.filter(node => gone.has(node.id)).map(node => node.id),
    channels: topology.channels.filter(channel => channels.has(channel.id)).map(channel => channel.id),
  }
}

export function withViewport(topology: Topology, viewport: Viewport): Topology {
  return { ...topology, viewport }
}

function addNodes(topology: Topology, nodes: readonly TopologyNode[], at?: readonly number[]): EditResult {
  return {
    topology: { ...topology, nodes: inserted(topology.nodes, nodes, at) },
    inverse: [{ edit: 'remove', nodes: nodes.map(node => node.id), channels: [] }],
  }
}

function addChannels(topology: Topology, channels: readonly Channel[], at?: readonly number[]): EditResult {
  return {
    topology: { ...topology, channels: inserted(topology.channels, channels, at) },
    inverse: [{ edit: 'remove', nodes: [], channels: channels.map(channel => channel.id) }],
  }
}

function remove(topology: Topology, nodeIds: readonly NodeId[], channelIds: readonly ChannelId[]): EditResult {
  const goneNodes = new Set(nodeIds)
  const goneChannels = new Set(channelIds)
  const nodes = positions(topology.nodes, goneNodes)
  const channels = positions(topology.channels, goneChannels)
  const inverse: Edit[] = []
  if (nodes.items.length > 0) inverse.push({ edit: 'add-nodes', nodes: nodes.items, at: nodes.at })
  if (channels.items.length > 0) inverse.push({ edit: 'add-channels', channels: channels.items, at: channels.at })
  return {
    topology: {
      ...topology,
      nodes: topology.nodes.filter(node => !goneNodes.has(node.id)),
      channels: topology.channels.filter(channel => !goneChannels.has(channel.id)),
    },
    inverse,
  }
}

function place(topology: Topology, places: readonly Place[]): EditResult {
  const byId = new Map(places.map(one => [one.id, one]))
  const before: Place[] = []
  const nodes = topology.nodes.map(node => {
    const target = byId.get(node.id)
    if (!target) return node
    before.push({ id: node.id, at: node.at, size: node.size, within: node.within })
    const { size: _size, within: _within, ...rest } = node
    return {
      ...rest,
      at: target.at,
      ...(target.size ? { size: target.size } : {}),
      ...(target.within === undefined ? {} : { within: target.within }),
    }
  })
  return { topology: { ...topology, nodes }, inverse: [{ edit: 'place', places: before }] }
}

function configure(topology: Topology, edit: Extract<Edit, { edit: 'configure' }>): EditResult {
  if (edit.of === 'node') {
    const node = need(topology.nodes, edit.id)
    return {
      topology: { ...topology, nodes: replaced(topology.nodes, { ...node, config: edit.config }) },
      inverse: [{ ...edit, config: node.config }],
    }
  }
  const channel = need(topology.channels, edit.id)
  return {
    topology: { ...topology, channels: replaced(topology.channels, { ...channel, config: edit.config }) },
    inverse: [{ ...edit, config: channel.config }],
  }
}

function need<T extends { readonly id: string }>(items: readonly T[], id: string): T {
  const item = items.find(one => one.id === id)
  if (!item) throw new Error(`edit names "${id}", which is not in the topology`)
  return item
}

function replaced<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  return items.map(one => (one.id === item.id ? item : one))
}

/** Inserts items so that each ends up at its index in the result; without indices they go to the end. */
function inserted<T>(items: readonly T[], added: readonly T[], at?: readonly number[]): readonly T[] {
  if (!at) return [...items, ...added]
  const result = [...items]
  added.forEach((item, index) => result.splice(at[index] ?? result.length, 0, item))
  return result
}

function positions<T extends { readonly id: string }>(items: readonly T[], ids: ReadonlySet<string>): { items: T[]; at: number[] } {
  const found: T[] = []
  const at: number[] = []
  items.forEach((item, index) => {
    if (!ids.has(item.id)) return
    found.push(item)
    at.push(index)
  })
  return { items: found, at }
}
