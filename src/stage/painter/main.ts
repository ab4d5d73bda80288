import type { StageMessage, StageReply } from '../../contract/hops.ts'
import { HopStore } from './hop-store.ts'
import type { FromPainter, Look, ToPainter, View } from './protocol.ts'
import { Scene, type Anchored } from './scene.ts'
import { Sprites } from './sprites.ts'
import { StageClock } from './stage-clock.ts'

/** The render worker: takes hops from the simulation, draws them sixty times a second while anything moves, and rests otherwise. */
const LOOK: Look = { messages: [], dead: '#a05195', danger: '#d32f2f', outline: '#fff', text: '#000', flow: '#2e5bff' }
const NO_VIEW: View = { x: 0, y: 0, zoom: 1, width: 0, height: 0 }

const hops = new HopStore()
const clock = new StageClock()
const sprites = new Sprites(LOOK)
const scene = new Scene(hops, sprites, LOOK)
let canvases: readonly [Anchored, Anchored] | null = null
let active: 0 | 1 = 0
let reduced = false
let scheduled = false
let drawnNext: 0 | 1 | null = null
let frames = 0

const wallMs = (): number => performance.timeOrigin + performance.now()

function wake(): void {
  if (scheduled || !canvases) return
  scheduled = true
  requestAnimationFrame(frame)
}

function frame(): void {
  scheduled = false
  if (!canvases) return
  const now = wallMs()
  frames += 1
  const moving = scene.draw(canvases[active], { nowNs: clock.at(now), wallMs: now, speed: clock.speed, reduced })
  if (drawnNext !== null) {
    const answer: FromPainter = { kind: 'drawn', index: drawnNext }
    drawnNext = null
    postMessage(answer)
  }
  // Paused and nothing falling: the picture is complete until something is told.
  if (moving) wake()
}

function takeFromSimulation(port: MessagePort, message: StageMessage): void {
  switch (message.kind) {
    case 'hops': {
      const before = hops.count
      hops.push(message.buffer, message.count, wallMs())
      const released = new Set<number>()
      for (let at = before; at < hops.count; at += 1) released.add(hops.channel[at]! * 2 + hops.way[at]!)
      releaseHeldOf(released)
      const reply: StageReply = { kind: 'recycle', buffer: message.buffer }
      port.postMessage(reply, [message.buffer])
      break
    }
    case 'clock':
      clock.set(message.nowNs, message.atMs, message.speed)
      break
    case 'forget':
      hops.forget({ ...message, nowMs: wallMs() })
      if (message.reason === 0) held.add(message.channel * 2 + message.way)
      else held.delete(message.channel * 2 + message.way)
      break
    case 'clear':
      hops.clear()
      held.clear()
      clock.reset()
  }
  wake()
}

/** Channel × 2 + way of cuts that hold packets: new hops there mean that they were sent again. */
const held = new Set<number>()

function releaseHeldOf(moving: ReadonlySet<number>): void {
  for (const key of moving) if (held.delete(key)) hops.releaseHeld(key >> 1, key & 1)
}

function takeFromPage(message: ToPainter): void {
  switch (message.kind) {
    case 'start': {
      const anchored = (canvas: OffscreenCanvas): Anchored => ({ canvas, view: NO_VIEW, overscan: 0, scale: 1 })
      canvases = [anchored(message.canvases[0]), anchored(message.canvases[1])]
      scene.reasons = message.reasons
      message.hops.onmessage = (event: MessageEvent<StageMessage>) => takeFromSimulation(message.hops, event.data)
      break
    }
    case 'anchor': {
      if (!canvases) return
      const target = canvases[message.index]
      target.view = message.view
      target.overscan = message.overscan
      target.scale = message.scale
      const width = Math.max(1, Math.round((message.view.width + 2 * message.overscan) * message.scale))
      const height = Math.max(1, Math.round((message.view.height + 2 * message.overscan) * message.scale))
      if (target.canvas.width !== width) target.canvas.width = width
      if (target.canvas.height !== height) target.canvas.height = height
      active = message.index
      drawnNext = message.index
      break
    }
    case 'tables':
      scene.tables = message.tables
      break
    case 'look':
      scene.look = message.look
      sprites.setLook(message.look)
      break
    case 'motion':
      reduced = message.reduced
      break
    case 'count': {
      const answer: FromPainter = { kind: 'tally', tally: { frames, tokens: hops.count } }
      postMessage(answer)
      return
    }
  }
  wake()
}

addEventListener('message', (event: MessageEvent<ToPainter>) => takeFromPage(event.data))
