import * as G from '../../contract/glances.ts'
import { countText } from '../../ui/figure-text.ts'
import type { Atlas } from './atlas.ts'
import type { CanvasStamper } from './canvas-stamper.ts'
import type { GlanceWindow } from './glance-window.ts'
import { FALLING, HELD, type HopStore } from './hop-store.ts'
import type { Lanes } from './lanes.ts'
import { DIRECTIONS, type PathPoint, pointAt } from './paths.ts'
import type { Look } from './protocol.ts'
import { textFace } from './text-face.ts'
import { type Device, FALL_MS, type Frame, type Traffic } from './traffic.ts'

const FALL_PX = 46
const PULSE_MS = 500
/** Shares of the way beyond which a token is at the end of its line, and how level a line is that goes sideways. */
const AT_END_FROM = 0.85
const SIDEWAYS = 0.4
/** Losses this far apart in simulated time, ns, sway a radian apart. */
const SWAY_NS = 1e6
/** What falls off the end of a line falls beside the node there. */
const BESIDE_PX = { left: 9, center: 0, right: -9 } as const
/** More sentences than this at once are a wall of text. */
const SENTENCES_MOST = 24

interface Parts {
  readonly hops: HopStore
  readonly lanes: Lanes
  readonly glances: GlanceWindow
  readonly atlas: Atlas
  readonly traffic: Traffic
}

/** What is drawn one by one, by the canvas itself: what falls, stands or is followed, and the still equivalent of motion. */
export class Extras {
  look: Look
  reasons: readonly string[] = []
  /** Copies that someone follows: they wear a ring wherever they are. */
  followed: ReadonlySet<number> = new Set()
  readonly #parts: Parts
  readonly #point: PathPoint = { x: 0, y: 0, direction: 0 }

  constructor(parts: Parts, look: Look) {
    this.#parts = parts
    this.look = look
  }

  /** Draws, and says whether there was something to draw. */
  draw(context: OffscreenCanvasRenderingContext2D, stamper: CanvasStamper, device: Device, frame: Frame): boolean {
    const drew = this.#drawSpecials(context, stamper, device, frame)
    const followed = this.#drawFollowed(context, stamper, device, frame)
    context.globalAlpha = 1
    return drew || followed
  }

  #drawSpecials(context: OffscreenCanvasRenderingContext2D, stamper: CanvasStamper, device: Device, frame: Frame): boolean {
    const { hops, traffic } = this.#parts
    const losses = new Map<number, Loss>()
    for (let n = 0; n < traffic.specialCount; n += 1) {
      const at = traffic.specials[n]!
      if (!this.#locate(at, device, frame)) continue
      let { x, y } = this.#point
      const state = hops.state[at]!
      context.globalAlpha = state === HELD ? 0.45 : 1
      if (state === FALLING) {
        const fall = Math.min(1, (frame.wallMs - hops.sinceMs[at]!) / FALL_MS)
        const align = this.#alignAt(at)
        x += BESIDE_PX[align] * device.scale
        y += fall * fall * FALL_PX * device.scale
        context.globalAlpha = 1 - fall * fall
        tell(losses, hops.lane[at]! * 32 + hops.reason[at]!, { x, y, fall, align })
        // Each sways its own way, the same in every run: by when it departed, not by where it is kept.
        x += Math.sin(fall * 5 + (hops.depart[at]! / SWAY_NS) % (2 * Math.PI)) * 4 * device.scale
      }
      this.#stamp(context, stamper, at, { x, y })
      if (state !== HELD && state !== FALLING) this.#ring(context, { x, y }, device, this.look.text)
    }
    this.#drawReasons(context, losses, device)
    return traffic.specialCount > 0
  }

