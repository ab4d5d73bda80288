import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_COMMAND, LOOK_DEAD, LOOK_EVENT, LOOK_REDELIVERED, LOOK_REPLY, LOOK_SHAPE_MASK } from '../../contract/hops.ts'
import { DIRECTIONS } from './paths.ts'
import type { Look } from './protocol.ts'

/** What of a look is seen: everything but persistence. */
const SEEN_MASK = 0xff
const DIRECTION_SHIFT = 8
const GRAIN = 1 << 13
const KEYS = 1 << 14
const COLUMNS = 32
const CELLS = COLUMNS * COLUMNS
/** Pictures are made for radii of whole steps of this, so that zooming doesn't make them all anew with every frame. */
const RADIUS_STEP = 0.25

/** Pictures of tokens, drawn once per look, direction and size into one sheet, then stamped. */
export class Atlas {
  readonly canvas = new OffscreenCanvas(1, 1)
  /** Grows with each new picture: what is kept elsewhere of the sheet is then out of date. */
  version = 0
  /** Grows when all pictures are made anew: numbers given before are void. */
  edition = 0
  #context = this.canvas.getContext('2d', { willReadFrequently: true })
  #look: Look
  #radius = 0
  #count = 0
  readonly #numbers = new Int16Array(KEYS).fill(-1)

  constructor(look: Look) {
    this.#look = look
  }

  setLook(look: Look): void {
    this.#look = look
    this.#begin()
  }

  setRadius(radius: number): void {
    const step = Math.round(radius / RADIUS_STEP) * RADIUS_STEP
    if (step === this.#radius) return
    this.#radius = step
    this.#begin()
  }

  /** Half the side of every picture, in device pixels. */
  half(): number {
    return Math.ceil(this.#radius * 2) + 1
  }
  side(): number {
    return this.half() * 2
  }
  radius(): number {
    return this.#radius
  }
  static columns(): number {
    return COLUMNS
  }

  /** The number of a message's picture; `direction` matters where the shape points somewhere. */
  token(look: number, direction: number): number {
    const seen = look & SEEN_MASK
    const key = (look & LOOK_SHAPE_MASK) === LOOK_COMMAND ? seen | (direction << DIRECTION_SHIFT) : seen
    const number = this.#numbers[key]!
    return number >= 0 ? number : this.#make(key)
  }

  /** The number of a grain of a ribbon. */
  grain(look: number, direction: number): number {
    // A grain is too small to show more than its colour, and the same both ways.
    const key = (look & (LOOK_DEAD | (LOOK_COLOUR_MASK << LOOK_COLOUR_SHIFT))) | ((direction % (DIRECTIONS / 2)) << DIRECTION_SHIFT) | GRAIN
    const number = this.#numbers[key]!
    return number >= 0 ? number : this.#make(key)
  }

  /** Where a picture stands on the sheet. */
  place(number: number): { readonly x: number; readonly y: number } {
    const side = this.side()
    return { x: (number % COLUMNS) * side, y: Math.floor(number / COLUMNS) * side }
  }

  pixels(number: number): Uint32Array {
    const side = this.side()
    const { x, y } = this.place(number)
    const data = this.#context?.getImageData(x, y, side, side).data
    return data ? new Uint32Array(data.buffer) : new Uint32Array(side * side)
  }

  #begin(): void {
    this.#numbers.fill(-1)
    this.#count = 0
    this.version += 1
    this.edition += 1
    const side = this.side() * COLUMNS
    if (this.canvas.width !== side) {
      this.canvas.width = side
      this.canvas.height = side
    } else this.#context?.clearRect(0, 0, side, side)
  }

  #make(key: number): number {
    if (this.#count === CELLS) this.#begin()
    const number = this.#count
    this.#count += 1
    this.#numbers[key] = number
    this.version += 1
    const context = this.#context
    if (!context) return number
    const { x, y } = this.place(number)
    context.save()
    context.translate(x + this.half(), y + this.half())
    context.rotate((((key >> DIRECTION_SHIFT) % DIRECTIONS) / DIRECTIONS) * Math.PI * 2)
    const colour = (key & LOOK_DEAD) !== 0 ? this.#look.dead : (this.#look.messages[(key >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK] ?? this.#look.text)
    if ((key & GRAIN) !== 0) drawGrain(context, this.#radius, colour)
    else drawToken(context, { look: key, radius: this.#radius, colour, outline: this.#look.outline })
    context.restore()
    return number
  }
}

function drawGrain(context: OffscreenCanvasRenderingContext2D, radius: number, colour: string): void {
  context.lineCap = 'round'
  context.lineWidth = Math.max(1.4, radius * 0.42)
  context.strokeStyle = colour
  context.beginPath()
  context.moveTo(-radius * 0.62, 0)
  context.lineTo(radius * 0.62, 0)
  context.stroke()
}

function drawToken(context: OffscreenCanvasRenderingContext2D, { look, radius: r, colour, outline }: { readonly look: number; readonly radius: number; readonly colour: string; readonly outline: string }): void {
  context.beginPath()
  switch (look & LOOK_SHAPE_MASK) {
    case LOOK_COMMAND:
      context.moveTo(-r * 0.92, -r * 1.04)
      context.lineTo(r * 1.22, 0)
      context.lineTo(-r * 0.92, r * 1.04)
      context.closePath()
      break
    case LOOK_EVENT:
      context.arc(0, 0, r, 0, Math.PI * 2)
      break
    default:
      context.roundRect(-r * 0.92, -r * 0.92, r * 1.84, r * 1.84, r * 0.25)
  }
  context.lineJoin = 'round'
  context.lineWidth = Math.max(1.6, r * 0.55)
  context.strokeStyle = outline
  context.stroke()
  if ((look & LOOK_REPLY) !== 0) {
    context.fillStyle = outline
    context.fill()
    context.lineWidth = Math.max(1.5, r * 0.42)
    context.strokeStyle = colour
    context.stroke()
  } else {
    context.fillStyle = colour
    context.fill()
  }
  if ((look & LOOK_REDELIVERED) === 0) return
  context.beginPath()
  context.arc(0, 0, r * 1.75, 0, Math.PI * 2)
  context.setLineDash([r * 0.75, r * 0.55])
  context.lineCap = 'butt'
  context.lineWidth = Math.max(1.2, r * 0.28)
  context.strokeStyle = colour
  context.stroke()
}
