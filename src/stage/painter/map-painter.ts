import { STATE_ABSENT, STATE_DOWN } from '../../contract/figures.ts'
import * as G from '../../contract/glances.ts'
import { countText, rateText } from '../../ui/figure-text.ts'
import type { Atlas } from './atlas.ts'
import type { GlanceWindow } from './glance-window.ts'
import { drawLog } from './map-log.ts'
import { drawTube } from './map-tube.ts'
import { textFace } from './text-face.ts'
import { drawLines } from './map-lines.ts'
import type { Card, Cards, Look, SystemColours } from './protocol.ts'
import { type Device, type Traffic } from './traffic.ts'

/** Heights in CSS pixels from which a node says more: its name, then its figure, then what it holds. */
const NAMED = 15
const FIGURED = 27
const DETAILED = 48
const FONT_MOST = 13
/** Width of a letter of the text face, as a share of its size. */
const LETTER = 0.53
/** A node that does this many a second is as busy as its bar can show. */
const BUSY = 1000
const PLAIN: SystemColours = { line: '#888', soft: '#eee', text: '#444' }

interface Parts {
  readonly glances: GlanceWindow
  readonly traffic: Traffic
  readonly atlas: Atlas
}

/** What a node shows now. */
interface Live {
  readonly state: number
  readonly kind: number
  readonly value: number
  readonly held: number
  readonly growing: boolean
}

/** The topology from afar: nodes and channels painted with their live figures, when they are too many for elements of the page. */
export class MapPainter {
  on = false
  look: Look
  cards: Cards = { layout: -1, cards: [], dashed: [], dead: [] }
  growing: ReadonlySet<number> = new Set()
  lifted: ReadonlySet<number> = new Set()
  selected: ReadonlySet<number> = new Set()
  /** Colours of what nodes send. */
  carried: ReadonlyMap<number, number> = new Map()
  readonly #parts: Parts

  constructor(parts: Parts, look: Look) {
    this.#parts = parts
    this.look = look
  }

  draw(context: OffscreenCanvasRenderingContext2D, device: Device): void {
    const seen = this.#seen(device)
    context.textBaseline = 'middle'
    for (const place of seen) if (this.cards.cards[place]!.form === 'container') this.#drawContainer(context, device, place)
    drawLines(context, device, { paths: this.#parts.traffic.paths, dashed: this.cards.dashed, dead: this.cards.dead, glances: this.#parts.glances, look: this.look })
    for (const place of seen) if (this.cards.cards[place]!.form !== 'container') this.#drawNode(context, device, place)
  }

  #seen({ factor, x, y, width, height }: Device): readonly number[] {
    const seen: number[] = []
    this.cards.cards.forEach((card, place) => {
      const left = card.x * factor + x
      const top = card.y * factor + y
      if (!this.lifted.has(place) && left < width && top < height && left + card.width * factor > 0 && top + card.height * factor > 0) seen.push(place)
    })
    return seen
  }

  #live(place: number): Live | null {
    const { glances } = this.#parts
    const at = glances.node(place, this.cards.layout)
    if (at < 0) return null
    const now = glances.now()!
    const kind = now[at + G.GLANCE_KIND]!
    return { state: now[at + G.GLANCE_STATE]!, kind, value: kind === G.GLANCE_COUNTER ? glances.rate(at + G.GLANCE_VALUE) : now[at + G.GLANCE_VALUE]!, held: now[at + G.GLANCE_HELD]!, growing: this.growing.has(place) }
  }