  /** One sentence for all that fall off one line for one reason, at the newest of them. */
  #drawReasons(context: OffscreenCanvasRenderingContext2D, losses: ReadonlyMap<number, Loss>, { scale }: Device): void {
    context.font = textFace(600, 11.5 * scale)
    context.lineJoin = 'round'
    let told = 0
    for (const [key, { x, y, fall, count, align }] of losses) {
      if (told === SENTENCES_MOST) return
      told += 1
      const reason = this.reasons[(key & 31) - 1] ?? 'lost'
      const says = count > 1 ? `${reason} ×${count}` : reason
      context.textAlign = align
      context.globalAlpha = 1 - fall * fall * fall
      context.lineWidth = 4 * scale
      context.strokeStyle = this.look.canvas
      context.strokeText(says, x, y + 20 * scale)
      context.fillStyle = this.look.danger
      context.fillText(says, x, y + 20 * scale)
    }
  }

  #drawFollowed(context: OffscreenCanvasRenderingContext2D, stamper: CanvasStamper, device: Device, frame: Frame): boolean {
    const { hops } = this.#parts
    if (this.followed.size === 0) return false
    let drew = false
    context.globalAlpha = 1
    for (let at = 0; at < hops.count; at += 1) {
      if (hops.state[at] === FALLING || !this.followed.has(hops.message[at]!) || frame.nowNs < hops.depart[at]! || !this.#locate(at, device, frame)) continue
      this.#stamp(context, stamper, at, this.#point)
      this.#ring(context, this.#point, device, this.look.flow)
      drew = true
    }
    return drew
  }

  /** Still equivalent of motion: a channel lights up when something departs, and says how many are on their way. Returns the number of channels that say so. */
  drawPulses(context: OffscreenCanvasRenderingContext2D, device: Device, frame: Frame): number {
    const { lanes, traffic, glances } = this.#parts
    let counts = 0
    traffic.paths.forEach((path, channel) => {
      if (!path) return
      const block = glances.channel(channel)
      const count = block < 0 ? lanes.flying[channel * 2]! + lanes.flying[channel * 2 + 1]! : glances.now()![block + G.GLANCE_IN_FLIGHT]!
      const age = Math.min(1, (frame.wallMs - Math.max(lanes.pulseMs[channel * 2]!, lanes.pulseMs[channel * 2 + 1]!)) / PULSE_MS)
      if (count === 0 && age === 1) return
      context.beginPath()
      for (let n = 0; n + 1 < path.points.length; n += 2) context.lineTo(path.points[n]! * device.factor + device.x, path.points[n + 1]! * device.factor + device.y)
      context.strokeStyle = this.look.flow
      context.globalAlpha = 0.18 + 0.5 * (1 - age)
      context.lineWidth = 4 * device.scale
      context.stroke()
      context.globalAlpha = 1
      if (count === 0) return
      counts += 1
      this.#badge(context, countText(count), pointAt(path, 0.5, this.#point), device)
    })
    this.#drawStillReasons(context, device, frame)
    return counts
  }

  #drawStillReasons(context: OffscreenCanvasRenderingContext2D, device: Device, frame: Frame): void {
    const { hops, traffic } = this.#parts
    const losses = new Map<number, Loss>()
    for (let n = 0; n < traffic.specialCount; n += 1) {
      const at = traffic.specials[n]!
      if (hops.state[at] !== FALLING || !this.#locate(at, device, frame)) continue
      tell(losses, hops.lane[at]! * 32 + hops.reason[at]!, { x: this.#point.x, y: this.#point.y, fall: 0, align: this.#alignAt(at) })
    }
    this.#drawReasons(context, losses, device)
    context.globalAlpha = 1
  }

  #badge(context: OffscreenCanvasRenderingContext2D, says: string, { x, y }: PathPoint, device: Device): void {
    const px = x * device.factor + device.x
    const py = y * device.factor + device.y
    context.font = textFace(600, 11 * device.scale)
    context.textAlign = 'center'
    const width = context.measureText(says).width + 10 * device.scale
    const height = 17 * device.scale
    context.beginPath()
    context.roundRect(px - Math.max(width, height) / 2, py - height / 2, Math.max(width, height), height, height / 2)
    context.fillStyle = this.look.outline
    context.fill()
    context.lineWidth = 1.25 * device.scale
    context.strokeStyle = this.look.flow
    context.stroke()
    context.fillStyle = this.look.text
    context.fillText(says, px, py + 4 * device.scale)
  }

  /** Puts the device pixel where a hop stands into `#point`; false when its line is not there. */
  #locate(at: number, device: Device, frame: Frame): boolean {
    const { hops, traffic } = this.#parts
    const lane = hops.lane[at]!
    const path = traffic.paths[lane >> 1]
    if (!path) return false
    const share = traffic.shareOf(at, frame)
    pointAt(path, (lane & 1) === 0 ? share : 1 - share, this.#point)
    this.#point.x = this.#point.x * device.factor + device.x
    this.#point.y = this.#point.y * device.factor + device.y
    return true
  }

  /** At the end of a line there is a node, which covers what lies under it: a sentence there ends, or begins, at the line's end. */
  #alignAt(at: number): keyof typeof BESIDE_PX {
    const { hops } = this.#parts
    const inside = hops.share[at]! > AT_END_FROM ? 1 : hops.share[at]! < 1 - AT_END_FROM ? -1 : 0
    const ahead = Math.cos((this.#point.direction / DIRECTIONS) * Math.PI * 2) * ((hops.lane[at]! & 1) === 0 ? 1 : -1) * inside
    return ahead > SIDEWAYS ? 'right' : ahead < -SIDEWAYS ? 'left' : 'center'
  }

  #stamp(context: OffscreenCanvasRenderingContext2D, stamper: CanvasStamper, at: number, { x, y }: { readonly x: number; readonly y: number }): void {
    const { hops, atlas } = this.#parts
    const turned = (this.#point.direction + ((hops.lane[at]! & 1) * DIRECTIONS) / 2) % DIRECTIONS
    const half = atlas.half()
    context.drawImage(stamper.picture(atlas.token(hops.look[at]!, turned)), x - half, y - half)
  }

  #ring(context: OffscreenCanvasRenderingContext2D, { x, y }: { readonly x: number; readonly y: number }, { scale }: Device, colour: string): void {
    context.beginPath()
    context.arc(x, y, this.#parts.atlas.radius() * 1.9, 0, Math.PI * 2)
    context.lineWidth = 2 * scale
    context.strokeStyle = colour
    context.stroke()
  }
}

interface Loss {
  readonly x: number
  readonly y: number
  readonly fall: number
  readonly align: CanvasTextAlign
  readonly count: number
}

function tell(losses: Map<number, Loss>, key: number, loss: Omit<Loss, 'count'>): void {
  const known = losses.get(key)
  if (!known) losses.set(key, { ...loss, count: 1 })
  else losses.set(key, loss.fall < known.fall ? { ...loss, count: known.count + 1 } : { ...known, count: known.count + 1 })
}
