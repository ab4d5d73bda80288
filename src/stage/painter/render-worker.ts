import type { StageMessage, StageReply } from '../../contract/hops.ts'
import { Atlas } from './atlas.ts'
import { ColourTeller } from './colour-teller.ts'
import { Extras } from './extras.ts'
import { GlanceWindow } from './glance-window.ts'
import { hasGpu } from './gl-stamper.ts'
import { GpuTrial } from './gpu-trial.ts'
import { HOPS_MAX, HopStore } from './hop-store.ts'
import { Lanes } from './lanes.ts'
import { MapPainter } from './map-painter.ts'
import { pathsOf, type Paths } from './paths.ts'
import { Placements } from './placements.ts'
import { Pointer } from './pointer.ts'
import type { FromPainter, Look, PainterName, Tally, ToPainter } from './protocol.ts'
import { StageClock, wallMs } from './stage-clock.ts'
import { Surface } from './surface.ts'
import { type Frame, Traffic } from './traffic.ts'

const LOOK: Look = { messages: [], dead: '#9b3f90', danger: '#d32f2f', warn: '#b26b00', ok: '#138a46', outline: '#fff', canvas: '#fff', border: '#ccc', line: '#888', text: '#000', muted: '#666', flow: '#2e5bff', systems: {} }
/** With so many tokens in one picture they are drawn smaller, until there are clearly fewer again. */
const DENSE_FROM = 8000
const DENSE_UNTIL = 6000
const DENSE_SIZE = 0.72

type Start = Extract<ToPainter, { kind: 'start' }>

/** Takes hops from the simulation, draws them sixty times a second while anything moves, and rests otherwise. */
export class RenderWorker {
  readonly #post: (message: FromPainter) => void
  readonly #reply: (message: StageReply) => void
  readonly #clock = new StageClock()
  readonly #hops = new HopStore()
  readonly #lanes = new Lanes()
  readonly #glances = new GlanceWindow()
  readonly #atlas = new Atlas(LOOK)
  readonly #traffic: Traffic
  readonly #extras: Extras
  readonly #map: MapPainter
  readonly #pointer: Pointer
  readonly #colours: ColourTeller
  readonly #placements = new Placements()
  readonly #surfaces: readonly [Surface, Surface]
  /** Lanes of cuts that hold packets: new hops there mean that they were sent again. */
  readonly #held = new Set<number>()
  #paths: Paths | undefined
  #reduced = false
  #scheduled = false
  #anchored: 0 | 1 | null = null
  #zoom = 1
  #scale = 1
  #dense = false
  #wantsGlances = false
  #gpu = new GpuTrial(false)
  #tally: Tally = { frames: 0, painter: 'canvas', tokens: 0, grains: 0, counts: 0, specials: 0, map: false }

