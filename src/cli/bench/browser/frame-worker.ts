import { figuresLayout, writeFigures } from '../../../engine/figures.ts'
import { load } from '../contestants/engine.ts'
import { Document } from '../contestants/engine-topologies.ts'
import { FRAME_FIELDS, FRAME_NODES, FRAME_TOKENS, type FrameBuffers, type FrameAsk } from './frame-format.ts'

/** The simulation's side of a frame: fills the buffers that it is sent, and sends them back. */
const from = Float32Array.from({ length: FRAME_TOKENS * 2 }, (_, n) => (n * 37) % 1000)
const to = from.map(value => 1000 - value)

function fillTokens(tokens: Float32Array, frame: number): void {
  for (let n = 0; n < FRAME_TOKENS; n += 1) {
    let share = n / FRAME_TOKENS + frame * 0.003
    share -= Math.floor(share)
    tokens[n * 2] = from[n * 2]! + (to[n * 2]! - from[n * 2]!) * share
    tokens[n * 2 + 1] = from[n * 2 + 1]! + (to[n * 2 + 1]! - from[n * 2 + 1]!) * share
  }
}

function fillNodes(nodes: Float64Array, frame: number): void {
  for (let n = 0; n < FRAME_NODES * FRAME_FIELDS; n += 1) nodes[n] = n + frame
}

/** A real run of as many nodes, for the figures that the page pulls. */
const run = load(lines())
run.advance(5e9)
const layout = figuresLayout(run, 1)
const PACE = { running: true, speedReached: 1, eventsPerSecond: 0 }

function lines() {
  const document = new Document().node('amqp.broker', 'broker')
  for (let n = 0; n < (FRAME_NODES - 2) / 3; n += 1) {
    document.node('app.producer', `producer-${n}`, { rate: 20, body: '' }).node('amqp.queue', `queue-${n}`, {}, 'broker').node('app.consumer', `consumer-${n}`)
    document.channel('amqp.publish', `producer-${n}`, `queue-${n}`, {}).channel('amqp.consume', `queue-${n}`, `consumer-${n}`, { prefetch: 10 })
  }
  return document.topology('500 nodes', 1)
}

self.addEventListener('message', (event: MessageEvent<FrameAsk>) => {
  const { frame, what, back } = event.data
  if (what === 'figures') {
    const figures = new Float64Array(back?.nodes ?? new ArrayBuffer(layout.length * 8))
    writeFigures(run, layout, PACE, figures)
    self.postMessage({ nodes: figures.buffer, tokens: new ArrayBuffer(0) } satisfies FrameBuffers, { transfer: [figures.buffer] })
    return
  }
  const buffers: FrameBuffers = back ?? { tokens: new ArrayBuffer(FRAME_TOKENS * 8), nodes: new ArrayBuffer(FRAME_NODES * FRAME_FIELDS * 8) }
  fillTokens(new Float32Array(buffers.tokens), frame)
  fillNodes(new Float64Array(buffers.nodes), frame)
  if (what === 'nothing') {
    kept = buffers
    self.postMessage(frame)
  } else self.postMessage(buffers, { transfer: [buffers.tokens, buffers.nodes] })
})
let kept: FrameBuffers | null = null
export const last = (): FrameBuffers | null => kept
