import type { Catalogue } from '../contract/manifest.ts'
import type { Channel, ChannelId, NodeId, Point } from '../topology/document.ts'
import { pointOn, type Curve } from './edge-paths.ts'
import { overlaps, type Box } from '../app/node-sizes.ts'

/** A short text that stands on a channel, centred on its point. */
export interface EdgeLabel extends Point {
  readonly channel: ChannelId
  readonly text: string
}

const HEIGHT = 18
/** JetBrains Mono at 11 px, and the label's padding. */
const CHARACTER = 6.6
const PADDING = 14
/** Longer keys are cut by the style sheet; the whole stands in the title. */
const WIDTH_MAX = 150
/** Where along the curve a label may stand: the middle when it can. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82] as const
/** Past this many, two labels on each other are the lesser evil than a slow drag. */
const LABELS_CHECKED_MAX = 400

/** The value of the field that a channel kind shows on its line; empty means nothing is shown. */
export function labelText(catalogue: Catalogue, channel: Channel): string {
  const manifest = catalogue.channel(channel.type)
  if (manifest?.label === undefined) return ''
  const value = channel.config[manifest.label] ?? manifest.fields.find(field => field.id === manifest.label)?.default
  return typeof value === 'string' ? value : ''
}

/** Labels in document order, each where it covers no node and no earlier label if there is such a place. */
export function labelsOf(
  catalogue: Catalogue,
  channels: readonly Channel[],
  layout: { readonly curves: ReadonlyMap<ChannelId, Curve>; readonly boxes: ReadonlyMap<NodeId, Box>; readonly containers: ReadonlySet<NodeId>; readonly sockets?: readonly Box[] },
): readonly EdgeLabel[] {
  const taken = [...[...layout.boxes].filter(([id]) => !layout.containers.has(id)).map(([, box]) => box), ...(layout.sockets ?? [])]
  const labels: EdgeLabel[] = []
  for (const channel of channels) {
    const text = labelText(catalogue, channel)
    const curve = layout.curves.get(channel.id)
    if (text === '' || !curve) continue
    const width = Math.min(text.length * CHARACTER + PADDING, WIDTH_MAX)
    const spot = freeSpot(curve, width, labels.length < LABELS_CHECKED_MAX ? taken : [])
    taken.push(around(spot, width))
    labels.push({ channel: channel.id, text, x: Math.round(spot.x), y: Math.round(spot.y) })
  }
  return labels
}

function freeSpot(curve: Curve, width: number, taken: readonly Box[]): Point {
  for (const place of PLACES) {
    const point = pointOn(curve, place)
    const box = around(point, width)
    if (!taken.some(other => overlaps(other, box))) return point
  }
  return pointOn(curve, PLACES[0])
}

function around(point: Point, width: number): Box {
  return { x: point.x - width / 2, y: point.y - HEIGHT / 2, width, height: HEIGHT }
}