  #drawContainer(context: OffscreenCanvasRenderingContext2D, device: Device, place: number): void {
    const card = this.cards.cards[place]!
    const { line, soft, text } = this.look.systems[card.system] ?? PLAIN
    const down = this.#live(place)?.state === STATE_DOWN
    outline(context, card, device, 12)
    context.fillStyle = soft
    context.fill()
    context.strokeStyle = down ? this.look.danger : line
    context.lineWidth = (down ? 1.5 : 1) * device.scale
    context.globalAlpha = down ? 1 : 0.5
    context.setLineDash(down ? [5 * device.scale, 4 * device.scale] : [])
    context.stroke()
    context.setLineDash([])
    context.globalAlpha = 1
    const size = Math.min(FONT_MOST, Math.max(10, FONT_MOST * device.zoom * 1.6))
    if (card.width * device.zoom < 60) return
    context.font = textFace(600, size * device.scale)
    context.textAlign = 'left'
    context.fillStyle = down ? this.look.danger : text
    const inset = Math.min(14, 20 * device.zoom)
    context.fillText(cut(down ? `${card.label}: down` : card.label, card.width * device.zoom - 2 * inset, size), card.x * device.factor + device.x + inset * device.scale, card.y * device.factor + device.y + Math.max(size * 0.75, 18 * device.zoom) * device.scale)
  }

  #drawNode(context: OffscreenCanvasRenderingContext2D, device: Device, place: number): void {
    const card = this.cards.cards[place]!
    const colours = this.look.systems[card.system] ?? PLAIN
    const live = this.#live(place)
    const heightPx = card.height * device.zoom
    outline(context, card, device, 10)
    context.fillStyle = heightPx < NAMED ? colours.soft : this.look.outline
    context.fill()
    const down = live?.state === STATE_DOWN
    const away = live?.state === STATE_ABSENT
    context.strokeStyle = down ? this.look.danger : live?.growing ? this.look.warn : card.form === 'hexagon' || heightPx < NAMED ? colours.line : this.look.border
    context.lineWidth = (down || live?.growing ? 2 : card.form === 'hexagon' ? 1.5 : 1) * device.scale * Math.min(1, Math.max(0.6, heightPx / 20))
    context.setLineDash(down || away ? [4 * device.scale, 3 * device.scale] : [])
    context.stroke()
    context.setLineDash([])
    if (this.selected.has(place)) this.#drawChosen(context, device)
    const carried = this.carried.get(place)
    if (card.form === 'card') this.#drawBar(context, device, card, down ? this.look.danger : carried === undefined ? colours.line : this.look.messages[carried]!)
    if (live && card.form === 'tube') this.#drawTube(context, device, place, live)
    else if (live && heightPx < NAMED) this.#drawPace(context, device, card, live)
    if (live && card.form === 'card' && heightPx >= DETAILED) this.#drawLamp(context, device, card, down ? this.look.danger : this.look.ok)
    if (heightPx >= NAMED) this.#drawWords(context, device, card, live)
  }

  /** The ring of what is selected, along the outline that was drawn last. */
  #drawChosen(context: OffscreenCanvasRenderingContext2D, device: Device): void {
    context.strokeStyle = this.look.flow
    context.lineWidth = 2.5 * device.scale
    context.stroke()
  }

  /** The system's colour at the left edge. */
  #drawBar(context: OffscreenCanvasRenderingContext2D, device: Device, card: Card, colour: string): void {
    context.fillStyle = colour
    const inset = Math.min(8 * device.zoom, 8) * device.scale
    context.fillRect(card.x * device.factor + device.x - device.scale * 0.5, card.y * device.factor + device.y + inset, Math.max(1.5, 3 * Math.min(1, device.zoom * 1.5)) * device.scale, card.height * device.factor - 2 * inset)
  }

  #drawTube(context: OffscreenCanvasRenderingContext2D, device: Device, place: number, live: Live): void {
    const { glances, atlas } = this.#parts
    const card = this.cards.cards[place]!
    const now = glances.now()!
    const at = glances.node(place, this.cards.layout)
    const detailed = card.height * device.zoom >= DETAILED
    const looks = detailed ? now.subarray(at + G.GLANCE_LOOKS, at + G.GLANCE_LOOKS + G.GLANCE_LOOKS_MOST) : null
    const log = now[at + G.GLANCE_LOG]!
    const waiting = live.kind === G.GLANCE_LEVEL ? live.value : live.held
    const colour = live.growing ? this.look.warn : (this.look.systems[card.system] ?? PLAIN).line
    if (log >= 0) drawLog(context, device, { card, colour, looks, log: now.subarray(log, log + G.GLANCE_LOG_SLOTS) }, { look: this.look, atlas })
    else drawTube(context, device, { card, waiting, held: live.held, colour, looks }, { look: this.look, atlas })
  }

  /** How busy a node is that is too small for words: on a scale of orders of magnitude. */
  #drawPace(context: OffscreenCanvasRenderingContext2D, device: Device, card: Card, live: Live): void {
    const share = Math.min(1, Math.log10(1 + live.value) / Math.log10(1 + BUSY))
    context.fillStyle = (this.look.systems[card.system] ?? PLAIN).line
    context.globalAlpha = 0.85
    const side = 11 * device.factor
    context.fillRect(card.x * device.factor + device.x + side, (card.y + card.height * 0.78) * device.factor + device.y, (card.width * device.factor - 2 * side) * share, Math.max(1.5 * device.scale, card.height * device.factor * 0.14))
    context.globalAlpha = 1
  }

  /** The lamp of an application: it works, or it is down. */
  #drawLamp(context: OffscreenCanvasRenderingContext2D, device: Device, card: Card, colour: string): void {
    context.beginPath()
    context.arc((card.x + card.width - 14) * device.factor + device.x, (card.y + 17) * device.factor + device.y, 4 * device.factor, 0, Math.PI * 2)
    context.fillStyle = colour
    context.fill()
  }

  #drawWords(context: OffscreenCanvasRenderingContext2D, device: Device, card: Card, live: Live | null): void {
    const heightPx = card.height * device.zoom
    const size = Math.min(FONT_MOST, Math.max(9, heightPx * 0.3))
    const figure = heightPx >= FIGURED && live ? figureOf(live) : ''
    const inset = Math.max(3, (card.form === 'hexagon' ? 20 : 12) * device.zoom)
    const room = card.width * device.zoom - 2 * inset
    const left = card.x * device.factor + device.x + inset * device.scale
    const top = card.y * device.factor + device.y
    const below = figure !== '' && heightPx >= DETAILED * 0.8 && card.form !== 'tube'
    const beside = figure !== '' && !below ? figure.length * LETTER * size + 6 : 0
    context.font = textFace(600, size * device.scale)
    context.fillStyle = this.look.text
    context.textAlign = card.form === 'hexagon' ? 'center' : 'left'
    const middle = below ? 0.32 : card.form === 'tube' && heightPx >= DETAILED ? 0.28 : 0.44
    context.fillText(cut(card.label, room - beside, size), card.form === 'hexagon' ? left + (room / 2) * device.scale : left, top + card.height * device.factor * middle)
    if (figure === '') return
    context.textAlign = 'right'
    context.fillStyle = live?.state === STATE_DOWN ? this.look.danger : live?.growing ? this.look.warn : this.look.text
    context.fillText(figure, left + room * device.scale, top + card.height * device.factor * (below ? 0.72 : middle))
  }
}

