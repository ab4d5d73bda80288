import type { NodeId, Point, Size, Topology, TopologyNode } from '../../topology/document.ts'

/** Where nodes stand, members relative to their container, and how large the container is. */
export interface Places {
  readonly points: ReadonlyMap<NodeId, Point>
  readonly sizes: ReadonlyMap<NodeId, Size>
}

const PADDING = 30
const HEAD = 60
/** Room for lines that fan out, for lines that run straight on, and between columns that stand like bricks. */
const FAN = 90
const STRAIGHT = 60
const BRICK = 30
const GAP_DOWN = 20
const ABOVE = 40
/** How far a line stays clear of the nodes that it passes. */
const CLEAR = 8

/** A leaf (a queue) with what hangs on it alone (its consumers), in lanes one below the other. */
interface Unit {
  readonly leaf: TopologyNode
  readonly outer: readonly TopologyNode[]
}

/**
 * For one broker with many queues: exchanges in the middle, queues to both sides of them, their consumers outside. Each side is two columns wide and
 * stands like bricks, so that every line from a queue to its consumer runs straight between the nodes of the column that it passes.
 * Null where the topology isn't of that shape.
 */
export function bothSides(topology: Topology, sizeOf: (node: TopologyNode) => Size): Places | null {
  const holders = new Set(topology.nodes.map(node => node.within))
  const containers = topology.nodes.filter(node => holders.has(node.id))
  const container = containers[0]
  if (!container || containers.length > 1) return null
  const parts = sortOut(topology, container.id)
  if (parts.units.length < 2) return null
  const layout = new Sides(parts, sizeOf)
  return layout.places(container.id)
}

interface Parts {
  /** Members that lead on to others, with where they lead. */
  readonly core: readonly TopologyNode[]
  readonly next: ReadonlyMap<NodeId, readonly NodeId[]>
  /** In the order of a walk from the first exchanges: what belongs together stands together. */
  readonly units: readonly Unit[]
  /** Outside, joined to core members only; and all else outside. */
  readonly sources: readonly { readonly node: TopologyNode; readonly feeds: readonly NodeId[] }[]
  readonly rest: readonly TopologyNode[]
}

function sortOut(topology: Topology, container: NodeId): Parts {
  const members = new Map(topology.nodes.filter(node => node.within === container).map(node => [node.id, node]))
  const next = new Map<NodeId, NodeId[]>()
  const joined = new Map<NodeId, Set<NodeId>>()
  const fed = new Set<NodeId>()
  for (const { from, to } of topology.channels) {
    if (members.has(from) && members.has(to)) {
      if (from === to) continue
      next.set(from, [...(next.get(from) ?? []), to])
      fed.add(to)
      continue
    }
    joined.set(from, (joined.get(from) ?? new Set()).add(to))
    joined.set(to, (joined.get(to) ?? new Set()).add(from))
  }
  const outside = topology.nodes.filter(node => node.within === undefined && node.id !== container)
  const hangsOn = new Map<NodeId, TopologyNode[]>()
  const sources: { node: TopologyNode; feeds: readonly NodeId[] }[] = []
  const rest: TopologyNode[] = []
  for (const node of outside) {
    const ends = [...(joined.get(node.id) ?? [])]
    if (ends.length === 1 && members.has(ends[0]!) && !next.has(ends[0]!)) hangsOn.set(ends[0]!, [...(hangsOn.get(ends[0]!) ?? []), node])
    else if (ends.length > 0 && ends.every(end => next.has(end))) sources.push({ node, feeds: ends })
    else rest.push(node)
  }
  const order = walk([...members.keys()], next, fed)
  const units = order.filter(id => !next.has(id)).map(id => ({ leaf: members.get(id)!, outer: hangsOn.get(id) ?? [] }))
  return { core: order.filter(id => next.has(id)).map(id => members.get(id)!), next, units, sources, rest }
}

