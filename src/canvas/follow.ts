import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Point } from '../topology/document.ts'
import type { MessageAddress, Whereabouts } from '../worker/api.ts'
import { pointOn } from './edge-paths.ts'
import type { Scene } from './scene.ts'

/** How quickly the camera comes near: after so long, it has two thirds of the way behind it. */
const NEARING_MS = 160
/** Nearer than this, in pixels of the screen, it has arrived. */
const ARRIVED_PX = 0.5
/** From further away nothing could be recognized: the camera comes this near. */
const ZOOM_LEAST = 0.7
/** Where it is is read out at most this often. */
const TOLD_MS = 1500

/** The camera goes along with the message that is followed, wherever it is now. */
export function useFollow(scene: Scene): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  const identity = useStore(app().watching, state => state.following?.identity)
  const latest = useRef(scene)
  useEffect(() => {
    latest.current = scene
  }, [scene])
  useEffect(() => {
    if (identity === undefined) return
    const still = (): boolean => app().session.getState().motion === 'reduced'
    const camera = new FollowingCamera({
      still,
      at: () => {
        const { transform: [x, y, zoom], width, height } = store.getState()
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom, zoom }
      },
      look: (at, zoom) => void flow.setCenter(at.x, at.y, { zoom }),
    })
    const stop = followPlaces(message => {
      const at = pointOf(latest.current, message)
      if (at) camera.goTo(at)
    })
    return () => {
      stop()
      camera.stop()
    }
  }, [identity, flow, store])
}

/** Asks with each pull of figures where the message is, and tells: on the screen, and aloud when it has gone elsewhere. Returns the way to stop. */
function followPlaces(tell: (at: Whereabouts['at']) => void): () => void {
  const { commands, figures, watching } = app()
  let asking = false
  let over = false
  let told = { says: '', ms: -Infinity }
  const ask = async (): Promise<void> => {
    const message = watching.getState().following
    if (asking || over || !message) return
    asking = true
    const found = await commands.whereabouts(message)
    asking = false
    const present = watching.getState().following
    if (over || present?.identity !== message.identity) return
    if (!found) return end(message, `Nothing is known of ${message.identity} now.`)
    tell(found.at)
    if (found.over) return end(message, found.says)
    if (present.says !== found.says || present.handle !== found.handle) watching.setState({ following: { identity: message.identity, handle: found.handle, says: found.says } })
    const ms = performance.now()
    if (found.says === told.says || ms - told.ms < TOLD_MS) return
    told = { says: found.says, ms }
    commands.announce(found.says)
  }
  const end = (message: MessageAddress, says: string): void => {
    over = true
    app().watching.setState(state => (state.following?.identity === message.identity ? { following: null } : state))
    commands.notify('info', says)
  }
  void ask()
  const stop = figures.subscribe(() => void ask())
  return () => {
    over = true
    stop()
  }
}

/** In flow coordinates. */
function pointOf(scene: Scene, at: Whereabouts['at']): Point | null {
  if (!at) return null
  if (at.on === 'wire') {
    const curve = scene.curves.get(at.channel)
    return curve ? pointOn(curve, at.way === 0 ? at.share : 1 - at.share) : null
  }
  const box = scene.boxes.get(at.node)
  return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null
}

interface CameraOptions {
  /** Motion is reduced: it jumps. */
  readonly still: () => boolean
  readonly at: () => Point & { readonly zoom: number }
  readonly look: (at: Point, zoom: number) => void
}

/** Glides after a place that moves; rests when it is there. */
class FollowingCamera {
  readonly #options: CameraOptions
  #goal: Point = { x: 0, y: 0 }
  #frame = 0
  #lastMs = 0

  constructor(options: CameraOptions) {
    this.#options = options
  }

  goTo(at: Point): void {
    this.#goal = at
    const { still, look } = this.#options
    const { zoom } = this.#options.at()
    if (still()) return look(at, Math.max(zoom, ZOOM_LEAST))
    if (this.#frame !== 0) return
    this.#lastMs = performance.now()
    this.#frame = requestAnimationFrame(now => this.#step(now))
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  #step(nowMs: number): void {
    const { at, look } = this.#options
    const now = at()
    const share = 1 - Math.exp(-Math.max(0, nowMs - this.#lastMs) / NEARING_MS)
    this.#lastMs = nowMs
    const zoomGoal = Math.max(now.zoom, ZOOM_LEAST)
    const zoom = zoomGoal - now.zoom < 0.005 ? zoomGoal : now.zoom + (zoomGoal - now.zoom) * share
    const far = Math.hypot(this.#goal.x - now.x, this.#goal.y - now.y) * zoom
    if (far < ARRIVED_PX && zoom === now.zoom) {
      this.#frame = 0
      return
    }
    look(far < ARRIVED_PX ? this.#goal : { x: now.x + (this.#goal.x - now.x) * share, y: now.y + (this.#goal.y - now.y) * share }, zoom)
    this.#frame = requestAnimationFrame(next => this.#step(next))
  }
}
