import { LOOK_COMMAND, LOOK_SHAPE_MASK } from '../../contract/hops.ts'
import { FALLING, FLYING, HELD, type HopStore } from './hop-store.ts'
import type { Look, View } from './protocol.ts'
import { crowded } from './crowding.ts'
import { pointAt, type PathPoint } from './path-point.ts'
import type { Sprites } from './sprites.ts'

/** A crossing shorter than this on the wall is shown this long, or nobody would see it: zero latency, fast forward. */
const SHOWN_MS_LEAST = 180
/** How long a lost message falls. */
const FALL_MS = 1100
const FALL_PX = 46
/** A ribbon moves at the true speed, up to what the eye can follow. */
const RIBBON_PX_PER_S_MAX = 260
const PULSE_MS = 500

export interface Anchored {
  readonly canvas: OffscreenCanvas
  view: View
  overscan: number
  /** Device pixels per CSS pixel. */
  scale: number
}

export interface Frame {
  readonly nowNs: number
  readonly wallMs: number
  readonly speed: number
  readonly reduced: boolean
}

/** Everything that is drawn, from hops, paths and time. */
export class Scene {
  tables: readonly (Float32Array | null)[] = []
  reasons: readonly string[] = []
  look: Look
  readonly #hops: HopStore
  readonly #sprites: Sprites
  #perChannel = new Int32Array(64)
  #ribbon = new Uint8Array(64)
  #pulseMs = new Float64Array(64)
  readonly #point: PathPoint = { x: 0, y: 0, dx: 1, dy: 0 }

  constructor(hops: HopStore, sprites: Sprites, look: Look) {
    this.#hops = hops
    this.#sprites = sprites
    this.look = look
  }

