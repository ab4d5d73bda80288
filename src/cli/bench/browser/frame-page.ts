import { type FrameAsk, type FrameBuffers } from './frame-format.ts'

/** The page's side of a frame: asks, reads what comes, and gives the buffers back with the next one. */
const FRAMES = 300
const WARM_UP = 60

/** Milliseconds of a frame, there and back, by what was asked for. */
export type FrameTimes = Readonly<Record<FrameAsk['what'], number>>

async function times(): Promise<FrameTimes> {
  const worker = new Worker('./frame-worker.js', { type: 'module' })
  const ask = (asked: FrameAsk): Promise<FrameBuffers | number> =>
    new Promise(resolve => {
      worker.addEventListener('message', (event: MessageEvent<FrameBuffers | number>) => resolve(event.data), { once: true })
      worker.postMessage(asked, { transfer: asked.back ? [asked.back.tokens, asked.back.nodes] : [] })
    })
  const measure = async (what: FrameAsk['what']): Promise<number> => {
    let back: FrameBuffers | undefined
    const spent: number[] = []
    for (let frame = 0; frame < WARM_UP + FRAMES; frame += 1) {
      const startMs = performance.now()
      const came = await ask({ what, frame, ...(back ? { back } : {}) })
      if (typeof came !== 'number') {
        read(came)
        back = came
      }
      if (frame >= WARM_UP) spent.push(performance.now() - startMs)
    }
    return spent.sort((a, b) => a - b)[FRAMES >> 1]!
  }
  const found = { nothing: await measure('nothing'), frame: await measure('frame'), figures: await measure('figures') }
  worker.terminate()
  return found
}

/** A painter reads every position. */
function read(came: FrameBuffers): void {
  const tokens = new Float32Array(came.tokens)
  let sum = 0
  for (let n = 0; n < tokens.length; n += 1) sum += tokens[n]!
  seen += sum
}
let seen = 0

;(globalThis as unknown as { frameTimes: () => Promise<FrameTimes> }).frameTimes = times
