import { useLayoutEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { App } from '../app/app.ts'
import type { DrawnWay } from '../contract/figures.ts'
import type { ChannelId, NodeId, Topology } from '../topology/document.ts'
import { canvasUi } from './canvas-ui.ts'
import { placed } from '../app/containers.ts'
import { curvesOf, type Curve } from './edge-paths.ts'
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
  const scene = useMemo(() => sceneOf(app(), placed(placed(topology, glide), places), ways), [topology, glide, places, ways])
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

function sceneOf({ catalogue }: App, topology: Topology, ways: readonly DrawnWay[]): Scene {
  const boxes = boxesOf(catalogue, topology)
  const further = asChannels(topology, ways)
  const all = curvesOf(catalogue, further.length === 0 ? topology : { ...topology, channels: [...topology.channels, ...further] }, boxes)
  const lines = wayLines(ways, all)
  const curves = lines.length === 0 ? all : new Map(topology.channels.flatMap(({ id }) => (all.has(id) ? [[id, all.get(id)!] as const] : [])))
  const containers = new Set(topology.nodes.filter(node => formOf(catalogue, node) === 'container').map(node => node.id))
  return { topology, boxes, curves, ways: lines, containers, sockets: socketBadges(catalogue, topology, { curves, boxes }) }
}
