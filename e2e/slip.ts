import type { Page } from '@playwright/test'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where two colours are in one picture of the compositor: the leftmost pixel of each, -1 where there is none. */
export interface Sighting {
  readonly red: number
  readonly blue: number
}

/** Takes every frame that the compositor shows while something is done, and finds pure red and pure blue in each, within a box of the screen. */
export async function framesOf(page: Page, box: Box, act: () => Promise<void>): Promise<readonly Sighting[]> {
  const pictures: string[] = []
  const devtools = await page.context().newCDPSession(page)
  devtools.on('Page.screencastFrame', ({ data, sessionId }) => {
    pictures.push(data)
    // The last pictures may come when nobody listens any more.
    devtools.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
  })
  await devtools.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 })
  await act()
  await devtools.send('Page.stopScreencast')
  await devtools.detach()
  const reader = await page.context().newPage()
  const found: Sighting[] = []
  for (const picture of pictures) found.push(await reader.evaluate(read, { picture, box }))
  await reader.close()
  return found
}

/** Runs in a page, which can decode pictures. */
async function read({ picture, box }: { readonly picture: string; readonly box: Box }): Promise<Sighting> {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob())
  const canvas = new OffscreenCanvas(image.width, image.height)
  const context = canvas.getContext('2d')!
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  let red = -1
  let blue = -1
  for (let x = Math.ceil(box.x); x < box.x + box.width && (red < 0 || blue < 0); x += 1) {
    for (let y = Math.ceil(box.y); y < box.y + box.height; y += 1) {
      const at = (y * image.width + x) * 4
      if (red < 0 && data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 0) red = x
      if (blue < 0 && data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 255) blue = x
    }
  }
  return { red, blue }
}