  constructor({ anchors, reasons, painter }: Start, post: (message: FromPainter) => void, reply: (message: StageReply) => void) {
    this.#post = post
    this.#reply = reply
    const parts = { hops: this.#hops, lanes: this.#lanes, glances: this.#glances, atlas: this.#atlas }
    this.#traffic = new Traffic(parts)
    this.#extras = new Extras({ ...parts, traffic: this.#traffic }, LOOK)
    this.#extras.reasons = reasons
    this.#pointer = new Pointer({ ...parts, traffic: this.#traffic })
    this.#colours = new ColourTeller(this.#lanes, lanes => post({ kind: 'colours', lanes }))
    this.#map = new MapPainter({ ...parts, traffic: this.#traffic }, LOOK)
    this.#surfaces = [new Surface(anchors[0], this.#atlas), new Surface(anchors[1], this.#atlas)]
    const few = painter === 'canvas'
    for (const surface of this.#surfaces) surface.fewMost = few ? Infinity : painter === 'blitter' ? 0 : surface.fewMost
    if (painter === 'webgl' || (painter === null && hasGpu())) this.#useGpu(painter === null)
  }

  take(message: Exclude<ToPainter, Start>): void {
    switch (message.kind) {
      case 'anchor':
        this.#surfaces[message.index].anchor(message.view, message.overscan, message.scale)
        this.#zoom = message.view.zoom
        this.#scale = message.scale
        this.#sizeTokens()
        this.#anchored = message.index
        break
      case 'off':
        this.#surfaces[message.index].on = false
        return
      case 'curves':
        this.#paths = pathsOf(message.curves, this.#paths)
        this.#traffic.paths = this.#paths.paths
        this.#mapDue()
        break
      case 'look':
        this.#extras.look = message.look
        this.#map.look = message.look
        this.#atlas.setLook(message.look)
        this.#mapDue()
        break
      case 'motion':
        this.#reduced = message.reduced
        break
      case 'map':
        this.#map.on = message.on
        this.#mapDue()
        break
      case 'cards':
        this.#map.cards = message.cards
        this.#mapDue()
        break
      case 'marked':
        this.#map.growing = new Set(message.growing)
        this.#map.lifted = new Set(message.lifted)
        this.#map.selected = new Set(message.selected)
        this.#map.carried = new Map(message.carried)
        this.#mapDue()
        break
      case 'follow':
        this.#extras.followed = new Set(message.handles)
        break
      case 'point':
        this.#point(message.at, message.reach)
        break
      case 'pick': {
        this.#post({ kind: 'picked', token: this.#pointer.pick(message.at, message.reach, this.#frame()) })
        return
      }
      case 'count':
        this.#post({ kind: 'tally', tally: this.#tally })
        return
    }
    this.#wake()
  }

  takeFromSimulation(message: StageMessage): void {
    switch (message.kind) {
      case 'hops':
        this.#takeHops(message.buffer, message.count)
        break
      case 'glances': {
        const spare = this.#glances.push(message.buffer)
        if (spare) this.#reply({ kind: 'recycle', of: 'glances', buffer: spare })
        if (!this.#map.on && !this.#reduced) return
        this.#mapDue()
        break
      }
      case 'clock':
        this.#clock.set(message.nowNs, message.atMs, message.speed)
        // Nothing that moves with it: nothing to draw.
        if (this.#hops.count === 0 && !this.#reduced) return
        break
      case 'forget': {
        const lane = message.channel * 2 + message.way
        this.#hops.forget({ lane, atNs: message.atNs, reason: message.reason, nowMs: wallMs() })
        if (message.reason === 0) this.#held.add(lane)
        else this.#held.delete(lane)
        break
      }
      case 'clear':
        this.#hops.clear()
        this.#lanes.clear()
        this.#glances.clear()
        this.#held.clear()
        this.#clock.reset()
    }
    this.#wake()
  }

  /** Everything may look different from now on. */
  redraw(): void {
    this.#mapDue()
    this.#wake()
  }

  #takeHops(buffer: ArrayBuffer, count: number): void {
    const nowMs = wallMs()
    const before = this.#hops.count
    this.#hops.push(buffer, count, nowMs)
    const lanes = new Set<number>()
    for (let at = before; at < this.#hops.count; at += 1) {
      this.#lanes.note(this.#hops, at, nowMs)
      if (this.#held.size > 0) lanes.add(this.#hops.lane[at]!)
    }
    for (const lane of lanes) if (this.#held.delete(lane)) this.#hops.releaseHeld(lane)
    this.#reply({ kind: 'recycle', of: 'hops', buffer })
  }

  /** Figures are asked for while they are seen: on the map, as numbers instead of motion, or in ribbons of more than the store holds. */
  #askForGlances(): void {
    const wanted = this.#map.on || this.#reduced || this.#hops.count >= HOPS_MAX / 2
    if (wanted === this.#wantsGlances) return
    this.#wantsGlances = wanted
    this.#reply({ kind: 'glances', wanted })
  }

  #wake(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    requestAnimationFrame(() => this.#draw())
  }

  #frame(): Frame {
    const now = wallMs()
    return { nowNs: this.#clock.at(now), wallMs: now, speed: this.#clock.speed, reduced: this.#reduced }
  }

  #draw(): void {
    this.#scheduled = false
    const frame = this.#frame()
    const moving = this.#traffic.advance(frame, this.#zoom)
    let painter: PainterName = this.#tally.painter
    const startMs = performance.now()
    for (const surface of this.#surfaces) {
      if (!surface.on) continue
      surface.drawMap(this.#map.on ? this.#map : null)
      if (frame.reduced) this.#placements.clear()
      else this.#traffic.place(frame, surface.device, this.#placements)
      painter = surface.draw(this.#placements, this.#extras, frame)
    }
    if (painter === 'webgl' && !this.#gpu.passes(performance.now() - startMs)) this.#leaveGpu()
    this.#tally = { frames: this.#tally.frames + 1, painter, tokens: this.#placements.count - this.#placements.grains, grains: this.#placements.grains, counts: frame.reduced ? Math.max(...this.#surfaces.map(surface => (surface.on ? surface.counts : 0))) : 0, specials: this.#traffic.specialCount, map: this.#map.on }
    const dense = this.#tally.tokens > (this.#dense ? DENSE_UNTIL : DENSE_FROM)
    if (dense !== this.#dense) {
      this.#dense = dense
      this.#sizeTokens()
    }
    this.#colours.tell()
    this.#askForGlances()
    if (this.#anchored !== null) this.#post({ kind: 'drawn', index: this.#anchored })
    this.#anchored = null
    // Paused and nothing falling: the picture is complete until something is told.
    if (moving && (frame.speed > 0 || this.#traffic.specialCount > 0)) this.#wake()
  }

  /** Tokens grow with the zoom, less than it does; very many of them are small, or they would cover each other. */
  #sizeTokens(): void {
    const radius = Math.min(6, Math.max(2.6, 4.8 * Math.sqrt(this.#zoom)))
    this.#atlas.setRadius(radius * this.#scale * (this.#dense ? DENSE_SIZE : 1))
  }

  #useGpu(judged: boolean): void {
    this.#gpu = new GpuTrial(judged)
    const usable = this.#surfaces.every(surface => surface.useGpu(this.#atlas, () => this.#leaveGpu()))
    if (usable) this.#post({ kind: 'gpu', on: true })
    else this.#leaveGpu()
  }

  #leaveGpu(): void {
    for (const surface of this.#surfaces) surface.leaveGpu(this.#placements)
    this.#post({ kind: 'gpu', on: false })
    this.#wake()
  }

  #point(place: { readonly x: number; readonly y: number } | null, reach: number): void {
    const token = this.#pointer.point(this.#reduced ? null : place, reach, this.#frame())
    if (token !== undefined) this.#post({ kind: 'token', token })
  }

  #mapDue(): void {
    for (const surface of this.#surfaces) surface.mapDue = true
  }
}
