import { useLayoutEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { App } from '../app/app.ts'
import type { ChannelId, NodeId, Topology } from '../topology/document.ts'
import { canvasUi } from './canvas-ui.ts'
import { placed } from '../app/containers.ts'
import { curvesOf, type Curve } from './edge-paths.ts'
import { boxesOf, formOf, type Box } from '../app/node-sizes.ts'
import { socketBadges, type SocketBadge } from './socket-badges.ts'

/** The document as it stands on the canvas now, nodes under the pointer included: everything that is drawn follows from it. */
export interface Scene {
  readonly topology: Topology
  readonly boxes: ReadonlyMap<NodeId, Box>
  readonly curves: ReadonlyMap<ChannelId, Curve>
  readonly containers: ReadonlySet<NodeId>
  readonly sockets: readonly SocketBadge[]
}

export function useScene(): Scene {
  const topology = useStore(app().document, state => state.topology)
  const places = useStore(canvasUi, ui => ui.places)
  const glide = useStore(canvasUi, ui => ui.glide)
  const scene = useMemo(() => sceneOf(app(), placed(placed(topology, glide), places)), [topology, glide, places])
  useLayoutEffect(() => {
    latest = scene
    app().geometry.setState({ curves: scene.curves, boxes: scene.boxes })
  }, [scene])
  return scene
}

let latest: Scene | null = null

/** What stands on the canvas now, for keys and menus; null before it was drawn first. */
export function latestScene(): Scene | null {
  return latest
}

function sceneOf({ catalogue }: App, topology: Topology): Scene {
  const boxes = boxesOf(catalogue, topology)
  const curves = curvesOf(catalogue, topology, boxes)
  const containers = new Set(topology.nodes.filter(node => formOf(catalogue, node) === 'container').map(node => node.id))
  return { topology, boxes, curves, containers, sockets: socketBadges(catalogue, topology, { curves, boxes }) }
}
