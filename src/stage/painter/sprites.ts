import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_COMMAND, LOOK_DEAD, LOOK_EVENT, LOOK_REDELIVERED, LOOK_REPLY, LOOK_SHAPE_MASK } from '../../contract/hops.ts'
import type { Look } from './protocol.ts'

/** Tokens drawn once per look and size, then stamped. */
export class Sprites {
  #look: Look
  #radius = 0
  readonly #made = new Map<number, OffscreenCanvas>()

  constructor(look: Look) {
    this.#look = look
  }

  setLook(look: Look): void {
    this.#look = look
    this.#made.clear()
  }

  /** Half the side of every sprite, in device pixels. */
  half(): number {
    return Math.ceil(this.#radius * 2)
  }

  setRadius(radius: number): void {
    if (Math.abs(radius - this.#radius) < 0.05) return
    this.#radius = radius
    this.#made.clear()
  }

  of(look: number): OffscreenCanvas {
    let sprite = this.#made.get(look)
    if (!sprite) {
      sprite = this.#draw(look)
      this.#made.set(look, sprite)
    }
    return sprite
  }

  #draw(look: number): OffscreenCanvas {
    const half = this.half()
    const canvas = new OffscreenCanvas(half * 2, half * 2)
    const context = canvas.getContext('2d')
    if (!context) return canvas
    const r = this.#radius
    const colour = (look & LOOK_DEAD) !== 0 ? this.#look.dead : (this.#look.messages[(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK] ?? this.#look.text)
    context.translate(half, half)
    context.beginPath()
    switch (look & LOOK_SHAPE_MASK) {
      case LOOK_COMMAND:
        context.moveTo(-r * 0.95, -r * 1.05)
        context.lineTo(r * 1.25, 0)
        context.lineTo(-r * 0.95, r * 1.05)
        context.closePath()
        break
      case LOOK_EVENT:
        context.arc(0, 0, r, 0, Math.PI * 2)
        break
      default:
        context.rect(-r * 0.9, -r * 0.9, r * 1.8, r * 1.8)
    }
    context.lineJoin = 'round'
    context.lineWidth = Math.max(2, r * 0.7)
    context.strokeStyle = this.#look.outline
    context.stroke()
    if ((look & LOOK_REPLY) !== 0) {
      context.fillStyle = this.#look.outline
      context.fill()
      context.lineWidth = Math.max(1.5, r * 0.38)
      context.strokeStyle = colour
      context.stroke()
    } else {
      context.fillStyle = colour
      context.fill()
    }
    if ((look & LOOK_REDELIVERED) !== 0) {
      context.beginPath()
      context.arc(0, 0, r * 1.7, 0, Math.PI * 2)
      context.setLineDash([r * 0.7, r * 0.5])
      context.lineWidth = Math.max(1.2, r * 0.28)
      context.strokeStyle = colour
      context.stroke()
    }
    return canvas
  }
}
