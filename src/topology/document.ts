/** The topology document: what is saved, shared and undone. It holds no run state and knows nothing of any system. */

export type NodeId = string
export type ChannelId = string

/** Anything JSON can say; a kind's manifest decides what is valid in its config. */
export type ConfigValue = null | boolean | number | string | readonly ConfigValue[] | { readonly [key: string]: ConfigValue }
export type Config = { readonly [field: string]: ConfigValue }

/** Canvas coordinates in CSS pixels at zoom 1. The point of a node is its top left corner, relative to its container. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface TopologyNode {
  readonly id: NodeId
  /** Kind, for example `amqp.queue`. Unknown kinds survive a round trip untouched. */
  readonly type: string
  readonly label: string
  readonly at: Point
  /** Only containers and comments have a size of their own; every other kind has the size of its form. */
  readonly size?: Size
  /** The container (a broker) this node lives in. */
  readonly within?: NodeId
  /** Only what differs from the manifest's defaults needs to be present. Durations are milliseconds. */
  readonly config: Config
}

export interface Channel {
  readonly id: ChannelId
  /** Kind, for example `amqp.publish`. */
  readonly type: string
  readonly from: NodeId
  readonly to: NodeId
  readonly config: Config
}

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export interface Topology {
  /** Version of the document format. A bump comes with a migration. */
  readonly format: 1
  readonly title: string
  /** Non-negative integer below 2^32: every random stream of a run derives from it. */
  readonly seed: number
  readonly nodes: readonly TopologyNode[]
  readonly channels: readonly Channel[]
  /** Where the author left the camera; absent means fit to view. */
  readonly viewport?: Viewport
}

export const FORMAT = 1
/** Seeds are unsigned 32-bit integers so that every engine hashes them alike. */
export const SEED_MAX = 0xffff_ffff

export function emptyTopology(title = 'Untitled topology'): Topology {
  return { format: FORMAT, title, seed: 42, nodes: [], channels: [] }
}

export function findNode(topology: Topology, id: NodeId): TopologyNode | undefined {
  return topology.nodes.find(node => node.id === id)
}

export function findChannel(topology: Topology, id: ChannelId): Channel | undefined {
  return topology.channels.find(channel => channel.id === id)
}
