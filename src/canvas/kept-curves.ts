import { centreOf, formOf, type Box, type DrawnForm } from '../app/node-sizes.ts'
import type { Curve } from '../app/app.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { Channel, ChannelId, NodeId, Topology } from '../topology/document.ts'
import { anchor, bent, routeOf, runsBack, standsOnWay, type Route, type Side, type Slot } from './edge-routes.ts'

/** A channel whose ends are both there, as far as it doesn't depend on where they stand. */
interface Line {
  readonly channel: Channel
  /** Lines within a container are many and belong to what they pass: they run beneath it. */
  readonly inside: boolean
  /** Place among the channels of the same two nodes, centred on 0. */
  readonly lane: number
  readonly forms: readonly [DrawnForm, DrawnForm]
}
interface Plan {
  readonly channels: readonly Channel[]
  readonly nodes: readonly (readonly [NodeId, string])[]
  readonly lines: readonly Line[]
  readonly linesAt: ReadonlyMap<NodeId, readonly Line[]>
  readonly solid: readonly NodeId[]
}
interface End {
  readonly key: string
  readonly toward: number
  readonly lane: number
}

/**
 * Curves of all channels. When nodes move, only those are worked out anew that this can have changed: the moved nodes' own, those that leave or enter a neighbour
 * beside them, and those that go round a moved node. So a hand can drag a few of thousands.
 */
export class KeptCurves {
  readonly #catalogue: Catalogue
  #plan: Plan | null = null
  #boxes: ReadonlyMap<NodeId, Box> = new Map()
  #routes = new Map<ChannelId, Route>()
  #slots = new Map<string, Slot>()
  #curves: ReadonlyMap<ChannelId, Curve> = new Map()

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  /** The same curves whatever was asked before. */
  of(topology: Topology, boxes: ReadonlyMap<NodeId, Box>): ReadonlyMap<ChannelId, Curve> {
    const before = this.#boxes
    this.#boxes = boxes
    if (!this.#plan || !fits(this.#plan, topology)) {
      this.#plan = planOf(this.#catalogue, topology)
      this.#routes = new Map()
      this.#slots = new Map()
      this.#curves = this.#bend(this.#plan, this.#plan.lines, new Map())
      return this.#curves
    }
    const moved = topology.nodes.filter(({ id }) => !sameBox(before.get(id)!, boxes.get(id)!)).map(({ id }) => id)
    if (moved.length > 0) this.#curves = this.#bend(this.#plan, this.#changed(this.#plan, moved, before), new Map(this.#curves))
    return this.#curves
  }

  /** Lines of moved nodes, and those that one of them stands on the way of now, or stood before. */
  #changed({ lines, linesAt, solid }: Plan, moved: readonly NodeId[], before: ReadonlyMap<NodeId, Box>): Iterable<Line> {
    const changed = new Set(moved.flatMap(id => linesAt.get(id) ?? []))
    const inWay = new Set(solid)
    const boxes = moved.filter(id => inWay.has(id)).flatMap(id => [before.get(id)!, this.#boxes.get(id)!])
    for (const line of lines) {
      const { a, b } = this.#routes.get(line.channel.id)!
      if (!line.inside && runsBack(a, b) && boxes.some(box => standsOnWay(a, b, box))) changed.add(line)
    }
    return changed
  }

  /** Adds the curves of these lines, and of those beside them, to `curves`. */
  #bend({ linesAt, solid }: Plan, changed: Iterable<Line>, curves: Map<ChannelId, Curve>): Map<ChannelId, Curve> {
    const boxes = this.#boxes
    const inWay = solid.map(id => [id, boxes.get(id)!] as const)
    const touched = new Set<NodeId>()
    const beside = new Set<Line>()
    for (const line of changed) {
      const { channel } = line
      this.#routes.set(channel.id, routeOf(channel, boxes.get(channel.from)!, boxes.get(channel.to)!, line.inside ? [] : inWay))
      touched.add(channel.from).add(channel.to)
      beside.add(line)
    }
    for (const node of touched) {
      this.#spread(node, linesAt.get(node)!)
      for (const line of linesAt.get(node)!) beside.add(line)
    }
    for (const { channel, lane, forms } of beside) {
      const route = this.#routes.get(channel.id)!
      const from = anchor(route.a, route.leaves, forms[0], this.#slots.get(`${channel.id}>`)!)
      const to = anchor(route.b, route.enters, forms[1], this.#slots.get(`>${channel.id}`)!)
      curves.set(channel.id, bent(route, { from, to, lane, self: channel.from === channel.to }))
    }
    return curves
  }

  /** Spreads the ends on each side of a node in the order of what they lead to, so that channels don't cross at the node. */
  #spread(node: NodeId, lines: readonly Line[]): void {
    const sides: Readonly<Record<Side, End[]>> = { left: [], right: [], top: [], bottom: [] }
    const put = (side: Side, key: string, { other, lane }: { readonly other: Box; readonly lane: number }): void => {
      const middle = centreOf(other)
      sides[side].push({ key, toward: side === 'left' || side === 'right' ? middle.y : middle.x, lane })
    }
    for (const { channel, lane } of lines) {
      const { a, b, leaves, enters } = this.#routes.get(channel.id)!
      if (channel.from === node) put(leaves, `${channel.id}>`, { other: b, lane })
      if (channel.to === node) put(enters, `>${channel.id}`, { other: a, lane })
    }
    for (const ends of Object.values(sides)) {
      ends.sort((x, y) => x.toward - y.toward || x.lane - y.lane)
      ends.forEach((end, index) => this.#slots.set(end.key, { index: index - (ends.length - 1) / 2, count: ends.length }))
    }
  }
}

function planOf(catalogue: Catalogue, topology: Topology): Plan {
  const forms = new Map(topology.nodes.map(node => [node.id, formOf(catalogue, node)]))
  const joined = topology.channels.filter(channel => forms.has(channel.from) && forms.has(channel.to))
  const pairs = new Map<string, number>()
  for (const channel of joined) pairs.set(pairOf(channel), (pairs.get(pairOf(channel)) ?? 0) + 1)
  const seen = new Map<string, number>()
  const lines = joined.map((channel): Line => {
    const pair = pairOf(channel)
    const index = seen.get(pair) ?? 0
    seen.set(pair, index + 1)
    return { channel, inside: catalogue.channel(channel.type)?.sameContainer === true, lane: index - (pairs.get(pair)! - 1) / 2, forms: [forms.get(channel.from)!, forms.get(channel.to)!] }
  })
  const linesAt = new Map<NodeId, Line[]>()
  for (const line of lines) {
    for (const node of new Set([line.channel.from, line.channel.to])) {
      const there = linesAt.get(node)
      if (there) there.push(line)
      else linesAt.set(node, [line])
    }
  }
  return { channels: topology.channels, nodes: topology.nodes.map(({ id, type }) => [id, type]), lines, linesAt, solid: topology.nodes.filter(({ id }) => forms.get(id) !== 'container').map(({ id }) => id) }
}

/** Nothing but places and settings of nodes is different. */
function fits(plan: Plan, { channels, nodes }: Topology): boolean {
  return plan.channels === channels && plan.nodes.length === nodes.length && plan.nodes.every(([id, type], n) => id === nodes[n]!.id && type === nodes[n]!.type)
}

function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}

function pairOf(channel: Channel): string {
  return channel.from < channel.to ? `${channel.from}\u0000${channel.to}` : `${channel.to}\u0000${channel.from}`
}
