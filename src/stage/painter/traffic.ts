import * as G from '../../contract/glances.ts'
import type { Atlas } from './atlas.ts'
import { crowded, type Flow, flowOf, rowsOf } from './crowding.ts'
import type { GlanceWindow } from './glance-window.ts'
import { CATCHING_UP, FALLING, FLYING, HELD, HOPS_MAX, type HopStore, STOPPED } from './hop-store.ts'
import { type Lanes, LOOKS_SAMPLED } from './lanes.ts'
import { type Path, type PathPoint, pointAt, DIRECTIONS } from './paths.ts'
import { GRAINS_MAX, type Placements } from './placements.ts'

/** A crossing shorter than this on the wall is shown this long, or nobody would see it: zero latency, fast forward. */
const SHOWN_MS_LEAST = 180
/** How long a lost message falls. */
export const FALL_MS = 1100
const CATCH_UP_MS = 260
/** Rows of a ribbon's grains lie this far apart, in CSS pixels at full size. */
const ROW_PX = 2.7
/** More than this fall or are held at once: the rest is in the figures. */
const SPECIALS_MOST = 600

export interface Frame {
  readonly nowNs: number
  readonly wallMs: number
  /** Simulated seconds per wall second; 0: paused. */
  readonly speed: number
  readonly reduced: boolean
}

/** From flow coordinates to the device pixels of one canvas. */
export interface Device {
  readonly zoom: number
  /** Device pixels per CSS pixel, and per unit of the flow's coordinates. */
  readonly scale: number
  readonly factor: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Moves hops on with time, and says what stands where. */
export class Traffic {
  paths: readonly (Path | null)[] = []
  /** Hops that don't simply fly: held, falling, stopped. They are drawn one by one. */
  readonly specials = new Int32Array(SPECIALS_MOST)
  specialCount = 0
  readonly #hops: HopStore
  readonly #lanes: Lanes
  readonly #glances: GlanceWindow
  readonly #atlas: Atlas
  readonly #point: PathPoint = { x: 0, y: 0, direction: 0 }
  #lastMs = 0

  constructor(parts: { readonly hops: HopStore; readonly lanes: Lanes; readonly glances: GlanceWindow; readonly atlas: Atlas }) {
    this.#hops = parts.hops
    this.#lanes = parts.lanes
    this.#glances = parts.glances
    this.#atlas = parts.atlas
  }

  /** Removes what has arrived and counts what is on each lane; true while anything moves. */
  advance(frame: Frame, zoom: number): boolean {
    const hops = this.#hops
    const lanes = this.#lanes
    lanes.fit(this.paths.length * 2)
    lanes.flying.fill(0)
    this.specialCount = 0
    const stretchNs = SHOWN_MS_LEAST * 1e6 * frame.speed
    const { nowNs } = frame
    let moving = false
    for (let at = hops.count - 1; at >= 0; at -= 1) {
      const state = hops.state[at]!
      if (state === FLYING && hops.reason[at] === 0) {
        const depart = hops.depart[at]!
        const stretched = depart + stretchNs
        const arrive = hops.arrive[at]!
        if (nowNs >= (arrive > stretched ? arrive : stretched)) hops.remove(at)
        else {
          moving = true
          if (nowNs >= depart) lanes.flying[hops.lane[at]!]! += 1
        }
        continue
      }
      if (this.#special(at, state, frame)) moving = true
    }
    this.#settleRibbons(frame, zoom)
    return moving
  }

  /** Whether this hop, which doesn't simply fly, moves. */
  #special(at: number, state: number, frame: Frame): boolean {
    const hops = this.#hops
    if (state === FLYING) {
      // A loss at the end of its channel: it begins to fall when it has arrived.
      if (frame.nowNs < hops.depart[at]!) return true
      hops.state[at] = FALLING
      hops.sinceMs[at] = frame.wallMs
    }
    if (hops.state[at] === FALLING && frame.wallMs - hops.sinceMs[at]! > FALL_MS) {
      hops.remove(at)
      return true
    }
    if (state === CATCHING_UP && frame.wallMs - hops.sinceMs[at]! >= CATCH_UP_MS) hops.state[at] = FLYING
    if (this.specialCount < SPECIALS_MOST) {
      this.specials[this.specialCount] = at
      this.specialCount += 1
    }
    return hops.state[at] !== HELD && hops.state[at] !== STOPPED
  }

  /** Share of the way at which a hop stands now. */
  shareOf(at: number, frame: Frame): number {
    const hops = this.#hops
    const state = hops.state[at]!
    if (state === HELD || state === FALLING || state === STOPPED) return hops.share[at]!
    const flown = frame.nowNs - hops.depart[at]!
    const span = Math.max(hops.arrive[at]! - hops.depart[at]!, SHOWN_MS_LEAST * 1e6 * frame.speed)
    const share = span <= 0 ? 1 : Math.min(1, flown / span)
    if (state !== CATCHING_UP) return share
    const way = Math.min(1, (frame.wallMs - hops.sinceMs[at]!) / CATCH_UP_MS)
    return hops.share[at]! + (share - hops.share[at]!) * way * way
  }

