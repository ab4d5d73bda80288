import type { DrawnWay } from '../contract/figures.ts'
import type { Channel, ChannelId, NodeId, Topology } from '../topology/document.ts'
import type { Box } from '../app/node-sizes.ts'
import { pointOn, type Curve } from './edge-paths.ts'

/** A way between two nodes without a channel of the document, as it is drawn. */
export interface WayLine {
  readonly way: DrawnWay
  readonly curve: Curve
  /** What it carries, which stands on it. */
  readonly label: Box
}

const LABEL_HEIGHT = 18
const CHARACTER = 6.6
const PADDING = 14

/** The ways whose ends are both there, as if they were channels: so that lines find their places beside each other. */
export function asChannels(topology: Topology, ways: readonly DrawnWay[]): readonly Channel[] {
  const there = new Set(topology.nodes.map(node => node.id))
  return ways.filter(way => there.has(way.from) && there.has(way.to)).map(({ id, from, to }) => ({ id, type: '', from, to, config: {} }))
}

export function wayLines(ways: readonly DrawnWay[], curves: ReadonlyMap<ChannelId, Curve>): readonly WayLine[] {
  return ways.flatMap(way => {
    const curve = curves.get(way.id)
    return curve ? [{ way, curve, label: labelBox(curve, way.carries) }] : []
  })
}

export function wayName({ from, to, carries }: DrawnWay, label: (id: NodeId) => string): string {
  return `${carries} of ${label(from)} go to ${label(to)}`
}

function labelBox(curve: Curve, text: string): Box {
  const { x, y } = pointOn(curve, 0.5)
  const width = text.length * CHARACTER + PADDING
  return { x: x - width / 2, y: y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT }
}