/** Depth first from the members that nothing leads to; rings begin wherever they come first. */
function walk(members: readonly NodeId[], next: ReadonlyMap<NodeId, readonly NodeId[]>, fed: ReadonlySet<NodeId>): readonly NodeId[] {
  const seen = new Set<NodeId>()
  const order: NodeId[] = []
  for (const start of [...members.filter(id => !fed.has(id)), ...members]) {
    const waiting = [start]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      order.push(id)
      waiting.push(...[...(next.get(id) ?? [])].reverse())
    }
  }
  return order
}

type Side = -1 | 0 | 1

class Sides {
  readonly #parts: Parts
  readonly #sizeOf: (node: TopologyNode) => Size
  readonly #pitch: number
  readonly #sideOf = new Map<NodeId, Side>()
  readonly #middleY = new Map<NodeId, number>()
  /** From the centre line; members in the container's frame once it is known. */
  readonly #points = new Map<NodeId, Point>()
  #reach = 0
  #top = Infinity
  #bottom = -Infinity

  constructor(parts: Parts, sizeOf: (node: TopologyNode) => Size) {
    this.#parts = parts
    this.#sizeOf = sizeOf
    const tallest = Math.max(...parts.units.flatMap(unit => [unit.leaf, ...unit.outer]).map(node => sizeOf(node).height))
    this.#pitch = Math.ceil(tallest / 2) + CLEAR
  }

  places(container: NodeId): Places {
    const halves = this.#halves()
    for (const side of [-1, 1] as const) this.#lanes(side, halves[side === -1 ? 0 : 1])
    this.#sortCore()
    const middle = this.#column(this.#parts.core.filter(node => this.#sideOf.get(node.id) === 0), 0, 0)
    const outside = [-1, 1] as const
    const edges = outside.map(side => this.#members(side, middle / 2, halves[side === -1 ? 0 : 1]))
    this.#reach = Math.max(...edges)
    for (const side of outside) this.#outer(side, halves[side === -1 ? 0 : 1])
    return this.#framed(container)
  }

  /** Two runs of units of about as many lanes; cut between exchanges where that leaves them about even. */
  #halves(): readonly [readonly Unit[], readonly Unit[]] {
    const { units } = this.#parts
    const lanes = units.map(unit => Math.max(1, unit.outer.length))
    const all = lanes.reduce((sum, count) => sum + count, 0)
    const homes = this.#homes()
    let best = 1
    let least = Infinity
    let before = 0
    for (let cut = 1; cut < units.length; cut += 1) {
      before += lanes[cut - 1]!
      const torn = homes.get(units[cut - 1]!.leaf.id) === homes.get(units[cut]!.leaf.id) ? all * 0.12 : 0
      const cost = Math.abs(before - all / 2) + torn
      if (cost >= least) continue
      least = cost
      best = cut
    }
    return [units.slice(0, best), units.slice(best)]
  }

  /** The first exchange that leads to each leaf. */
  #homes(): ReadonlyMap<NodeId, NodeId> {
    const homes = new Map<NodeId, NodeId>()
    for (const { id } of this.#parts.core) for (const to of this.#parts.next.get(id) ?? []) if (!this.#parts.next.has(to) && !homes.has(to)) homes.set(to, id)
    return homes
  }

