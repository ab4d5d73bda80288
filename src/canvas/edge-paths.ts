import type { Channel, ChannelId, NodeId, Point, Topology } from '../topology/document.ts'
import type { Curve } from '../app/app.ts'
import type { Catalogue } from '../contract/manifest.ts'
import { centreOf, formOf, HEXAGON_TIP, type Box, type DrawnForm } from '../app/node-sizes.ts'

export type { Curve }

type Side = 'left' | 'right' | 'top' | 'bottom'
interface Route {
  readonly channel: Channel
  readonly a: Box
  readonly b: Box
  readonly leaves: Side
  readonly enters: Side
  /** How far an arc has to swing out to pass what stands between the ends; 0 for a plain curve. */
  readonly swing: number
  /** Place among the channels of the same two nodes, centred on 0. */
  readonly lane: number
}

/** Where an end sits on its side: its place, centred on 0, among how many. */
interface Slot {
  readonly index: number
  readonly count: number
}
interface End {
  readonly key: string
  readonly toward: number
  readonly lane: number
}

/** Ends on one side stand this far apart, or closer when there are many. */
const SLOT = 12
/** Channels of one pair bend this far apart. */
const LANE = 18
/** Two boxes with less room than this beside each other are joined over and under instead. */
const ROOM = 24
const SWING = 56
const NORMAL: Readonly<Record<Side, Point>> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, top: { x: 0, y: -1 }, bottom: { x: 0, y: 1 } }

export function curvesOf(catalogue: Catalogue, topology: Topology, boxes: ReadonlyMap<NodeId, Box>): ReadonlyMap<ChannelId, Curve> {
  const forms = new Map(topology.nodes.map(node => [node.id, formOf(catalogue, node)]))
  const solid = topology.nodes.filter(node => forms.get(node.id) !== 'container').map(node => [node.id, boxes.get(node.id)!] as const)
  const routes = routesOf(catalogue, topology, { boxes, solid })
  const slots = slotsOf(routes)
  const curves = new Map<ChannelId, Curve>()
  for (const route of routes) {
    const { channel } = route
    const from = anchor(route.a, route.leaves, forms.get(channel.from)!, slots.get(`${channel.id}>`)!)
    const to = anchor(route.b, route.enters, forms.get(channel.to)!, slots.get(`>${channel.id}`)!)
    curves.set(channel.id, bent(route, from, to))
  }
  return curves
}

export function pathOf(curve: Curve): string {
  return `M${at(curve.from)}C${at(curve.bend)} ${at(curve.bendTo)} ${at(curve.to)}`
}

/** The point at share `t` of the curve's parameter. */
export function pointOn(curve: Curve, t: number): Point {
  const u = 1 - t
  const mix = (a: number, b: number, c: number, d: number) => u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
  return {
    x: mix(curve.from.x, curve.bend.x, curve.bendTo.x, curve.to.x),
    y: mix(curve.from.y, curve.bend.y, curve.bendTo.y, curve.to.y),
  }
}

/** A box that the whole curve lies in. */
export function boundsOf({ from, bend, bendTo, to }: Curve): Box {
  const x = Math.min(from.x, bend.x, bendTo.x, to.x)
  const y = Math.min(from.y, bend.y, bendTo.y, to.y)
  return { x, y, width: Math.max(from.x, bend.x, bendTo.x, to.x) - x + 1, height: Math.max(from.y, bend.y, bendTo.y, to.y) - y + 1 }
}

/** From a node to a loose end: what is drawn while a channel is being pulled. */
export function looseCurve(box: Box, end: Point): Curve {
  const side = end.x >= centreOf(box).x ? 'right' : 'left'
  const from = { x: side === 'right' ? box.x + box.width : box.x, y: box.y + box.height / 2 }
  const reach = Math.max(24, Math.abs(end.x - from.x) / 2) * NORMAL[side].x
  return { from, bend: { x: from.x + reach, y: from.y }, bendTo: { x: end.x - reach, y: end.y }, to: end }
}

function routesOf(catalogue: Catalogue, topology: Topology, { boxes, solid }: { readonly boxes: ReadonlyMap<NodeId, Box>; readonly solid: readonly (readonly [NodeId, Box])[] }): readonly Route[] {
  const pairs = new Map<string, number>()
  const joined = topology.channels.filter(channel => boxes.has(channel.from) && boxes.has(channel.to))
  for (const channel of joined) pairs.set(pairOf(channel), (pairs.get(pairOf(channel)) ?? 0) + 1)
  const seen = new Map<string, number>()
  return joined.map(channel => {
    const pair = pairOf(channel)
    const index = seen.get(pair) ?? 0
    seen.set(pair, index + 1)
    const a = boxes.get(channel.from)!
    const b = boxes.get(channel.to)!
    // Lines within a container are many and belong to what they pass: they run beneath it.
    const inside = catalogue.channel(channel.type)?.sameContainer === true
    return { channel, a, b, ...sidesOf(channel, a, b, inside ? [] : solid), lane: index - (pairs.get(pair)! - 1) / 2 }
  })
}

