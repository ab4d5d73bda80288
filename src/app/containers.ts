import type { Catalogue } from '../contract/manifest.ts'
import type { NodeId, Point, Size, Topology, TopologyNode } from '../topology/document.ts'
import type { Place } from '../topology/edit.ts'
import { boxesOf, centreOf, formOf, sizeOf, snapped, type Box } from './node-sizes.ts'

/** Room that a container keeps around what lives in it; the head holds its title. */
export const CONTAINER_PADDING = 24
export const CONTAINER_HEAD = 44
/** Of a container that comes along with what has to live in one. */
export const NEW_CONTAINER: Size = { width: 300, height: 200 }

/**
 * Where moved nodes end up: on the grid, in the container they were dropped into when their kind lives in such a one,
 * with containers grown around them. Returns the moved nodes and every node that has to give way.
 */
export function settled(catalogue: Catalogue, topology: Topology, moved: readonly Place[], options: { /** Not on the grid: where they were aligned to. */ readonly exact?: boolean; /** In the container they are in, wherever they end up. */ readonly stay?: boolean } = {}): readonly Place[] {
  const onGrid = options.exact === true ? (point: Point) => point : snapped
  const after = placed(topology, moved)
  const boxes = boxesOf(catalogue, after)
  const places = new Map<NodeId, Place>()
  const movedIds = new Set(moved.map(place => place.id))
  const nodes = new Map(after.nodes.map(node => [node.id, node]))
  for (const place of moved) {
    const node = nodes.get(place.id)
    if (!node) continue
    const at = onGrid(place.at)
    const home = options.stay === true || movedIds.has(node.within ?? '') ? node.within : homeOf(catalogue, after, boxes, node)
    const box = boxes.get(node.id)!
    const corner = home === node.within ? at : onGrid(relative(box, home === undefined ? undefined : boxes.get(home)))
    places.set(node.id, placeOf(node, { at: corner, within: home }))
  }
  const homes = new Set([...places.values()].flatMap(place => (place.within === undefined ? [] : [place.within])))
  for (const home of homes) grow(catalogue, topology, places, home)
  return [...places.values()]
}

/** The smallest size that a container may be given by hand: what lives in it must stay inside. */
export function sizeMin(catalogue: Catalogue, topology: Topology, container: NodeId): Size {
  const least = { width: 160, height: 100 }
  for (const child of topology.nodes) {
    if (child.within !== container) continue
    const size = sizeOf(catalogue, child)
    least.width = Math.max(least.width, child.at.x + size.width + CONTAINER_PADDING)
    least.height = Math.max(least.height, child.at.y + size.height + CONTAINER_PADDING)
  }
  return least
}

/** The innermost container of a kind that stands at a point. */
export function containerAt(catalogue: Catalogue, topology: Topology, point: Point, kind: string | undefined): NodeId | undefined {
  if (kind === undefined) return undefined
  const boxes = boxesOf(catalogue, topology)
  return topology.nodes.findLast(node => node.type === kind && contains(boxes.get(node.id)!, point))?.id
}

/** The topology as it looks while nodes are being dragged. */
export function placed(topology: Topology, places: readonly Place[]): Topology {
  if (places.length === 0) return topology
  const byId = new Map(places.map(place => [place.id, place]))
  const nodes = topology.nodes.map(node => {
    const place = byId.get(node.id)
    return place ? { ...node, at: place.at, ...(place.size ? { size: place.size } : {}) } : node
  })
  return { ...topology, nodes }
}

function homeOf(catalogue: Catalogue, topology: Topology, boxes: ReadonlyMap<NodeId, Box>, node: TopologyNode): NodeId | undefined {
  const kind = catalogue.node(node.type)?.within
  // A kind that lives nowhere in particular stays where its document has it.
  if (kind === undefined) return node.within
  const middle = centreOf(boxes.get(node.id)!)
  const under = topology.nodes.findLast(other => other.type === kind && other.id !== node.id && contains(boxes.get(other.id)!, middle))
  return under?.id ?? node.within
}

/** Makes a container reach around everything in it. When it grows to the left or up, its children keep their place on the canvas. */
function grow(catalogue: Catalogue, topology: Topology, places: Map<NodeId, Place>, home: NodeId): void {
  const container = topology.nodes.find(node => node.id === home)
  if (!container || formOf(catalogue, container) !== 'container') return
  const own = places.get(home)
  const at = own?.at ?? container.at
  const size = own?.size ?? sizeOf(catalogue, container)
  const children = topology.nodes.filter(node => (places.has(node.id) ? places.get(node.id)!.within : node.within) === home)
  const reach = { left: 0, top: 0, right: size.width, bottom: size.height }
  for (const child of children) {
    const corner = places.get(child.id)?.at ?? child.at
    const box = sizeOf(catalogue, child)
    reach.left = Math.min(reach.left, corner.x - CONTAINER_PADDING)
    reach.top = Math.min(reach.top, corner.y - CONTAINER_HEAD)
    reach.right = Math.max(reach.right, corner.x + box.width + CONTAINER_PADDING)
    reach.bottom = Math.max(reach.bottom, corner.y + box.height + CONTAINER_PADDING)
  }
  const shift = { x: Math.floor(reach.left / 10) * 10, y: Math.floor(reach.top / 10) * 10 }
  if (shift.x === 0 && shift.y === 0 && reach.right === size.width && reach.bottom === size.height) return
  places.set(home, placeOf(container, {
    at: { x: at.x + shift.x, y: at.y + shift.y },
    within: container.within,
    size: { width: reach.right - shift.x, height: reach.bottom - shift.y },
  }))
  if (shift.x === 0 && shift.y === 0) return
  for (const child of children) {
    const place = places.get(child.id) ?? placeOf(child, { at: child.at, within: home })
    places.set(child.id, { ...place, at: { x: place.at.x - shift.x, y: place.at.y - shift.y } })
  }
}

function placeOf(node: TopologyNode, to: { readonly at: Point; readonly within: NodeId | undefined; readonly size?: Size }): Place {
  return { id: node.id, at: to.at, size: to.size ?? node.size, within: to.within }
}

function relative(box: Box, home: Box | undefined): Point {
  return home ? { x: box.x - home.x, y: box.y - home.y } : { x: box.x, y: box.y }
}

function contains(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
}
