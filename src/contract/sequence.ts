import type { ChannelId, NodeId, Point, Topology } from '../topology/document.ts'
import type { FactVerb } from './fact.ts'
import type { JournalEntry } from './input.ts'
import type { DiscardReason } from './ledger.ts'
import type { MessageType, Nanos } from './message.ts'

/** A stretch of a run as a sequence diagram needs it: what crossed between nodes, and what happened at them. */
export interface Sequence {
  /** Everything that departed, flew or happened from here to there is told. */
  readonly fromNs: Nanos
  readonly toNs: Nanos
  /** True when more crossed than is kept: then `fromNs` is later than was asked for. */
  readonly cut: boolean
  /** In order of departure; of one instant, in the order they were sent. */
  readonly crossings: readonly Crossing[]
  /** Oldest first. */
  readonly facts: readonly SequenceFact[]
  /** Every node that is named here, also those that are gone from the topology. */
  readonly nodes: Readonly<Record<NodeId, SequenceNode>>
  /** Nodes that were down when the stretch began. */
  readonly down: readonly NodeId[]
}

export interface SequenceNode {
  readonly label: string
  readonly type: string
  /** On the canvas, containers added up. */
  readonly at: Point
  /** The broker it is part of. */
  readonly within: NodeId | null
}

/** One packet with a message, from one node to another. */
export interface Crossing {
  readonly channel: ChannelId
  readonly from: NodeId
  readonly to: NodeId
  readonly departNs: Nanos
  /** When it arrived, was lost or held; of what still flew at the end of the stretch, when it is due. */
  readonly endNs: Nanos
  /**
   * arrived: taken by whoever it was for · dropped: arrived, and was discarded at that · lost: never arrived · held: a cut holds it until it is
   * healed, when it leaves again · flying: on its way at the end of the stretch.
   */
  readonly end: CrossingEnd
  /** When it was to arrive, if nothing came between. */
  readonly dueNs: Nanos
  /** Why it was dropped or lost. */
  readonly reason: DiscardReason | null
  /** Producer's node id and its own counter: "alice#17". */
  readonly identity: string
  readonly key: string
  readonly type: MessageType
  /** Bits of contract/hops. */
  readonly look: number
  /** What it belongs to: its correlation id; empty for none. */
  readonly correlation: string
}
export type CrossingEnd = 'arrived' | 'dropped' | 'lost' | 'held' | 'flying'

export interface SequenceFact {
  readonly atNs: Nanos
  readonly node: NodeId
  readonly verb: FactVerb
  /** Null for what happened to the node itself. */
  readonly identity: string | null
  readonly reason: DiscardReason | null
}

/** What is to be told: a stretch, of all messages or of one. */
export interface SequenceAsk {
  readonly fromNs: Nanos
  readonly toNs: Nanos
  readonly message: string | null
}

/** Of which a run is a function, up to now: with it, it can be run once more. */
export interface History {
  /** Another one for each run that is begun. */
  readonly run: number
  readonly topology: Topology
  /** What has been applied; what comes later takes effect after `nowNs`. */
  readonly journal: readonly JournalEntry[]
  readonly nowNs: Nanos
  readonly events: number
}

/** A stretch with more crossings, or more facts, keeps the newest. */
export const CROSSINGS_MAX = 10_000
export const SEQUENCE_FACTS_MAX = 20_000
