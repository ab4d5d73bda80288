import type { Channel, Config, Point, Topology, TopologyNode } from '../topology/document.ts'

/** A topology to begin with. */
export interface Starter {
  readonly id: string
  readonly title: string
  readonly summary: string
  /** Place in the list, from 1. */
  readonly order: number
  readonly topology: Topology
}

interface Draft {
  readonly title: string
  readonly nodes: readonly TopologyNode[]
  readonly channels: readonly Channel[]
}

export function starterTopology(draft: Draft): Topology {
  return { format: 1, seed: 42, ...draft }
}

export function node(type: string, id: string, label: string, at: Point, config: Config = {}, within?: string): TopologyNode {
  return { id, type, label, at, config, ...(within === undefined ? {} : { within }) }
}

export function broker(id: string, at: Point, size: { width: number; height: number }): TopologyNode {
  return { id, type: 'amqp.broker', label: 'RabbitMQ', at, size, config: {} }
}

/** A channel named after its ends. */
export function channel(type: string, from: string, to: string, config: Config = {}): Channel {
  return { id: `${from}-${to}`, type, from, to, config }
}

export const constant = (value: number): Config => ({ law: 'constant', value })
export const exponential = (mean: number): Config => ({ law: 'exponential', mean })
