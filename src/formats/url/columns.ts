import type { Channel, Config, Topology, TopologyNode, Viewport } from '../../topology/document.ts'
import type { JournalEntry } from '../../contract/input.ts'

/** What a link carries. */
export interface LinkContent {
  readonly topology: Topology
  readonly semantics: number
  readonly journal?: readonly JournalEntry[]
}

/**
 * Columns of a topology: like things side by side, so that they compress. Kinds are named by their string ids in a table of the link;
 * configs are interned; positions are whole pixels, each relative to the one before.
 */
export interface Columns {
  /** Semantics version. */
  readonly s: number
  readonly t: string
  readonly r: number
  /** Table of kinds. */
  readonly k: readonly string[]
  /** Table of configs. */
  readonly c: readonly Config[]
  readonly n: { readonly i: readonly string[]; readonly k: readonly number[]; readonly l: readonly (string | 0)[]; readonly x: readonly number[]; readonly y: readonly number[]; readonly w: readonly number[]; readonly c: readonly number[]; readonly z: readonly (readonly [number, number, number])[] }
  readonly e: { readonly i: readonly (string | 0)[]; readonly k: readonly number[]; readonly f: readonly number[]; readonly t: readonly number[]; readonly c: readonly number[] }
  readonly v?: readonly [number, number, number]
  readonly j?: readonly JournalEntry[]
}

export function toColumns({ topology, semantics, journal }: LinkContent): Columns {
  const kinds = new Interner<string>(kind => kind)
  const configs = new Interner<Config>(canonical)
  const place = new Map(topology.nodes.map((node, index) => [node.id, index]))
  const { nodes, channels, viewport } = topology
  const round = (value: number): number => Math.round(value)
  return {
    s: semantics,
    t: topology.title,
    r: topology.seed,
    n: {
      i: nodes.map(node => node.id),
      k: nodes.map(node => kinds.indexOf(node.type)),
      l: nodes.map(node => (node.label === node.id ? 0 : node.label)),
      x: deltas(nodes.map(node => round(node.at.x))),
      y: deltas(nodes.map(node => round(node.at.y))),
      w: nodes.map(node => (node.within === undefined ? -1 : place.get(node.within)!)),
      c: nodes.map(node => configs.indexOf(node.config)),
      z: nodes.flatMap((node, index) => (node.size ? [[index, round(node.size.width), round(node.size.height)] as const] : [])),
    },
    e: {
      i: channels.map(channel => (channel.id === `${channel.from}-${channel.to}` ? 0 : channel.id)),
      k: channels.map(channel => kinds.indexOf(channel.type)),
      f: channels.map(channel => place.get(channel.from)!),
      t: channels.map(channel => place.get(channel.to)!),
      c: channels.map(channel => configs.indexOf(channel.config)),
    },
    k: kinds.items,
    c: configs.items,
    ...(viewport ? { v: [round(viewport.x), round(viewport.y), Math.round(viewport.zoom * 1000) / 1000] as const } : {}),
    ...(journal && journal.length > 0 ? { j: journal } : {}),
  }
}

/** The plain document form of columns, for the topology parser to check; throws on a shape that isn't columns. */
export function fromColumns(columns: Columns): { readonly topology: unknown; readonly semantics: number; readonly journal: unknown } {
  const { n, e, k, c } = columns
  const xs = sums(n.x)
  const ys = sums(n.y)
  const sizes = new Map(n.z.map(([index, width, height]) => [index, { width, height }]))
  const nodes = n.i.map((id, index): TopologyNode => {
    const size = sizes.get(index)
    const within = n.w[index]!
    const label = n.l[index]!
    return { id, type: k[n.k[index]!]!, label: label === 0 ? id : label, at: { x: xs[index]!, y: ys[index]! }, ...(size ? { size } : {}), ...(within < 0 ? {} : { within: n.i[within]! }), config: c[n.c[index]!]! }
  })
  const channels = e.i.map((id, index): Channel => {
    const from = n.i[e.f[index]!]!
    const to = n.i[e.t[index]!]!
    return { id: id === 0 ? `${from}-${to}` : id, type: k[e.k[index]!]!, from, to, config: c[e.c[index]!]! }
  })
  const viewport: Viewport | undefined = columns.v ? { x: columns.v[0], y: columns.v[1], zoom: columns.v[2] } : undefined
  return { topology: { format: 1, title: columns.t, seed: columns.r, nodes, channels, ...(viewport ? { viewport } : {}) }, semantics: columns.s, journal: columns.j }
}

class Interner<T> {
  readonly items: T[] = []
  readonly #places = new Map<string, number>()
  readonly #name: (item: T) => string
  constructor(name: (item: T) => string) {
    this.#name = name
  }
  indexOf(item: T): number {
    const name = this.#name(item)
    let place = this.#places.get(name)
    if (place === undefined) {
      place = this.items.push(item) - 1
      this.#places.set(name, place)
    }
    return place
  }
}

/** JSON with sorted names: one config, one text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}

function deltas(values: readonly number[]): number[] {
  return values.map((value, index) => value - (values[index - 1] ?? 0))
}

function sums(values: readonly number[]): number[] {
  let sum = 0
  return values.map(value => (sum += value))
}
