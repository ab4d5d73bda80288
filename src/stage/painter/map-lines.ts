import { CHANNEL_CUT, CHANNEL_OPEN } from '../../contract/figures.ts'
import * as G from '../../contract/glances.ts'
import type { GlanceWindow } from './glance-window.ts'
import type { Path } from './paths.ts'
import type { Look } from './protocol.ts'
import type { Device } from './traffic.ts'

/** A bend every so many pixels is as round as eyes see. */
const PX_A_STRETCH = 9
const WIDTHS = [1, 1.5, 2, 2.75, 3.5] as const

interface Style {
  readonly key: string
  readonly state: number
  readonly width: number
  readonly dashed: boolean
}

/** Channels from afar: those that look alike are one path. */
export function drawLines(context: OffscreenCanvasRenderingContext2D, device: Device, parts: { readonly paths: readonly (Path | null)[]; readonly dashed: readonly boolean[]; readonly dead: readonly number[]; readonly glances: GlanceWindow; readonly look: Look }): void {
  const { paths, dashed, glances, look } = parts
  const dead = new Set(parts.dead)
  const alike = new Map<string, { readonly style: Style; readonly line: Path2D }>()
  const now = glances.now()
  paths.forEach((path, channel) => {
    if (!path || dead.has(channel) || isOutside(path, device)) return
    const block = glances.channel(channel)
    const style = styleOf(now && block >= 0 ? now[block + G.GLANCE_CHANNEL_STATE]! : CHANNEL_OPEN, block < 0 ? 0 : glances.rate(block + G.GLANCE_FORWARD) + glances.rate(block + G.GLANCE_BACKWARD), dashed[channel] === true)
    let group = alike.get(style.key)
    if (!group) {
      group = { style, line: new Path2D() }
      alike.set(style.key, group)
    }
    trace(group.line, path, device)
  })
  const size = device.scale * Math.min(1, Math.max(0.45, device.zoom * 1.4))
  for (const { style, line } of alike.values()) {
    context.strokeStyle = style.state === CHANNEL_CUT ? look.danger : look.line
    context.lineWidth = style.width * size
    context.setLineDash(style.state === CHANNEL_CUT ? [6 * size, 5 * size] : style.state === CHANNEL_OPEN ? (style.dashed ? [5 * size, 4 * size] : []) : [1.5 * size, 4 * size])
    context.stroke(line)
  }
  const letters = new Path2D()
  for (const channel of parts.dead) {
    const path = paths[channel]
    if (path && !isOutside(path, device)) trace(letters, path, device)
  }
  context.strokeStyle = look.dead
  context.lineWidth = 1.5 * size
  context.setLineDash([5 * size, 4 * size])
  context.stroke(letters)
  context.setLineDash([])
}

function styleOf(state: number, perSecond: number, dashed: boolean): Style {
  const width = perSecond <= 0 ? 0 : Math.min(WIDTHS.length - 1, 1 + Math.floor(Math.log10(1 + perSecond)))
  return { key: `${state} ${width} ${dashed ? 1 : 0}`, state, width: WIDTHS[width]!, dashed }
}

function trace(line: Path2D, { length, points }: Path, device: Device): void {
  const last = points.length / 2 - 1
  const stretches = Math.min(last, Math.max(3, Math.round((length * device.zoom) / PX_A_STRETCH)))
  for (let n = 0; n <= stretches; n += 1) {
    const at = Math.round((n * last) / stretches) * 2
    const x = points[at]! * device.factor + device.x
    const y = points[at + 1]! * device.factor + device.y
    if (n === 0) line.moveTo(x, y)
    else line.lineTo(x, y)
  }
}

/** By its ends and its middle: a curve doesn't stray far beyond them. */
function isOutside({ points }: Path, { factor, x, y, width, height }: Device): boolean {
  const middle = (points.length >> 2) << 1
  const xs = [points[0]!, points[middle]!, points[points.length - 2]!].map(value => value * factor + x)
  const ys = [points[1]!, points[middle + 1]!, points[points.length - 1]!].map(value => value * factor + y)
  return Math.max(...xs) < 0 || Math.min(...xs) > width || Math.max(...ys) < 0 || Math.min(...ys) > height
}