  /** Fills the placements of one canvas: grains of ribbons first, tokens over them. */
  place(frame: Frame, device: Device, out: Placements): void {
    const { edition } = this.#atlas
    out.clear()
    this.#placeGrains(frame, device, out)
    out.grains = out.count
    this.#placeTokens(frame, device, out)
    // The sheet of pictures was full and begun anew on the way: what was placed before names pictures that are gone.
    if (this.#atlas.edition !== edition) this.place(frame, device, out)
  }

  #placeTokens(frame: Frame, device: Device, out: Placements): void {
    const { depart, arrive, lane: laneOf, look, state, reason, count } = this.#hops
    const { ribbon } = this.#lanes
    const { factor, x: dx, y: dy } = device
    const stretchNs = SHOWN_MS_LEAST * 1e6 * frame.speed
    const { nowNs } = frame
    for (let at = 0; at < count; at += 1) {
      const lane = laneOf[at]!
      const path = this.paths[lane >> 1]
      const flown = nowNs - depart[at]!
      if (flown < 0 || state[at] !== FLYING || reason[at] !== 0 || !path || ribbon[lane] === 1) continue
      const crossing = arrive[at]! - depart[at]!
      const span = crossing > stretchNs ? crossing : stretchNs
      const part = span <= 0 || flown >= span ? 1 : flown / span
      const back = lane & 1
      const { points, directions } = path
      const stretches = directions.length
      const along = (back === 0 ? part : 1 - part) * stretches
      let n = along | 0
      if (n >= stretches) n = stretches - 1
      const rest = along - n
      const p = n * 2
      const px = points[p]!
      const py = points[p + 1]!
      const direction = directions[n]! + back * (DIRECTIONS / 2)
      out.put((px + (points[p + 2]! - px) * rest) * factor + dx, (py + (points[p + 3]! - py) * rest) * factor + dy, this.#atlas.token(look[at]!, direction >= DIRECTIONS ? direction - DIRECTIONS : direction))
    }
  }

  #placeGrains(frame: Frame, device: Device, out: Placements): void {
    const lanes = this.#lanes
    for (let lane = 0; lane < lanes.count; lane += 1) {
      const path = this.paths[lane >> 1]
      if (lanes.ribbon[lane] === 0 || !path) continue
      const lengthPx = path.length * device.zoom
      const { places, filled } = this.#flow(lane, frame, lengthPx)
      const rows = rowsOf(filled)
      const pitch = ROW_PX * device.scale * Math.min(1, device.zoom)
      const looks = Math.max(1, lanes.sampled(lane))
      for (let n = 0; n < places && out.count < GRAINS_MAX; n += 1) {
        if (scatter(n, 0) >= filled) continue
        const along = (n / places + lanes.phase[lane]!) % 1
        const point = pointAt(path, (lane & 1) === 0 ? along : 1 - along, this.#point)
        const angle = (point.direction / DIRECTIONS) * Math.PI * 2
        const astray = (Math.floor(scatter(n, 1) * rows) - (rows - 1) / 2) * pitch
        const sprite = this.#atlas.grain(lanes.looks[lane * LOOKS_SAMPLED + Math.floor(scatter(n, 2) * looks)]!, point.direction)
        out.put(point.x * device.factor + device.x - Math.sin(angle) * astray, point.y * device.factor + device.y + Math.cos(angle) * astray, sprite)
      }
    }
  }

  /** Decides which lanes are ribbons, and moves their grains on. */
  #settleRibbons(frame: Frame, zoom: number): void {
    const lanes = this.#lanes
    const passedMs = Math.min(100, Math.max(0, frame.wallMs - this.#lastMs))
    this.#lastMs = frame.wallMs
    for (let lane = 0; lane < lanes.count; lane += 1) {
      const path = this.paths[lane >> 1]
      const flying = lanes.flying[lane]!
      if (!path || (flying === 0 && lanes.ribbon[lane] === 0)) continue
      const lengthPx = path.length * zoom
      lanes.ribbon[lane] = crowded(this.#flights(lane, frame), lengthPx, lanes.ribbon[lane] === 1) ? 1 : 0
      if (lanes.ribbon[lane] === 1 && frame.speed > 0) lanes.phase[lane] = (lanes.phase[lane]! + this.#flow(lane, frame, lengthPx).sharePerMs * passedMs) % 1
    }
  }

  #flow(lane: number, frame: Frame, lengthPx: number): Flow {
    return flowOf(this.#flights(lane, frame), this.#crossingMs(lane, frame), lengthPx)
  }

  #crossingMs(lane: number, frame: Frame): number {
    return Math.max(SHOWN_MS_LEAST, frame.speed > 0 ? this.#lanes.crossingNs[lane]! / 1e6 / frame.speed : SHOWN_MS_LEAST)
  }

  /** Messages that are on a lane as the picture shows it. Beyond what the store holds, the figures know: so many a second, for so long each. */
  #flights(lane: number, frame: Frame): number {
    const flying = this.#lanes.flying[lane]!
    if (this.#hops.count < HOPS_MAX / 2 || frame.speed === 0) return flying
    const block = this.#glances.channel(lane >> 1)
    if (block < 0) return flying
    const perSecond = this.#glances.rate(block + ((lane & 1) === 0 ? G.GLANCE_FORWARD : G.GLANCE_BACKWARD)) * frame.speed
    return Math.max(flying, (perSecond * this.#crossingMs(lane, frame)) / 1000)
  }
}

const SCATTERED = 1024
/** Numbers from 0 to 1 without a pattern, the same for ever: whether a place is taken, how far astray it lies, which look it has. */
const SCATTER = Float32Array.from({ length: SCATTERED * 3 }, (_, n) => {
  const mixed = Math.imul(n ^ (n >>> 3) ^ 0x9e37, 0x85ebca6b)
  return ((Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 8) & 0xffff) / 0x10000
})

function scatter(place: number, of: 0 | 1 | 2): number {
  return SCATTER[(place % SCATTERED) * 3 + of]!
}
