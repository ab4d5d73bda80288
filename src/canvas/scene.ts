import { useLayoutEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { DrawnWay } from '../contract/figures.ts'
import type { Channel, ChannelId, NodeId, Topology } from '../topology/document.ts'
import { canvasUi } from './canvas-ui.ts'
import { placed } from '../app/containers.ts'
import type { Curve } from './edge-paths.ts'
import { KeptCurves } from './kept-curves.ts'
import { boxesOf, formOf, type Box } from '../app/node-sizes.ts'
import { socketBadges, type SocketBadge } from './socket-badges.ts'
import { asChannels, wayLines, type WayLine } from './ways.ts'

/** The document as it stands on the canvas now, nodes under the pointer included: everything that is drawn follows from it. */
export interface Scene {
  readonly topology: Topology
  readonly boxes: ReadonlyMap<NodeId, Box>
  readonly curves: ReadonlyMap<ChannelId, Curve>
  /** Between nodes that no channel joins there. */
  readonly ways: readonly WayLine[]
  readonly containers: ReadonlySet<NodeId>
  readonly sockets: readonly SocketBadge[]
}

export function useScene(): Scene {
  const topology = useStore(app().document, state => state.topology)
  const places = useStore(canvasUi, ui => ui.places)
  const glide = useStore(canvasUi, ui => ui.glide)
  const ways = useWays()
  const [maker] = useState(() => new SceneMaker(app().catalogue))
  const scene = useMemo(() => maker.make(placed(placed(topology, glide), places), ways), [maker, topology, glide, places, ways])
  useLayoutEffect(() => {
    latest = scene
    const ways = scene.ways.map(({ way, curve }) => [way.id, curve] as const)
    app().geometry.setState({ curves: ways.length === 0 ? scene.curves : new Map([...scene.curves, ...ways]), boxes: scene.boxes })
  }, [scene])
  return scene
}

let latest: Scene | null = null

/** What stands on the canvas now, for keys and menus; null before it was drawn first. */
export function latestScene(): Scene | null {
  return latest
}

/** As the run has them; the same list for as long as it says the same. */
function useWays(): readonly DrawnWay[] {
  const text = useStore(app().run, state => JSON.stringify(state.layout.ways))
  return useMemo(() => JSON.parse(text) as readonly DrawnWay[], [text])
}

/** Makes scenes, each from the one before: a node that is dragged changes few lines of thousands. */
class SceneMaker {
  readonly #catalogue: Catalogue
  readonly #curves: KeptCurves
  #joined: { readonly from: Topology; readonly ways: readonly DrawnWay[]; readonly channels: readonly Channel[] } | null = null

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
    this.#curves = new KeptCurves(catalogue)
  }

  make(topology: Topology, ways: readonly DrawnWay[]): Scene {
    const catalogue = this.#catalogue
    const boxes = boxesOf(catalogue, topology)
    const all = this.#curves.of({ ...topology, channels: this.#channelsAnd(topology, ways) }, boxes)
    const lines = wayLines(ways, all)
    const curves = lines.length === 0 ? all : new Map(topology.channels.flatMap(({ id }) => (all.has(id) ? [[id, all.get(id)!] as const] : [])))
    const containers = new Set(topology.nodes.filter(node => formOf(catalogue, node) === 'container').map(node => node.id))
    return { topology, boxes, curves, ways: lines, containers, sockets: socketBadges(catalogue, topology, { curves, boxes }) }
  }

  /** Channels and ways: the same list for as long as they are the same. */
  #channelsAnd(topology: Topology, ways: readonly DrawnWay[]): readonly Channel[] {
    const known = this.#joined
    if (known?.ways === ways && known.from.channels === topology.channels && known.from.nodes.length === topology.nodes.length) return known.channels
    const further = asChannels(topology, ways)
    this.#joined = { from: topology, ways, channels: further.length === 0 ? topology.channels : [...topology.channels, ...further] }
    return this.#joined.channels
  }
}
