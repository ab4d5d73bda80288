import { overlaps, type Box } from '../app/node-sizes.ts'
import type { Catalogue, ChannelManifest } from '../contract/manifest.ts'
import type { Channel, ChannelId, NodeId, Point, Topology } from '../topology/document.ts'
import type { Curve } from './edge-paths.ts'

/** A socket on the edge of its node: filled where it has the address, hollow where it connects to one. */
export interface SocketBadge extends Box {
  readonly key: string
  readonly node: NodeId
  /** "PUB". */
  readonly text: string
  readonly role: 'binds' | 'connects' | 'both'
  /** "PUB of alice: binds". */
  readonly title: string
  /** Name of the colour token of its family. */
  readonly colour: string
  /** Its lines; the first is selected by a click. */
  readonly channels: readonly ChannelId[]
}

const HEIGHT = 15
/** JetBrains Mono at 9.5 px, and the badge's padding. */
const CHARACTER = 5.7
const PADDING = 9
/** Between a badge and the line that it stands on, or the node's outline. */
const GAP = 3

type EndName = 'from' | 'to'
interface Ending {
  readonly channel: Channel
  readonly manifest: ChannelManifest
  readonly end: EndName
  readonly at: Point
}

/** Lines of one kind that leave a node, or enter it, meet in one socket: one badge for each side of the node that they run to. */
export function socketBadges(catalogue: Catalogue, topology: Topology, layout: { readonly curves: ReadonlyMap<ChannelId, Curve>; readonly boxes: ReadonlyMap<NodeId, Box> }): readonly SocketBadge[] {
  const types = new Map(topology.nodes.map(node => [node.id, node]))
  const sockets = new Map<string, Ending[]>()
  for (const channel of topology.channels) {
    const manifest = catalogue.channel(channel.type)
    const curve = layout.curves.get(channel.id)
    if (!manifest?.ends || !curve) continue
    for (const end of ['from', 'to'] as const) {
      const node = channel[end]
      const key = `${node} ${channel.type} ${end} ${sideOf(layout.boxes.get(node)!, curve[end])}`
      const ending: Ending = { channel, manifest, end, at: curve[end] }
      const known = sockets.get(key)
      if (known) known.push(ending)
      else sockets.set(key, [ending])
    }
  }
  const badges: SocketBadge[] = []
  for (const [key, endings] of sockets) {
    const { channel, manifest, end } = endings[0]!
    const node = types.get(channel[end])!
    const text = nameAt(manifest, end, node.type)
    const role = roleOf(endings)
    const box = freeSpot(layout.boxes.get(node.id)!, endings, text.length * CHARACTER + PADDING, badges.filter(badge => badge.node === node.id))
    badges.push({ key, node: node.id, text, role, title: `${text} of ${node.label}: ${role === 'both' ? 'binds on some of its lines, connects on others' : role}`, colour: catalogue.familyOf(manifest.type)?.colour ?? 'application', channels: endings.map(one => one.channel.id), ...box })
  }
  return badges
}

/** Whether this end of a line has the address; null where the kind knows no such thing. */
export function bindsAt(manifest: ChannelManifest, channel: Channel, end: EndName): boolean | null {
  if (!manifest.ends) return null
  const { bound } = manifest.ends
  return (channel.config[bound] ?? manifest.fields.find(field => field.id === bound)?.default) === end
}

function nameAt(manifest: ChannelManifest, end: EndName, nodeType: string): string {
  const ends = manifest.ends!
  return (ends.at?.[nodeType] ?? ends)[end]
}

function roleOf(endings: readonly Ending[]): SocketBadge['role'] {
  const bound = endings.filter(({ manifest, channel, end }) => bindsAt(manifest, channel, end) === true).length
  return bound === endings.length ? 'binds' : bound === 0 ? 'connects' : 'both'
}

function sideOf(box: Box, at: Point): 'left' | 'right' | 'top' | 'bottom' {
  if (at.y <= box.y) return 'top'
  if (at.y >= box.y + box.height) return 'bottom'
  return at.x < box.x + box.width / 2 ? 'left' : 'right'
}

/** Outside the node, on the topmost of its lines; under the lowest where another badge stands there already, then further up and down. */
function freeSpot(box: Box, endings: readonly Ending[], width: number, taken: readonly Box[]): Box {
  const spots = spotsOf(box, endings, width)
  return spots.find(spot => !taken.some(other => overlaps(spot, other))) ?? spots[0]!
}

function spotsOf(box: Box, endings: readonly Ending[], width: number): readonly Box[] {
  const side = sideOf(box, endings[0]!.at)
  const xs = endings.map(({ at }) => at.x)
  const ys = endings.map(({ at }) => at.y)
  const steps = [0, 1, 2, 3]
  if (side === 'left' || side === 'right') {
    const x = side === 'left' ? box.x - GAP - width : box.x + box.width + GAP
    return steps.flatMap(step => [
      { x, y: Math.min(...ys) - GAP - HEIGHT * (step + 1), width, height: HEIGHT },
      { x, y: Math.max(...ys) + GAP + HEIGHT * step, width, height: HEIGHT },
    ])
  }
  const y = side === 'top' ? box.y - GAP - HEIGHT : box.y + box.height + GAP
  return steps.flatMap(step => [
    { x: Math.max(...xs) + GAP + width * step, y, width, height: HEIGHT },
    { x: Math.min(...xs) - GAP - width * (step + 1), y, width, height: HEIGHT },
  ])
}
