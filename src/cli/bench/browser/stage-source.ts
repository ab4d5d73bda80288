import { LOOK_COMMAND, LOOK_DOCUMENT, LOOK_EVENT, lookOf, type StageReply } from '../../../contract/hops.ts'
import { HopSink } from '../../../engine/hop-sink.ts'

export interface StageLoad {
  readonly tokens: number
  readonly lines: number
  readonly port: MessagePort
}

/** Hops as from a simulation at the speed of the clock on the wall: each crosses its line in this time, so that a fixed number is always on its way. */
const CROSSING_MS = 2000
const SLICE_MS = 20
const SHAPES = [LOOK_EVENT, LOOK_COMMAND, LOOK_DOCUMENT, LOOK_EVENT]

self.addEventListener('message', ({ data: { tokens, lines, port } }: MessageEvent<StageLoad>) => {
  const sink = new HopSink((message, transfer) => port.postMessage(message, transfer))
  port.onmessage = (event: MessageEvent<StageReply>) => sink.take(event.data)
  const startMs = performance.now()
  let sent = 0
  setInterval(() => {
    const nowMs = performance.now() - startMs
    const due = Math.floor((nowMs / CROSSING_MS) * tokens)
    for (; sent < due; sent += 1) {
      const departNs = (sent * CROSSING_MS * 1e6) / tokens
      const look = lookOf({ shape: SHAPES[sent % SHAPES.length]!, colour: sent % 8, reply: sent % 16 === 3, redelivered: sent % 64 === 5 })
      sink.push(sent % lines, look, departNs, departNs + CROSSING_MS * 1e6, sent, sent % 2)
    }
    sink.flush()
    sink.clock(nowMs * 1e6, performance.timeOrigin + performance.now(), 1)
  }, SLICE_MS)
})