function sidesOf(channel: Channel, a: Box, b: Box, solid: readonly (readonly [NodeId, Box])[]): { leaves: Side; enters: Side; swing: number } {
  if (channel.from === channel.to) return { leaves: 'right', enters: 'top', swing: 0 }
  const right = b.x - (a.x + a.width)
  const left = a.x - (b.x + b.width)
  const down = b.y - (a.y + a.height)
  const up = a.y - (b.y + b.height)
  if (right >= ROOM) return { leaves: 'right', enters: 'left', swing: 0 }
  if (left >= ROOM) {
    // Against the reading direction there is usually something in between: go round below it.
    const below = blockedBelow(channel, a, b, solid)
    return below === null ? { leaves: 'left', enters: 'right', swing: 0 } : { leaves: 'bottom', enters: 'bottom', swing: below }
  }
  if (down >= 0) return { leaves: 'bottom', enters: 'top', swing: 0 }
  if (up >= 0) return { leaves: 'top', enters: 'bottom', swing: 0 }
  return left > right ? { leaves: 'left', enters: 'right', swing: 0 } : { leaves: 'right', enters: 'left', swing: 0 }
}

/** How far below the lower end an arc must swing to pass the nodes on the straight way, or null when the way is free. */
function blockedBelow(channel: Channel, a: Box, b: Box, solid: readonly (readonly [NodeId, Box])[]): number | null {
  const from = centreOf(a)
  const to = centreOf(b)
  let lowest = -Infinity
  for (const [id, box] of solid) {
    if (id === channel.from || id === channel.to || box.x + box.width < b.x + b.width || box.x > a.x) continue
    const middle = centreOf(box)
    const way = to.y + ((middle.x - to.x) / (from.x - to.x)) * (from.y - to.y)
    if (way > box.y - 6 && way < box.y + box.height + 6) lowest = Math.max(lowest, box.y + box.height)
  }
  if (lowest === -Infinity) return null
  return Math.max(lowest - Math.max(a.y + a.height, b.y + b.height), 0) + SWING
}

/** Spreads the ends on each side of each node in the order of what they lead to, so that channels don't cross at the node. */
function slotsOf(routes: readonly Route[]): ReadonlyMap<string, Slot> {
  const sides = new Map<string, End[]>()
  const put = (node: NodeId, side: Side, end: { readonly key: string; readonly other: Box; readonly lane: number }) => {
    const place = `${node} ${side}`
    const middle = centreOf(end.other)
    const ends = sides.get(place) ?? []
    ends.push({ key: end.key, toward: side === 'left' || side === 'right' ? middle.y : middle.x, lane: end.lane })
    sides.set(place, ends)
  }
  for (const { channel, a, b, leaves, enters, lane } of routes) {
    put(channel.from, leaves, { key: `${channel.id}>`, other: b, lane })
    put(channel.to, enters, { key: `>${channel.id}`, other: a, lane })
  }
  const slots = new Map<string, Slot>()
  for (const ends of sides.values()) {
    ends.sort((x, y) => x.toward - y.toward || x.lane - y.lane)
    ends.forEach((end, index) => slots.set(end.key, { index: index - (ends.length - 1) / 2, count: ends.length }))
  }
  return slots
}

/** The point on the node's outline where an end sits. */
function anchor(box: Box, side: Side, form: DrawnForm, slot: Slot): Point {
  const upright = side === 'left' || side === 'right'
  const hexagon = form === 'hexagon'
  const length = upright ? box.height : box.width
  const usable = length * (hexagon ? (upright ? 0.36 : 0.5) : 0.64)
  const along = slot.index * (slot.count > 1 ? Math.min(SLOT, usable / (slot.count - 1)) : 0)
  if (!upright) return { x: box.x + box.width / 2 + along, y: side === 'top' ? box.y : box.y + box.height }
  const inset = hexagon ? (HEXAGON_TIP * Math.abs(along)) / (box.height / 2) : 0
  return { x: side === 'left' ? box.x + inset : box.x + box.width - inset, y: box.y + box.height / 2 + along }
}

function bent(route: Route, from: Point, to: Point): Curve {
  const leaves = NORMAL[route.leaves]
  const enters = NORMAL[route.enters]
  if (route.swing > 0) {
    const floor = Math.max(route.a.y + route.a.height, route.b.y + route.b.height) + (route.swing + route.lane * LANE) * (4 / 3)
    return { from, bend: { x: from.x, y: floor }, bendTo: { x: to.x, y: floor }, to }
  }
  const upright = route.leaves === 'left' || route.leaves === 'right'
  const gap = upright ? Math.abs(to.x - from.x) : Math.abs(to.y - from.y)
  const across = upright ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x)
  const reach = Math.max(Math.min(gap * 0.5, 180), Math.min(across * 0.25, 48), route.channel.from === route.channel.to ? 60 : 8)
  const bow = route.lane * LANE
  return {
    from,
    bend: { x: from.x + leaves.x * reach + (upright ? 0 : bow), y: from.y + leaves.y * reach + (upright ? bow : 0) },
    bendTo: { x: to.x + enters.x * reach + (upright ? 0 : bow), y: to.y + enters.y * reach + (upright ? bow : 0) },
    to,
  }
}

function pairOf(channel: Channel): string {
  return channel.from < channel.to ? `${channel.from}\u0000${channel.to}` : `${channel.to}\u0000${channel.from}`
}

function at(point: Point): string {
  return `${Math.round(point.x * 10) / 10},${Math.round(point.y * 10) / 10}`
}
