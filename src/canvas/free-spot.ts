import type { Catalogue, NodeManifest } from '../contract/manifest.ts'
import type { NodeId, Point, Size, Topology } from '../topology/document.ts'
import { CONTAINER_HEAD, CONTAINER_PADDING } from '../app/containers.ts'
import { boxesOf, centreOf, NODE_SIZES, overlaps, snapped, type Box } from '../app/node-sizes.ts'

/** Where a part goes that was placed without pointing anywhere. */
export interface Spot {
  /** Top left corner, in flow coordinates. */
  readonly at: Point
  readonly within: NodeId | undefined
}

/** Air around a node that was placed so. */
const AIR = 20
/** Rings of candidates around the wish, this far apart. */
const RING = 40
const RINGS_MAX = 60

/** In the part of the view where its kind belongs (senders left, brokers in the middle, receivers right), on nothing else. */
export function freeSpot(catalogue: Catalogue, topology: Topology, manifest: NodeManifest, place: { readonly view: Box; readonly near: NodeId | undefined }): Spot {
  const boxes = boxesOf(catalogue, topology)
  const home = homeFor(topology, manifest, place.near)
  if (home !== undefined) return { at: insideSpot(topology, boxes, manifest, home), within: home }
  // A kind that needs a container brings one: the room is for that.
  const size = manifest.within === undefined ? NODE_SIZES[manifest.form] : NODE_SIZES.container
  const corner = outsideSpot([...boxes.values()], size, wish(manifest, place.view, size))
  return { at: manifest.within === undefined ? corner : { x: corner.x + CONTAINER_PADDING, y: corner.y + CONTAINER_HEAD }, within: undefined }
}

/** The container of what is selected, when the kind lives in such a one; else the first there is. */
function homeFor(topology: Topology, manifest: NodeManifest, near: NodeId | undefined): NodeId | undefined {
  if (manifest.within === undefined) return undefined
  const chosen = topology.nodes.find(node => node.id === near)
  const homes = topology.nodes.filter(node => node.type === manifest.within)
  return (homes.find(node => node.id === chosen?.id || node.id === chosen?.within) ?? homes[0])?.id
}

/** Hexagons stand at the left of their container, tubes to the right of them, below what is there. */
function insideSpot(topology: Topology, boxes: ReadonlyMap<NodeId, Box>, manifest: NodeManifest, home: NodeId): Point {
  const frame = boxes.get(home)!
  const inside = topology.nodes.filter(node => node.within === home).map(node => boxes.get(node.id)!)
  const size = NODE_SIZES[manifest.form]
  const column = manifest.form === 'hexagon' ? CONTAINER_PADDING : CONTAINER_PADDING + NODE_SIZES.hexagon.width + 70
  const x = Math.round((frame.x + column) / 10) * 10
  let y = Math.round((frame.y + CONTAINER_HEAD + 6) / 10) * 10
  for (let hit = under({ x, y, ...size }, inside); hit; hit = under({ x, y, ...size }, inside)) y = Math.ceil((hit.y + hit.height + AIR) / 10) * 10
  return { x, y }
}

function wish(manifest: NodeManifest, view: Box, size: Size): Point {
  const sends = manifest.can.includes('send') || manifest.can.includes('converse')
  const receives = manifest.can.includes('receive')
  const share = manifest.can.length === 0 || (sends && receives) ? 0.5 : sends ? 0.2 : 0.8
  const middle = centreOf(view)
  return { x: view.x + view.width * share - size.width / 2, y: middle.y - size.height / 2 }
}

/** The free place nearest to the wish. */
function outsideSpot(taken: readonly Box[], size: Size, from: Point): Point {
  for (let ring = 0; ring <= RINGS_MAX; ring++) {
    const candidates = ringAround(ring).map(([right, down]) => snapped({ x: from.x + right * RING, y: from.y + down * RING }))
    const free = candidates.find(corner => !under({ ...corner, ...size }, taken))
    if (free) return free
  }
  return snapped(from)
}

/** Cells at one distance from the middle, straight below and above first: columns read better than diagonals. */
function ringAround(ring: number): readonly (readonly [number, number])[] {
  if (ring === 0) return [[0, 0]]
  const cells: [number, number][] = []
  for (let step = 0; step <= ring; step++) {
    for (const side of step === 0 ? [0] : [step, -step]) cells.push([side, ring], [side, -ring])
  }
  for (let step = 0; step < ring; step++) {
    for (const side of step === 0 ? [0] : [step, -step]) cells.push([ring, side], [-ring, side])
  }
  return cells
}

function under(box: Box, taken: readonly Box[]): Box | undefined {
  const wide = { x: box.x - AIR / 2, y: box.y - AIR / 2, width: box.width + AIR, height: box.height + AIR }
  return taken.find(other => overlaps(wide, other))
}