  /** Draws one frame; true while there is something that moves. */
  draw(target: Anchored, frame: Frame): boolean {
    const context = target.canvas.getContext('2d')
    if (!context) return false
    const { zoom, x, y } = target.view
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, target.canvas.width, target.canvas.height)
    this.#count(frame, zoom)
    if (frame.reduced) return this.#drawPulses(context, target, frame)
    this.#sprites.setRadius(Math.min(6, Math.max(3.4, 4.8 * Math.sqrt(zoom))) * target.scale)
    const toDevice = { scale: zoom * target.scale, x: (x + target.overscan) * target.scale, y: (y + target.overscan) * target.scale }
    this.#drawRibbons(context, toDevice, frame)
    return this.#drawTokens(context, toDevice, frame, target.scale)
  }

  /** Removes what has arrived, counts what is on each channel, and decides which channels are ribbons. */
  #count(frame: Frame, zoom: number): void {
    const hops = this.#hops
    this.#fit(this.tables.length)
    this.#perChannel.fill(0)
    const stretchNs = SHOWN_MS_LEAST * 1e6 * frame.speed
    for (let at = hops.count - 1; at >= 0; at -= 1) {
      const channel = hops.channel[at]!
      if (hops.state[at] === FALLING) {
        if (frame.wallMs - hops.sinceMs[at]! > FALL_MS) hops.remove(at)
        continue
      }
      if (hops.state[at] === HELD) continue
      if (hops.reason[at]! > 0) {
        // A loss at the end of its channel: it begins to fall when it has arrived.
        if (frame.nowNs >= hops.depart[at]!) {
          hops.state[at] = FALLING
          hops.sinceMs[at] = frame.wallMs
        }
        continue
      }
      const end = Math.max(hops.arrive[at]!, hops.depart[at]! + stretchNs)
      if (frame.nowNs >= end) {
        hops.remove(at)
        continue
      }
      this.#perChannel[channel]! += 1
      if (hops.depart[at]! > frame.nowNs - 50e6 * frame.speed) this.#pulseMs[channel] = frame.wallMs
    }
    for (let channel = 0; channel < this.tables.length; channel += 1) {
      const length = (this.tables[channel]?.[0] ?? 0) * zoom
      this.#ribbon[channel] = crowded(this.#perChannel[channel]!, length, this.#ribbon[channel] === 1) ? 1 : 0
    }
  }

  #drawTokens(context: OffscreenCanvasRenderingContext2D, device: Device, frame: Frame, scale: number): boolean {
    const hops = this.#hops
    const stretchNs = SHOWN_MS_LEAST * 1e6 * frame.speed
    const half = this.#sprites.half()
    let moving = false
    for (let at = 0; at < hops.count; at += 1) {
      const channel = hops.channel[at]!
      const table = this.tables[channel]
      if (!table) continue
      const state = hops.state[at]!
      if (state === FLYING && (this.#ribbon[channel] === 1 || frame.nowNs < hops.depart[at]! || hops.reason[at]! > 0)) {
        moving = true
        continue
      }
      const span = Math.max(hops.arrive[at]! - hops.depart[at]!, stretchNs)
      const share = state === FLYING ? (span <= 0 ? 1 : Math.min(1, (frame.nowNs - hops.depart[at]!) / span)) : hops.share[at]!
      const point = pointAt(table, hops.way[at] === 0 ? share : 1 - share, this.#point)
      let px = point.x * device.scale + device.x
      let py = point.y * device.scale + device.y
      if (state !== HELD) moving = true
      if (state === FALLING) {
        const fall = Math.min(1, (frame.wallMs - hops.sinceMs[at]!) / FALL_MS)
        px += Math.sin(fall * 5) * 4 * scale
        py += fall * fall * FALL_PX * scale
        context.globalAlpha = 1 - fall * fall
        context.fillStyle = this.look.danger
        context.font = `500 ${11 * scale}px Inter Variable, system-ui, sans-serif`
        context.textAlign = 'center'
        context.fillText(this.reasons[hops.reason[at]! - 1] ?? 'lost', px, py + 18 * scale)
      } else context.globalAlpha = state === HELD ? 0.45 : 1
      const sprite = this.#sprites.of(hops.look[at]!)
      if ((hops.look[at]! & LOOK_SHAPE_MASK) === LOOK_COMMAND) {
        const turn = hops.way[at] === 0 ? 1 : -1
        context.setTransform(point.dx * turn, point.dy * turn, -point.dy * turn, point.dx * turn, px, py)
        context.drawImage(sprite, -half, -half)
        context.setTransform(1, 0, 0, 1, 0, 0)
      } else context.drawImage(sprite, Math.round(px - half), Math.round(py - half))
    }
    context.globalAlpha = 1
    return moving
  }

  /** Crowded channels: a dashed band that flows; its density and speed follow the rate. */
  #drawRibbons(context: OffscreenCanvasRenderingContext2D, device: Device, frame: Frame): void {
    for (let channel = 0; channel < this.tables.length; channel += 1) {
      const table = this.tables[channel]
      if (this.#ribbon[channel] === 0 || !table) continue
      const density = Math.min(1, (this.#perChannel[channel]! * 8) / Math.max(1, table[0]! * device.scale))
      context.beginPath()
      for (let n = 1; n + 1 < table.length; n += 2) context.lineTo(table[n]! * device.scale + device.x, table[n + 1]! * device.scale + device.y)
      context.lineCap = 'butt'
      context.lineWidth = Math.max(3, 6 * Math.min(1, device.scale))
      context.strokeStyle = this.look.flow
      context.globalAlpha = 0.35 + 0.45 * density
      const dash = 6 + 8 * density
      context.setLineDash([dash, 14 - dash / 1.4 + 3])
      context.lineDashOffset = -((frame.wallMs / 1000) * RIBBON_PX_PER_S_MAX * (frame.speed > 0 ? 1 : 0)) % 1000
      context.stroke()
      context.setLineDash([])
    }
    context.globalAlpha = 1
  }

  /** Still equivalent of motion: a channel lights up when something departs, with the number on its way. */
  #drawPulses(context: OffscreenCanvasRenderingContext2D, target: Anchored, frame: Frame): boolean {
    const scale = target.view.zoom * target.scale
    const dx = (target.view.x + target.overscan) * target.scale
    const dy = (target.view.y + target.overscan) * target.scale
    let pulsing = false
    for (let channel = 0; channel < this.tables.length; channel += 1) {
      const table = this.tables[channel]
      const count = this.#perChannel[channel]!
      if (!table || count === 0) continue
      pulsing = true
      const age = Math.min(1, (frame.wallMs - this.#pulseMs[channel]!) / PULSE_MS)
      context.beginPath()
      for (let n = 1; n + 1 < table.length; n += 2) context.lineTo(table[n]! * scale + dx, table[n + 1]! * scale + dy)
      context.strokeStyle = this.look.flow
      context.globalAlpha = 0.25 + 0.5 * (1 - age)
      context.lineWidth = 4 * target.scale
      context.stroke()
      context.globalAlpha = 1
      const middle = pointAt(table, 0.5, this.#point)
      context.fillStyle = this.look.outline
      context.beginPath()
      context.arc(middle.x * scale + dx, middle.y * scale + dy, 9 * target.scale, 0, Math.PI * 2)
      context.fill()
      context.fillStyle = this.look.text
      context.font = `600 ${11 * target.scale}px Inter Variable, system-ui, sans-serif`
      context.textAlign = 'center'
      context.fillText(String(count), middle.x * scale + dx, middle.y * scale + dy + 4 * target.scale)
    }
    return pulsing
  }

  #fit(channels: number): void {
    if (channels <= this.#perChannel.length) return
    this.#perChannel = new Int32Array(channels * 2)
    this.#ribbon = new Uint8Array(channels * 2)
    this.#pulseMs = new Float64Array(channels * 2)
  }
}

interface Device {
  readonly scale: number
  readonly x: number
  readonly y: number
}
