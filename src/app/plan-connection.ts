import type { ConnectionPlan, ConnectionWay } from './commands.ts'
import type { Catalogue, ChannelEnd, ChannelManifest, NodeManifest } from '../contract/manifest.ts'
import { isNote } from '../contract/notes.ts'
import type { NodeId, Topology, TopologyNode } from '../topology/document.ts'
import { findNode } from '../topology/document.ts'

/**
 * Which channels can join two nodes, or the sentence that says why none does and what would. Tried as drawn first, then the other way round: people
 * drag from either end.
 */
export function planConnection(catalogue: Catalogue, topology: Topology, fromId: NodeId, toId: NodeId): ConnectionPlan {
  const from = findNode(topology, fromId)
  const to = findNode(topology, toId)
  if (!from || !to) return { ok: false, says: 'That node is gone.' }
  const fromKind = catalogue.node(from.type)
  const toKind = catalogue.node(to.type)
  if (!fromKind || !toKind) return { ok: false, says: `“${(fromKind ? to : from).label}” is of a kind that this version doesn’t know: it can’t be connected here.` }
  const drawn = tryPlan(catalogue, topology, { node: from, kind: fromKind }, { node: to, kind: toKind })
  if (drawn.ok || from.id === to.id) return drawn
  const reversed = tryPlan(catalogue, topology, { node: to, kind: toKind }, { node: from, kind: fromKind })
  if (reversed.ok) return reversed
  return drawn.says === '' ? (reversed.says === '' ? { ok: false, says: generalSentence(from, fromKind, to, toKind) } : reversed) : drawn
}

interface End {
  readonly node: TopologyNode
  readonly kind: NodeManifest
}

function tryPlan(catalogue: Catalogue, topology: Topology, from: End, to: End): ConnectionPlan {
  let reason = ''
  const ways: ConnectionWay[] = []
  for (const family of catalogue.families) {
    for (const channel of family.channels) {
      if (!fits(channel.from, from.kind) || !fits(channel.to, to.kind)) continue
      const says = obstacle(topology, channel, from, to)
      if (says === '') ways.push({ type: channel.type, from: from.node.id, to: to.node.id, title: channel.title, summary: channel.summary, family: family.title })
      else if (reason === '') reason = says
    }
  }
  if (ways.length > 0) return { ok: true, ways }
  if (reason !== '') return { ok: false, says: reason }
  const refusal = catalogue.refusals.find(one => fits(one.from, from.kind) && fits(one.to, to.kind))
  return { ok: false, says: refusal?.says ?? '' }
}

function fits(end: ChannelEnd, kind: NodeManifest): boolean {
  return (end.types?.includes(kind.type) ?? false) || (end.can !== undefined && kind.can.includes(end.can))
}

function obstacle(topology: Topology, channel: ChannelManifest, from: End, to: End): string {
  if (channel.sameContainer && from.node.within !== to.node.within) return `A ${channel.title} can’t leave its broker. Put “${to.node.label}” into the same one, or join the brokers with a service.`
  const same = topology.channels.filter(one => one.type === channel.type && one.from === from.node.id && one.to === to.node.id)
  if (channel.parallel === 'one' && same.length > 0) return `“${from.node.label}” and “${to.node.label}” are already joined by a ${channel.title} channel.`
  const most = channel.atMost
  if (most?.from !== undefined && topology.channels.filter(one => one.type === channel.type && one.from === from.node.id).length >= most.from)
    return `“${from.node.label}” can have at most ${most.from} ${channel.title} channel${most.from === 1 ? '' : 's'}. Remove one first.`
  if (most?.to !== undefined && topology.channels.filter(one => one.type === channel.type && one.to === to.node.id).length >= most.to)
    return `“${to.node.label}” can have at most ${most.to} ${channel.title} channel${most.to === 1 ? '' : 's'}. Remove one first.`
  return ''
}

function generalSentence(from: TopologyNode, fromKind: NodeManifest, to: TopologyNode, toKind: NodeManifest): string {
  if (from.id === to.id) return `“${from.label}” can’t be connected to itself.`
  const note = [from, to].find(node => isNote(node.type))
  if (note) return `“${note.label}” is a note: nothing can be connected to it.`
  const applications = [fromKind, toKind].every(kind => kind.can.length > 0)
  if (applications) return `“${from.label}” and “${to.label}” can’t talk directly. Put a queue or an exchange between them.`
  if (fromKind.form === 'container' || toKind.form === 'container') return 'Connect to an exchange or a queue inside the broker, not to the broker itself.'
  return `A ${fromKind.title.toLowerCase()} can’t be joined to a ${toKind.title.toLowerCase()}.`
}
