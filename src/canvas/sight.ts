import { useStore as useFlowStore } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { overlaps, type Box } from '../app/node-sizes.ts'
import type { Channel, ChannelId, NodeId } from '../topology/document.ts'
import { canvasUi } from './canvas-ui.ts'
import { boundsOf } from './edge-paths.ts'
import type { Scene } from './scene.ts'
import { isNote } from '../contract/notes.ts'

/** Up to this many, every node is an element of the page wherever the camera is. */
const ALL_MOUNTED_MAX = 100
/** More nodes than this in sight are painted; fewer than the other are elements again: in between what was stays. */
const MAP_FROM = 110
const MAP_UNTIL = 85
/** Of many that are selected, so many are elements while the rest is painted: enough to be dragged along and seen. */
const LIFTED_MOST = 40
/** What is mounted beyond the camera's view on each side, as a share of it; and when it is too much, after zooming in. */
const SPARE = 0.2
const SLACK_MOST = 2

/** What of the topology is an element of the page now, and whether the rest is painted. */
export interface Sight {
  /** Null: all of them. */
  readonly nodes: ReadonlySet<NodeId> | null
  readonly channels: readonly Channel[]
  /** Map mode: everything is painted by the stage, and only what someone is at is an element. */
  readonly map: boolean
  /** What is in sight, in flow coordinates, with some room; null: everything. */
  readonly box: Box | null
}

/** Follows the camera in steps, so that a frame of panning has nothing to do here. */
export function useSight(scene: Scene): Sight {
  const few = scene.topology.nodes.length <= ALL_MOUNTED_MAX
  const [finder] = useState(() => new SightFinder())
  const framed = useStore(canvasUi, state => state.framed)
  const place = useFlowStore(({ transform: [x, y, zoom], width, height }) => (few ? 'all' : !framed ? 'none' : finder.placeOf({ x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom })))
  const held = useHeld()
  return useMemo(() => (few ? { nodes: null, channels: scene.topology.channels, map: false, box: null } : finder.find(scene, place, held)), [few, finder, scene, place, held])
}

/** Who is in someone's hands or under their eyes: elements also where the rest is painted. As one text, so that it keeps its identity. */
function useHeld(): string {
  const selection = useStore(app().session, session => session.selection)
  const ui = useStore(canvasUi, state => `${state.near ?? ''}\n${state.active?.part === 'node' ? state.active.id : ''}\n${state.renaming ?? ''}\n${state.connection?.from ?? ''}\n${state.places.map(place => place.id).join('\n')}`)
  const channel = useStore(canvasUi, state => (state.active?.part === 'channel' ? state.active.id : ''))
  return useMemo(() => JSON.stringify({ nodes: [...selection.nodes.slice(0, LIFTED_MOST), ...ui.split('\n')].filter(id => id !== ''), channels: [...selection.channels, channel].filter(id => id !== '') }), [selection, ui, channel])
}

class SightFinder {
  #map = false
  #box: Box = { x: 0, y: 0, width: 0, height: 0 }
  #place = 'none'

  /** The box that counts as in sight, as a text: the same one until the camera, which sees `view` of the flow, leaves it or sees much less. */
  placeOf(view: Box): string {
    if (view.width === 0 || view.height === 0) return 'none'
    const box = this.#box
    const covered = view.x >= box.x && view.y >= box.y && view.x + view.width <= box.x + box.width && view.y + view.height <= box.y + box.height
    if (covered && box.width <= view.width * SLACK_MOST) return this.#place
    const spare = { x: view.width * SPARE, y: view.height * SPARE }
    this.#box = { x: view.x - spare.x, y: view.y - spare.y, width: view.width + 2 * spare.x, height: view.height + 2 * spare.y }
    this.#place = JSON.stringify(this.#box)
    return this.#place
  }

  find(scene: Scene, place: string, heldText: string): Sight {
    const held = JSON.parse(heldText) as { readonly nodes: readonly NodeId[]; readonly channels: readonly ChannelId[] }
    // Before the camera knows its size nothing is in sight, so that nothing is mounted in vain.
    if (place === 'none') return { nodes: new Set(), channels: [], map: true, box: null }
    const box = JSON.parse(place) as Box
    const inSight = scene.topology.nodes.filter(node => overlaps(scene.boxes.get(node.id)!, box)).map(node => node.id)
    this.#map = inSight.length > (this.#map ? MAP_UNTIL : MAP_FROM)
    // Notes are not painted: they are few, and stay elements.
    const shown = this.#map ? scene.topology.nodes.filter(node => isNote(node.type) && overlaps(scene.boxes.get(node.id)!, box)).map(node => node.id) : inSight
    const nodes = new Set([...shown, ...held.nodes].filter(id => scene.boxes.has(id)))
    withParents(scene, nodes)
    const chosen = new Set(held.channels)
    const seen = (channel: Channel): boolean => {
      const curve = scene.curves.get(channel.id)
      return curve !== undefined && overlaps(boundsOf(curve), box)
    }
    return { nodes, map: this.#map, box, channels: scene.topology.channels.filter(channel => chosen.has(channel.id) || (!this.#map && seen(channel))) }
  }
}

/** An element inside a container needs the container's element. */
function withParents(scene: Scene, nodes: Set<NodeId>): void {
  const parents = new Map(scene.topology.nodes.map(node => [node.id, node.within]))
  for (const id of nodes) {
    const parent = parents.get(id)
    // A set that grows while it is walked is walked to its new end.
    if (parent !== undefined && scene.boxes.has(parent)) nodes.add(parent)
  }
}
