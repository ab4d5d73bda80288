import type { ChannelId, NodeId } from '../topology/document.ts'
import { LOG_SLOTS } from './log.ts'

/**
 * Figures: what the page pulls, latest wins. One Float64Array in a transferred buffer that goes back for reuse.
 * Layout: FIGURES_HEAD numbers, then one block a node, then one block a channel, at the offsets of the FiguresLayout.
 */
export const FIGURES_HEAD = 32
/** Indices into the head. */
export const HEAD_LAYOUT_VERSION = 0
export const HEAD_NOW_NS = 1
export const HEAD_EVENTS = 2
/** 0 paused, 1 running. */
export const HEAD_RUNNING = 3
/** Simulated seconds per wall second that were reached lately; falls below the chosen speed when the engine can't keep it. */
export const HEAD_SPEED_REACHED = 4
export const HEAD_EVENTS_PER_SECOND = 5
/** The digest: two unsigned 32-bit halves. */
export const HEAD_DIGEST_HIGH = 6
export const HEAD_DIGEST_LOW = 7
/** 0 while the run can go on; else why it has ended. */
export const HEAD_ENDED = 8
/** The clock reached 2^53 ns. */
export const ENDED_CLOCK = 1
/** Events follow each other without time passing. */
export const ENDED_INSTANT = 2
export const HEAD_INPUTS = 9
/** The topology's ledger, LEDGER_SLOTS numbers. */
export const HEAD_LEDGER = 10

/** Ledger slots: published, copied, cameIn, wentOut, onWire, waiting, unacknowledged, processed, retained, discarded in all, deadLettered, redelivered. */
export const LEDGER_SLOTS = 12
export const LEDGER_NAMES = ['published', 'copied', 'cameIn', 'wentOut', 'onWire', 'waiting', 'unacknowledged', 'processed', 'retained', 'discarded', 'deadLettered', 'redelivered'] as const

/** Block of a node: state, since, ledger, discarded by reason, tube count, tube looks, then its probes; of a log then what contract/log says. */
export const NODE_STATE = 0
export const NODE_SINCE_NS = 1
export const NODE_LEDGER = 2
export const NODE_REASONS = NODE_LEDGER + LEDGER_SLOTS
/** Room for reasons to come without moving anything. */
export const REASON_SLOTS = 20
/** How many entries the tube holds in all; then up to TUBE_LOOKS looks, head first. */
export const NODE_TUBE_COUNT = NODE_REASONS + REASON_SLOTS
export const NODE_TUBE = NODE_TUBE_COUNT + 1
export const TUBE_LOOKS = 24
export const NODE_PROBES = NODE_TUBE + TUBE_LOOKS

export const STATE_UP = 0
export const STATE_DOWN = 1
/** Declared by its client only, and not there now: an exclusive queue whose owner is away. */
export const STATE_ABSENT = 2

/** Slots of one probe by kind. counter: total. level: see LEVEL_*. duration: see DURATION_*. */
export const PROBE_SLOTS = { counter: 1, level: 4, duration: 9 } as const
/** Slots of a level: its value, its average since its node came, the highest, and its integral over time since then, in value × ns. */
export const LEVEL_NOW = 0
export const LEVEL_MEAN = 1
export const LEVEL_HIGHEST = 2
export const LEVEL_AREA = 3
/** Duration slots, all in nanoseconds but the count: over the whole run, then over the time since the last pull (NaN when nothing was recorded). */
export const DURATION_COUNT = 0
export const DURATION_MEAN = 1
export const DURATION_P50 = 2
export const DURATION_P95 = 3
export const DURATION_P99 = 4
export const DURATION_LATE_COUNT = 5
export const DURATION_LATE_P50 = 6
export const DURATION_LATE_P95 = 7
export const DURATION_LATE_P99 = 8

/** Block of a channel. Messages only; control packets are not counted. */
export const CHANNEL_STATE = 0
export const CHANNEL_SINCE_NS = 1
export const CHANNEL_FORWARD = 2
export const CHANNEL_BACKWARD = 3
export const CHANNEL_IN_FLIGHT = 4
export const CHANNEL_LOST = 5
/** Packets that the network lost and the stream sent again; control packets are counted here. */
export const CHANNEL_RESENT = 6
export const CHANNEL_SLOTS = 7
export const CHANNEL_OPEN = 0
export const CHANNEL_CUT = 1
/** Not connected: one end is down or has not (re)connected yet. */
export const CHANNEL_CLOSED = 2

/** A rate needs a second of simulated time, or so many that their number says enough. */
const RATE_SPAN_NS = 1e9
const RATE_COUNT = 16

/**
 * What has grown by so much in a span, per simulated second. The first message of a run comes after a few milliseconds, but says nothing of hundreds a
 * second: a span that is too short for its count is taken as the second that ends now, before the rest of which nothing had come.
 */
export function fairRate(grown: number, spanNs: number): number {
  if (spanNs <= 0) return 0
  return (grown * 1e9) / (grown >= RATE_COUNT ? spanNs : Math.max(spanNs, RATE_SPAN_NS))
}

export interface FiguresLayout {
  readonly version: number
  readonly length: number
  readonly nodes: readonly NodeLayout[]
  /** `index` is the channel number in hops. */
  readonly channels: readonly { readonly id: ChannelId; readonly index: number; readonly offset: number }[]
  /** Ways that messages take at once within a system, without a channel of the document; `index` is a number among those of channels. They have no figures. */
  readonly ways: readonly DrawnWay[]
}

export interface NodeLayout {
  readonly id: NodeId
  readonly type: string
  readonly offset: number
  readonly probes: readonly { readonly id: string; readonly kind: 'counter' | 'level' | 'duration'; readonly offset: number }[]
  /** Where a log's block begins; only logs have room for one. */
  readonly log?: number
}

/** What of a layout somebody looks at: places in its lists. A close-up is a frame of the head and their blocks one after the other, nodes first. */
export interface Seen {
  readonly nodes: readonly number[]
  readonly channels: readonly number[]
}

/** How many numbers a node's block is. */
export function nodeNumbers({ probes, log }: NodeLayout): number {
  return probes.reduce((sum, probe) => sum + PROBE_SLOTS[probe.kind], NODE_PROBES) + (log === undefined ? 0 : LOG_SLOTS)
}

export function closeUpNumbers(layout: FiguresLayout, seen: Seen): number {
  return seen.nodes.reduce((sum, place) => sum + nodeNumbers(layout.nodes[place]!), FIGURES_HEAD) + seen.channels.length * CHANNEL_SLOTS
}

export interface DrawnWay {
  readonly id: string
  readonly index: number
  readonly from: NodeId
  readonly to: NodeId
  readonly carries: 'dead letters'
}
