import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'

/** Shorthand for the documents of the scenarios: nodes stand in columns, left to right as messages flow. */
export const constant = (ms: number): Config => ({ law: 'constant', value: ms })
export const exponential = (mean: number): Config => ({ law: 'exponential', mean })

const COLUMN = 280
const ROW = 120

export interface Place {
  readonly column: number
  readonly row: number
}

export function node(type: string, id: string, place: Place, config: Config = {}, within?: string): TopologyNode {
  return { id, type, label: id, at: { x: place.column * COLUMN, y: place.row * ROW }, config, ...(within === undefined ? {} : { within }) }
}

/** A broker or server around what lives in it, which stands in columns of its own. */
export function container(type: string, id: string, place: Place, size: { readonly columns: number; readonly rows: number }, inside: readonly TopologyNode[], config: Config = {}): readonly TopologyNode[] {
  const box: TopologyNode = { ...node(type, id, place, config), size: { width: size.columns * COLUMN, height: size.rows * ROW } }
  return [box, ...inside.map(one => ({ ...one, within: id, at: { x: one.at.x + 40, y: one.at.y + 60 } }))]
}

export function line(type: string, from: string, to: string, config: Config = {}, id = `${from}-${to}`): Channel {
  return { id, type, from, to, config }
}

export function topology(title: string, nodes: readonly TopologyNode[], channels: readonly Channel[]): Topology {
  return { format: 1, title, seed: 1, nodes, channels }
}

/** 1, 2, … count. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1)
