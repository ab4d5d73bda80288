import type { Curve } from '../app/app.ts'
import { centreOf, HEXAGON_TIP, type Box, type DrawnForm } from '../app/node-sizes.ts'
import type { Channel, NodeId, Point } from '../topology/document.ts'

export type Side = 'left' | 'right' | 'top' | 'bottom'

/** How a channel runs between two boxes. */
export interface Route {
  readonly a: Box
  readonly b: Box
  readonly leaves: Side
  readonly enters: Side
  /** How far an arc has to swing out to pass what stands between the ends; 0 for a plain curve. */
  readonly swing: number
}

/** Where an end sits on its side: its place, centred on 0, among how many. */
export interface Slot {
  readonly index: number
  readonly count: number
}

/** Ends on one side stand this far apart, or closer when there are many. */
const SLOT = 12
/** Channels of one pair bend this far apart. */
const LANE = 18
/** Two boxes with less room than this beside each other are joined over and under instead. */
const ROOM = 24
const SWING = 56
const NORMAL: Readonly<Record<Side, Point>> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, top: { x: 0, y: -1 }, bottom: { x: 0, y: 1 } }

/** The way between two boxes, past what stands there and is `solid`. */
export function routeOf(channel: Channel, a: Box, b: Box, solid: Iterable<readonly [NodeId, Box]>): Route {
  if (channel.from === channel.to) return { a, b, leaves: 'right', enters: 'top', swing: 0 }
  const right = b.x - (a.x + a.width)
  const left = a.x - (b.x + b.width)
  const down = b.y - (a.y + a.height)
  const up = a.y - (b.y + b.height)
  if (right >= ROOM) return { a, b, leaves: 'right', enters: 'left', swing: 0 }
  if (runsBack(a, b)) {
    const below = blockedBelow(channel, a, b, solid)
    return below === null ? { a, b, leaves: 'left', enters: 'right', swing: 0 } : { a, b, leaves: 'bottom', enters: 'bottom', swing: below }
  }
  if (down >= 0) return { a, b, leaves: 'bottom', enters: 'top', swing: 0 }
  if (up >= 0) return { a, b, leaves: 'top', enters: 'bottom', swing: 0 }
  return left > right ? { a, b, leaves: 'left', enters: 'right', swing: 0 } : { a, b, leaves: 'right', enters: 'left', swing: 0 }
}

/** Against the reading direction, where there is usually something in between: such a line goes round below it. */
export function runsBack(a: Box, b: Box): boolean {
  return a.x - (b.x + b.width) >= ROOM
}

/** Whether a box stands on the straight way of a channel that runs back. */
export function standsOnWay(a: Box, b: Box, box: Box): boolean {
  if (box.x + box.width < b.x + b.width || box.x > a.x) return false
  const from = centreOf(a)
  const to = centreOf(b)
  const way = to.y + ((centreOf(box).x - to.x) / (from.x - to.x)) * (from.y - to.y)
  return way > box.y - 6 && way < box.y + box.height + 6
}

/** How far below the lower end an arc must swing to pass the nodes on the straight way, or null when the way is free. */
function blockedBelow(channel: Channel, a: Box, b: Box, solid: Iterable<readonly [NodeId, Box]>): number | null {
  let lowest = -Infinity
  for (const [id, box] of solid) if (id !== channel.from && id !== channel.to && standsOnWay(a, b, box)) lowest = Math.max(lowest, box.y + box.height)
  if (lowest === -Infinity) return null
  return Math.max(lowest - Math.max(a.y + a.height, b.y + b.height), 0) + SWING
}

/** The point on the node's outline where an end sits. */
export function anchor(box: Box, side: Side, form: DrawnForm, slot: Slot): Point {
  const upright = side === 'left' || side === 'right'
  const hexagon = form === 'hexagon'
  const length = upright ? box.height : box.width
  const usable = length * (hexagon ? (upright ? 0.36 : 0.5) : 0.64)
  const along = slot.index * (slot.count > 1 ? Math.min(SLOT, usable / (slot.count - 1)) : 0)
  if (!upright) return { x: box.x + box.width / 2 + along, y: side === 'top' ? box.y : box.y + box.height }
  const inset = hexagon ? (HEXAGON_TIP * Math.abs(along)) / (box.height / 2) : 0
  return { x: side === 'left' ? box.x + inset : box.x + box.width - inset, y: box.y + box.height / 2 + along }
}

/** The curve between two anchors; `lane` is the channel's place among those of the same two nodes, centred on 0. */
export function bent(route: Route, { from, to, lane, self }: { readonly from: Point; readonly to: Point; readonly lane: number; readonly self: boolean }): Curve {
  const leaves = NORMAL[route.leaves]
  const enters = NORMAL[route.enters]
  if (route.swing > 0) {
    const floor = Math.max(route.a.y + route.a.height, route.b.y + route.b.height) + (route.swing + lane * LANE) * (4 / 3)
    return { from, bend: { x: from.x, y: floor }, bendTo: { x: to.x, y: floor }, to }
  }
  const upright = route.leaves === 'left' || route.leaves === 'right'
  const gap = upright ? Math.abs(to.x - from.x) : Math.abs(to.y - from.y)
  const across = upright ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x)
  const reach = Math.max(Math.min(gap * 0.5, 180), Math.min(across * 0.25, 48), self ? 60 : 8)
  const bow = lane * LANE
  return {
    from,
    bend: { x: from.x + leaves.x * reach + (upright ? 0 : bow), y: from.y + leaves.y * reach + (upright ? bow : 0) },
    bendTo: { x: to.x + enters.x * reach + (upright ? 0 : bow), y: to.y + enters.y * reach + (upright ? bow : 0) },
    to,
  }
}
