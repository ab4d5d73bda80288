import type { StageMessage, StageReply } from '../../contract/hops.ts'
import { loadFaces } from './text-face.ts'
import { RenderWorker } from './render-worker.ts'
import type { FromPainter, ToPainter } from './protocol.ts'

/** The render worker's thread: messages in, messages out; what happens in between is in `render-worker.ts`. */
const post = (message: FromPainter): void => postMessage(message)

let worker: RenderWorker | null = null

addEventListener('message', (event: MessageEvent<ToPainter>) => {
  const { data } = event
  if (data.kind !== 'start') {
    worker?.take(data)
    return
  }
  const { hops } = data
  const reply = (message: StageReply): void => hops.postMessage(message, message.kind === 'recycle' ? [message.buffer] : [])
  const started = new RenderWorker(data, post, reply)
  worker = started
  loadFaces(data.fonts, () => started.redraw())
  hops.onmessage = (message: MessageEvent<StageMessage>) => started.takeFromSimulation(message.data)
})
