import type { Page } from '@playwright/test'

/** The render worker's clock, once it is stopped: it goes on by hand. */
interface Clock {
  stoppedMs: number
}

/**
 * Stops the clock that what falls goes by, for as long as pictures are taken: the engine's own is exact, but a message falls in the time of those who look at
 * it. Returns the way to move it on.
 */
export async function stopStageClock(page: Page): Promise<(ms: number) => Promise<void>> {
  const stage = await stageWorker(page)
  await stage.evaluate(() => {
    const clock = { stoppedMs: performance.now() }
    Object.assign(globalThis, { clock })
    performance.now = () => clock.stoppedMs
  })
  return ms => stage.evaluate(ms => {
    const { clock } = globalThis as unknown as { readonly clock: Clock }
    clock.stoppedMs += ms
  }, ms)
}

/** All that is written can be: in the page, and in the worker, which has faces of its own. */
export async function fontsAreLoaded(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
  })
  const stage = await stageWorker(page)
  await stage.evaluate(async () => {
    const { fonts } = globalThis as unknown as { readonly fonts: FontFaceSet }
    await Promise.all([...fonts].map(face => face.loaded))
  })
}

async function stageWorker(page: Page) {
  for (const worker of page.workers()) if ((await worker.evaluate(() => self.name)) === 'stage') return worker
  throw new Error('The stage has no worker.')
}