function figureOf({ state, kind, value }: Live): string {
  if (state === STATE_DOWN) return 'down'
  if (state === STATE_ABSENT) return 'away'
  return kind === G.GLANCE_COUNTER ? rateText(value) : kind === G.GLANCE_LEVEL ? countText(value) : ''
}

function outline(context: OffscreenCanvasRenderingContext2D, card: Card, { factor, x, y }: Device, radius: number): void {
  const left = card.x * factor + x
  const top = card.y * factor + y
  const width = card.width * factor
  const height = card.height * factor
  context.beginPath()
  if (card.form === 'hexagon') {
    const tip = 22 * factor
    context.moveTo(left, top + height / 2)
    context.lineTo(left + tip, top)
    context.lineTo(left + width - tip, top)
    context.lineTo(left + width, top + height / 2)
    context.lineTo(left + width - tip, top + height)
    context.lineTo(left + tip, top + height)
    context.closePath()
  } else if (height < 10) context.rect(left, top, width, height)
  else context.roundRect(left, top, width, height, radius * factor)
}

/** As much of a text as has room: its beginning and its end, since names in numbers differ at the end. */
function cut(text: string, roomPx: number, size: number): string {
  const letters = Math.floor(roomPx / (size * LETTER))
  if (text.length <= letters) return text
  if (letters < 4) return ''
  const tail = Math.floor((letters - 1) / 2)
  return `${text.slice(0, letters - 1 - tail)}…${text.slice(-tail)}`
}