  #lanes(side: Side, units: readonly Unit[]): void {
    const all = units.reduce((sum, unit) => sum + Math.max(1, unit.outer.length), 0)
    let lane = -(all - 1) / 2
    for (const { leaf, outer } of units) {
      const count = Math.max(1, outer.length)
      this.#sideOf.set(leaf.id, side)
      this.#middleY.set(leaf.id, (lane + (count - 1) / 2) * this.#pitch)
      outer.forEach((node, index) => {
        this.#sideOf.set(node.id, side)
        this.#middleY.set(node.id, (lane + index) * this.#pitch)
      })
      lane += count
    }
  }

  /** An exchange stands on the side of all that it leads to, or in the middle; at the height of their middle. */
  #sortCore(): void {
    for (const { id } of this.#parts.core) {
      const leaves = [...this.#reached(id)].filter(one => !this.#parts.next.has(one))
      const sides = new Set(leaves.map(one => this.#sideOf.get(one)!))
      this.#sideOf.set(id, sides.size === 1 ? [...sides][0]! : 0)
      const heights = leaves.map(one => this.#middleY.get(one)!)
      this.#middleY.set(id, heights.length === 0 ? 0 : heights.reduce((sum, y) => sum + y, 0) / heights.length)
    }
  }

  #reached(start: NodeId): ReadonlySet<NodeId> {
    const seen = new Set<NodeId>()
    const waiting = [start]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const to of this.#parts.next.get(id) ?? []) {
        if (seen.has(to)) continue
        seen.add(to)
        waiting.push(to)
      }
    }
    return seen
  }

  /** Columns of one side from the middle outwards; returns how far they reach. */
  #members(side: -1 | 1, from: number, units: readonly Unit[]): number {
    const core = this.#parts.core.filter(node => this.#sideOf.get(node.id) === side)
    const ranks = this.#ranks(core)
    let reach = from
    for (let rank = 0; rank <= Math.max(-1, ...ranks.values()); rank += 1) {
      const column = core.filter(node => ranks.get(node.id) === rank)
      reach += (reach > 0 ? FAN : 0) + this.#column(column, side, reach + (reach > 0 ? FAN : 0))
    }
    const leaves = units.map(unit => unit.leaf)
    return this.#bricks(leaves, side, reach + (reach > 0 ? FAN : 0))
  }

  /** How many exchanges of the same side come before one; rings end where they began. */
  #ranks(core: readonly TopologyNode[]): ReadonlyMap<NodeId, number> {
    const own = new Set(core.map(node => node.id))
    const ranks = new Map(core.map(node => [node.id, 0]))
    for (let round = 0; round < core.length; round += 1) {
      let moved = false
      for (const { id } of core) {
        for (const to of this.#parts.next.get(id) ?? []) {
          if (!own.has(to) || ranks.get(to)! > ranks.get(id)! || ranks.get(id)! + 1 >= core.length) continue
          ranks.set(to, ranks.get(id)! + 1)
          moved = true
        }
      }
      if (!moved) break
    }
    // Columns that a ring has left empty are closed.
    const used = [...new Set(ranks.values())].sort((a, b) => a - b)
    return new Map([...ranks].map(([id, rank]) => [id, used.indexOf(rank)]))
  }

  /** One column at its nodes' own heights, none over another; returns its width. */
  #column(nodes: readonly TopologyNode[], side: Side, from: number): number {
    const sorted = [...nodes].sort((a, b) => this.#middleY.get(a.id)! - this.#middleY.get(b.id)!)
    const width = Math.max(0, ...sorted.map(node => this.#sizeOf(node).width))
    const wishes = sorted.map(node => this.#middleY.get(node.id)! - this.#sizeOf(node).height / 2)
    const tops = spread(wishes, sorted.map(node => this.#sizeOf(node).height + GAP_DOWN))
    sorted.forEach((node, index) => this.#put(node, side, from + (width - this.#sizeOf(node).width) / 2, tops[index]!))
    return width
  }

  /** Two columns, each node in the lane of its height; returns how far they reach. */
  #bricks(nodes: readonly TopologyNode[], side: -1 | 1, from: number): number {
    const width = Math.max(0, ...nodes.map(node => this.#sizeOf(node).width))
    const free: [number, number] = [-Infinity, -Infinity]
    for (const node of nodes) {
      const { height } = this.#sizeOf(node)
      const top = this.#middleY.get(node.id)! - height / 2
      // Nodes that need several lanes leave room: the column that has been free for longer takes the next.
      const column = free[0] <= free[1] ? 0 : 1
      free[column] = top + height
      this.#put(node, side, from + column * (width + BRICK), top)
    }
    return from + (nodes.length > 1 ? 2 * width + BRICK : width)
  }

  #outer(side: -1 | 1, units: readonly Unit[]): void {
    this.#bricks(units.flatMap(unit => unit.outer), side, this.#reach + PADDING + STRAIGHT)
  }

  #put(node: TopologyNode, side: Side, from: number, y: number): void {
    const { width, height } = this.#sizeOf(node)
    const x = side === 0 ? -width / 2 : side === 1 ? from : -from - width
    this.#points.set(node.id, { x, y })
    this.#top = Math.min(this.#top, y)
    this.#bottom = Math.max(this.#bottom, y + height)
  }

  /** Moves members into the container's frame, puts sources above it and the rest below. */
  #framed(container: NodeId): Places {
    const { core, units, sources, rest } = this.#parts
    // Rounded once: what stands inside and what stands outside stay at the same height.
    const corner = { x: -Math.ceil((this.#reach + PADDING) / 10) * 10, y: Math.floor((this.#top - HEAD) / 10) * 10 }
    const width = -2 * corner.x
    const height = Math.ceil((this.#bottom - corner.y + PADDING) / 10) * 10
    const points = new Map<NodeId, Point>()
    const round = (point: Point): Point => ({ x: Math.round(point.x / 10) * 10, y: Math.round(point.y) })
    for (const node of [...core, ...units.map(unit => unit.leaf)]) {
      const point = this.#points.get(node.id)!
      points.set(node.id, round({ x: point.x - corner.x, y: point.y - corner.y }))
    }
    points.set(container, corner)
    for (const node of units.flatMap(unit => unit.outer)) points.set(node.id, round(this.#points.get(node.id)!))
    const above = sources.map(({ node, feeds }) => ({ node, x: mean(feeds.map(id => this.#points.get(id)!.x + this.#sizeOf(core.find(one => one.id === id)!).width / 2)) - this.#sizeOf(node).width / 2 }))
    above.sort((a, b) => a.x - b.x)
    const lefts = spread(above.map(one => one.x), above.map(one => this.#sizeOf(one.node).width + BRICK))
    above.forEach(({ node }, index) => points.set(node.id, round({ x: lefts[index]!, y: corner.y - this.#sizeOf(node).height - ABOVE })))
    let x = corner.x
    let y = corner.y + height + ABOVE
    for (const node of rest) {
      const size = this.#sizeOf(node)
      if (x + size.width > corner.x + width) {
        x = corner.x
        y += size.height + GAP_DOWN
      }
      points.set(node.id, round({ x, y }))
      x += size.width + BRICK
    }
    return { points, sizes: new Map([[container, { width, height }]]) }
  }
}

/** As near to the wishes, which are in order, as it goes with each taking its room: runs that collide are spread about their common middle. */
export function spread(wishes: readonly number[], rooms: readonly number[]): readonly number[] {
  const runs: { start: number; wish: number; count: number; room: number; first: number }[] = []
  wishes.forEach((wish, index) => {
    let run = { start: wish, wish, count: 1, room: rooms[index]!, first: index }
    for (let last = runs.at(-1); last && last.start + last.room > run.start; last = runs.at(-1)) {
      runs.pop()
      // The start that its members would agree on, each at its place in the run.
      const sum = last.wish * last.count + (run.wish - last.room) * run.count
      const count = last.count + run.count
      run = { start: sum / count, wish: sum / count, count, room: last.room + run.room, first: last.first }
    }
    runs.push(run)
  })
  const found: number[] = []
  for (const run of runs) {
    let at = run.start
    for (let index = run.first; index < run.first + run.count; index += 1) {
      found[index] = at
      at += rooms[index]!
    }
  }
  return found
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}
