import type { Catalogue, NodeManifest } from '../contract/manifest.ts'
import { CONTAINER_HEAD, CONTAINER_PADDING, containerAt, NEW_CONTAINER } from '../app/containers.ts'
import { boxesOf, NODE_SIZES, snapped, type Box } from '../app/node-sizes.ts'
import type { Point, Topology } from '../topology/document.ts'
import type { Spot } from './free-spot.ts'
import { guidesFor, type Guide } from './guides.ts'

/** Where a part would stand that is put down here. */
export interface Landing {
  readonly spot: Spot
  readonly box: Box
  /** The container that it would live in: one that is there, or one that comes along. */
  readonly home: Box | null
  readonly isNewHome: boolean
  /** Lines of its neighbours that it stands on. */
  readonly guides: readonly Guide[]
}

/** An id that no node of a document has, and that isn't empty. */
const CARRIED = ' carried'

/** Of a part with its middle at a point of the canvas: on the grid, or on a line of its neighbours that is within `reach` (flow pixels). */
export function landingAt(catalogue: Catalogue, topology: Topology, kind: NodeManifest, { middle, reach }: { readonly middle: Point; readonly reach: number }): Landing {
  const within = containerAt(catalogue, topology, middle, kind.within)
  const boxes = new Map(boxesOf(catalogue, topology))
  const home = within === undefined ? undefined : boxes.get(within)!
  const size = NODE_SIZES[kind.form]
  const corner = snapped({ x: middle.x - size.width / 2, y: middle.y - size.height / 2 })
  const at = home ? { x: Math.max(corner.x, home.x + CONTAINER_PADDING), y: Math.max(corner.y, home.y + CONTAINER_HEAD) } : corner
  const there = { ...topology, nodes: [...topology.nodes, { id: CARRIED, type: kind.type, label: '', at, config: {}, ...(within === undefined ? {} : { within }) }] }
  const { by, guides } = guidesFor(there, boxes.set(CARRIED, { ...at, ...size }), new Set([CARRIED]), reach)
  const spot = { at: { x: at.x + by.x, y: at.y + by.y }, within }
  const isNewHome = kind.within !== undefined && !home
  return { spot, box: { ...spot.at, ...size }, home: isNewHome ? { x: spot.at.x - CONTAINER_PADDING, y: spot.at.y - CONTAINER_HEAD, ...NEW_CONTAINER } : (home ?? null), isNewHome, guides }
}
