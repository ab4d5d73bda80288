import type { Channel, Config, TopologyNode } from '../src/topology/document.ts'

/** Parts of topologies as people draw them. */
export const constant = (value: number): Config => ({ law: 'constant', value })

export function node(type: string, id: string, x: number, y: number, config: Config = {}, within?: string): TopologyNode {
  return { id, type, label: id, at: { x, y }, config, ...(within === undefined ? {} : { within }) }
}

/** 100 ms a wire, unless its settings say otherwise. */
export function channel(type: string, from: string, to: string, config: Config = {}): Channel {
  return { id: `${from}-${to}`, type, from, to, config: { latency: constant(100), ...config } }
}
