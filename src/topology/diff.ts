import type { Channel, ConfigValue, Topology, TopologyNode } from './document.ts'
import type { Edit, Place } from './edit.ts'

/**
 * The edits that make one topology say what another says, as few as there are differences, so that a running simulation keeps everything else. The order
 * of nodes and channels, and the viewport, say nothing. An empty result: both say the same.
 */
export function editsBetween(before: Topology, after: Topology): readonly Edit[] {
  const oldNodes = new Map(before.nodes.map(node => [node.id, node]))
  const newNodes = new Map(after.nodes.map(node => [node.id, node]))
  // Another kind under the same id is another node.
  const goneNodes = new Set(before.nodes.filter(node => newNodes.get(node.id)?.type !== node.type).map(node => node.id))
  const newChannels = new Map(after.channels.map(channel => [channel.id, channel]))
  const goneChannels = new Set(before.channels.filter(channel => goneNodes.has(channel.from) || goneNodes.has(channel.to) || !sameWay(channel, newChannels.get(channel.id))).map(channel => channel.id))
  const keptNodes = after.nodes.filter(node => oldNodes.has(node.id) && !goneNodes.has(node.id))
  const oldChannels = new Map(before.channels.map(channel => [channel.id, channel]))
  const keptChannels = after.channels.filter(channel => oldChannels.has(channel.id) && !goneChannels.has(channel.id))
  const addedNodes = after.nodes.filter(node => !oldNodes.has(node.id) || goneNodes.has(node.id))
  const addedChannels = after.channels.filter(channel => !oldChannels.has(channel.id) || goneChannels.has(channel.id))
  const edits: Edit[] = []
  if (before.title !== after.title) edits.push({ edit: 'retitle', title: after.title })
  if (before.seed !== after.seed) edits.push({ edit: 'reseed', seed: after.seed })
  if (goneNodes.size + goneChannels.size > 0) edits.push({ edit: 'remove', nodes: [...goneNodes], channels: [...goneChannels] })
  if (addedNodes.length > 0) edits.push({ edit: 'add-nodes', nodes: addedNodes })
  if (addedChannels.length > 0) edits.push({ edit: 'add-channels', channels: addedChannels })
  const places = keptNodes.filter(node => !samePlace(oldNodes.get(node.id)!, node)).map(({ id, at, size, within }): Place => ({ id, at, size, within }))
  if (places.length > 0) edits.push({ edit: 'place', places })
  for (const node of keptNodes) {
    const old = oldNodes.get(node.id)!
    if (old.label !== node.label) edits.push({ edit: 'rename', node: node.id, label: node.label })
    if (!equal(old.config, node.config)) edits.push({ edit: 'configure', of: 'node', id: node.id, config: node.config })
  }
  for (const channel of keptChannels) if (!equal(oldChannels.get(channel.id)!.config, channel.config)) edits.push({ edit: 'configure', of: 'channel', id: channel.id, config: channel.config })
  return edits
}

function sameWay(channel: Channel, other: Channel | undefined): boolean {
  return other !== undefined && channel.type === other.type && channel.from === other.from && channel.to === other.to
}

function samePlace(a: TopologyNode, b: TopologyNode): boolean {
  return a.at.x === b.at.x && a.at.y === b.at.y && a.within === b.within && a.size?.width === b.size?.width && a.size?.height === b.size?.height
}

/** Whether two values of configs say the same; the order of fields says nothing. */
function equal(a: ConfigValue, b: ConfigValue): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Readonly<Record<string, ConfigValue>>, b as Readonly<Record<string, ConfigValue>>] // lists have their indices for names
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every(name => right[name] !== undefined && equal(left[name]!, right[name]))
}
