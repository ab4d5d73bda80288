import { CATCHING_UP, FALLING, FLYING, STOPPED, type HopStore } from './hop-store.ts'
import type { Lanes } from './lanes.ts'
import { type PathPoint, pointAt } from './paths.ts'
import type { SeenToken } from './protocol.ts'
import type { Frame, Traffic } from './traffic.ts'

interface Parts {
  readonly hops: HopStore
  readonly lanes: Lanes
  readonly traffic: Traffic
}

/** The pointer over tokens: the one under it stands still. */
export class Pointer {
  readonly #parts: Parts
  #stopped: number | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The token near a place, left as it is. */
  pick(place: { readonly x: number; readonly y: number }, reach: number, frame: Frame): SeenToken | null {
    const at = messageAt(this.#parts, place, reach, frame)
    return at < 0 ? null : this.#seen(at, frame)
  }

  /** The token under the pointer stands still, and the one that stood before hurries on. What is there now; undefined when that is the same as before. */
  point(place: { readonly x: number; readonly y: number } | null, reach: number, frame: Frame): SeenToken | null | undefined {
    const { hops, traffic } = this.#parts
    const at = place ? messageAt(this.#parts, place, reach, frame) : -1
    const handle = at < 0 ? null : hops.message[at]!
    if (handle === this.#stopped) return undefined
    for (let n = 0; n < hops.count; n += 1) {
      if (hops.state[n] !== STOPPED) continue
      hops.state[n] = CATCHING_UP
      hops.sinceMs[n] = frame.wallMs
    }
    if (at >= 0 && [FLYING, CATCHING_UP].includes(hops.state[at]!)) {
      hops.share[at] = traffic.shareOf(at, frame)
      hops.state[at] = STOPPED
    }
    this.#stopped = handle
    return at < 0 ? null : this.#seen(at, frame)
  }

  #seen(at: number, frame: Frame): SeenToken | null {
    const { hops, traffic } = this.#parts
    const lane = hops.lane[at]!
    const path = traffic.paths[lane >> 1]
    if (!path) return null
    const share = traffic.shareOf(at, frame)
    const point: PathPoint = { x: 0, y: 0, direction: 0 }
    const { x, y } = pointAt(path, (lane & 1) === 0 ? share : 1 - share, point)
    return { handle: hops.message[at]!, look: hops.look[at]!, x, y }
  }
}

/** The message nearest to a place in flow coordinates, as a place in the store; -1 when none is near. */
function messageAt(parts: Parts, place: { readonly x: number; readonly y: number }, reach: number, frame: Frame): number {
  const { hops, traffic, lanes } = parts
  const point: PathPoint = { x: 0, y: 0, direction: 0 }
  let best = -1
  let nearest = reach * reach
  for (let at = 0; at < hops.count; at += 1) {
    const lane = hops.lane[at]!
    const path = traffic.paths[lane >> 1]
    if (!path || hops.state[at] === FALLING || hops.reason[at] !== 0 || hops.depart[at]! > frame.nowNs || (hops.state[at] === FLYING && lanes.ribbon[lane] === 1)) continue
    const share = traffic.shareOf(at, frame)
    pointAt(path, (lane & 1) === 0 ? share : 1 - share, point)
    const distance = (point.x - place.x) ** 2 + (point.y - place.y) ** 2
    if (distance >= nearest) continue
    nearest = distance
    best = at
  }
  return best
}
