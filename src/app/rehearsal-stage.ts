import type { Catalogue } from '../contract/manifest.ts'
import { findNode, type Config, type NodeId, type Topology, type TopologyNode } from '../topology/document.ts'
import { planConnection } from './plan-connection.ts'

/** Whom a node talks to that is joined to nothing yet, so that its example can be seen before. */
const LISTENER = 'app.sink'
const LISTENER_ID = 'rehearsal listener'

/** The node with another config, and nothing but whom it talks to directly: what a rehearsal needs where nothing has to come to the node first. */
export function rehearsalStage(catalogue: Catalogue, whole: Topology, id: NodeId, config: Config): Topology {
  const topology = { ...whole, nodes: whole.nodes.map(node => (node.id === id ? { ...node, config } : node)) }
  const channels = topology.channels.filter(channel => channel.from === id || channel.to === id)
  if (channels.length === 0) return withListener(catalogue, topology, id)
  const near = new Set([id, ...channels.flatMap(channel => [channel.from, channel.to])])
  const homes = new Set(topology.nodes.filter(node => near.has(node.id)).map(node => node.within))
  return { ...topology, nodes: topology.nodes.filter(node => near.has(node.id) || homes.has(node.id)), channels }
}

function withListener(catalogue: Catalogue, topology: Topology, id: NodeId): Topology {
  const node = findNode(topology, id)
  const listener: TopologyNode = { id: LISTENER_ID, type: LISTENER, label: LISTENER_ID, at: { x: 0, y: 0 }, config: {} }
  const home = topology.nodes.filter(one => one.id === node?.within)
  const alone: Topology = { ...topology, nodes: node ? [...home, node, listener] : [], channels: [] }
  const plan = node ? planConnection(catalogue, alone, id, LISTENER_ID) : undefined
  const way = plan?.ok ? plan.ways.find(one => one.from === id) : undefined
  return way ? { ...alone, channels: [{ id: LISTENER_ID, type: way.type, from: way.from, to: way.to, config: {} }] } : alone
}
