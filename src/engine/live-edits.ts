import { parseConfig } from '../contract/fields.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { Channel, Config, Topology, TopologyNode } from '../topology/document.ts'
import type { Core } from './core.ts'
import { startApplication } from './faults.ts'
import type { Parts } from './parts.ts'

/**
 * Brings a run from one topology to the next without resetting it: what is not touched keeps its queues, its packets in flight and its
 * statistics. Channels go before nodes and come after them.
 */
export function applyTopology(context: { core: Core; parts: Parts; catalogue: Catalogue }, before: Topology, after: Topology): void {
  const { parts } = context
  const nodes = diff(before.nodes, after.nodes, node => `${node.type} ${node.within ?? ''}`)
  const channels = diff(before.channels, after.channels, channel => `${channel.type} ${channel.from} ${channel.to}`)
  const goneNodes = new Set(nodes.removed.map(node => node.id))
  // A channel whose end is made anew (moved into another broker) has to be made anew as well.
  for (const channel of after.channels) {
    const touched = goneNodes.has(channel.from) || goneNodes.has(channel.to)
    if (!touched || channels.added.some(one => one.id === channel.id)) continue
    channels.removed.push(channel)
    channels.added.push(channel)
  }
  for (const channel of channels.removed) parts.removeChannel(channel.id)
  // Members go before the containers they live in.
  const members = nodes.removed.filter(node => node.within !== undefined)
  for (const node of [...members, ...nodes.removed.filter(one => !members.includes(one))]) parts.removeNode(node.id)
  for (const [old, changed] of nodes.changed) reconfigureNode(context, old, changed)
  for (const [old, changed] of channels.changed) reconfigureChannel(context, old, changed)
  const made = parts.addAll(after, nodes.added, channels.added)
  for (const node of made.nodes) {
    const system = parts.systems.get(node.id)
    if (system) system.model.start()
  }
  const started = new Set<string>()
  for (const node of made.nodes) {
    if (!parts.applications.has(node.id)) continue
    started.add(node.id)
    startApplication(parts, node)
  }
  for (const channel of made.channels) connectLate(parts, channel.id, started)
}

/** An endpoint that was added to an application which already runs. */
function connectLate(parts: Parts, id: string, started: ReadonlySet<string>): void {
  const channel = parts.channels.get(id)
  if (!channel) return
  for (const end of channel.ends) {
    const application = parts.applications.get(end.node.id)
    if (!application || started.has(end.node.id) || !end.node.up) continue
    application.behaviour.endpointsChanged()
    for (const endpoint of parts.endpointsOf(end.node.id)) if (endpoint.channel === channel) endpoint.start()
  }
}

function reconfigureNode({ parts, catalogue }: { parts: Parts; catalogue: Catalogue }, old: TopologyNode, changed: TopologyNode): void {
  const node = parts.nodes.get(changed.id)
  const manifest = catalogue.node(changed.type)
  if (!node || !manifest) return
  if (old.config === changed.config && old.label === changed.label) return
  const before = node.config()
  node.setLabel(changed.label)
  node.setConfig(parsed(parts, manifest.fields, changed))
  parts.applications.get(node.id)?.behaviour.reconfigured(before)
  parts.systemOf.get(node.id)?.model.reconfigured(node, before)
}

function reconfigureChannel({ parts, catalogue }: { parts: Parts; catalogue: Catalogue }, old: Channel, changed: Channel): void {
  const channel = parts.channels.get(changed.id)
  const manifest = catalogue.channel(changed.type)
  if (!channel || !manifest || old.config === changed.config) return
  const before = channel.config()
  channel.setConfig(parsed(parts, manifest.fields, changed))
  const told = new Set<object>()
  for (const end of channel.ends) {
    for (const endpoint of parts.endpointsOf(end.node.id)) if (endpoint.channel === channel) endpoint.reconfigured(before)
    const model = parts.systemOf.get(end.node.id)?.model
    if (!model || told.has(model)) continue
    told.add(model)
    model.reconfiguredChannel(channel, before)
  }
}

function parsed(parts: Parts, fields: Parameters<typeof parseConfig>[0], part: TopologyNode | Channel): Config {
  const result = parseConfig(fields, part.config, part.id)
  parts.problems.push(...result.problems)
  return result.config
}

interface Difference<T> {
  readonly added: T[]
  readonly removed: T[]
  readonly changed: (readonly [T, T])[]
}

/** `nature` is what can't change while a part lives: another nature is another part. */
function diff<T extends { readonly id: string }>(before: readonly T[], after: readonly T[], nature: (part: T) => string): Difference<T> {
  const old = new Map(before.map(part => [part.id, part]))
  const result: Difference<T> = { added: [], removed: [], changed: [] }
  for (const part of after) {
    const was = old.get(part.id)
    if (!was) result.added.push(part)
    else if (nature(was) !== nature(part)) {
      result.removed.push(was)
      result.added.push(part)
    } else if (was !== part) result.changed.push([was, part])
    old.delete(part.id)
  }
  result.removed.push(...old.values())
  return result
}
