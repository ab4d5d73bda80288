/**
 * Glances: what the picture shows of nodes and channels besides hops. Pushed over the same port as hops, at most ten times a second, so that the
 * figures of thousands of nodes never touch the page's thread. One Float64Array: GLANCE_HEAD numbers, then one block a node in the order of the
 * figures' layout, then one block a channel number, then one block
 * a log.
 */
export const GLANCE_HEAD = 4
export const GLANCE_NOW_NS = 0
/** Version of the figures' layout whose order the nodes have. */
export const GLANCE_LAYOUT = 1
export const GLANCE_NODES = 2
/** Channel numbers, unused ones included. */
export const GLANCE_CHANNELS = 3

/** Block of a node: state (STATE_* of contract/figures), since when, kind of its headline figure, that figure, entries held, where its log's block begins (-1: it is none), then the first looks or -1. */
export const GLANCE_STATE = 0
export const GLANCE_SINCE_NS = 1
export const GLANCE_KIND = 2
export const GLANCE_VALUE = 3
export const GLANCE_HELD = 4
export const GLANCE_LOG = 5
export const GLANCE_LOOKS = 6
export const GLANCE_LOOKS_MOST = 8
export const GLANCE_NODE_SLOTS = GLANCE_LOOKS + GLANCE_LOOKS_MOST
/** A counter's rate is told from two glances; a level is its present value. */
export const GLANCE_NONE = 0
export const GLANCE_COUNTER = 1
export const GLANCE_LEVEL = 2

/** Block of a channel: state (CHANNEL_* of contract/figures; -1: no such channel), messages carried so far each way, on its way now. */
export const GLANCE_CHANNEL_STATE = 0
export const GLANCE_FORWARD = 1
export const GLANCE_BACKWARD = 2
export const GLANCE_IN_FLIGHT = 3
export const GLANCE_CHANNEL_SLOTS = 4

/** Block of a log: entries that are kept, cursors, then for the first of them how many of those entries each has had. */
export const GLANCE_ENTRIES = 0
export const GLANCE_CURSORS = 1
export const GLANCE_HAD = 2
export const GLANCE_CURSORS_MOST = 6
export const GLANCE_LOG_SLOTS = GLANCE_HAD + GLANCE_CURSORS_MOST

export function glanceLength(nodes: number, channels: number, logs = 0): number {
  return GLANCE_HEAD + nodes * GLANCE_NODE_SLOTS + channels * GLANCE_CHANNEL_SLOTS + logs * GLANCE_LOG_SLOTS
}
