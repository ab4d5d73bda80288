import { expect, test } from './fixture.ts'
import { framesOf } from './slip.ts'
import { StagePage } from './stage-page.ts'
import { crowd, line } from './stage-topologies.ts'

/** A hand that moves 10 px with each of sixty frames a second. */
const STEP_PX = 10
const STEPS = 60
const FRAME_MS = 1000 / 60

test('nothing slips: while the canvas is panned at 600 px a second, tokens stay where they are against the nodes', async ({ page }) => {
  // Colours that a picture can be searched for: nodes red, messages blue, and nothing else of a message's colour.
  await page.addInitScript(() => {
    const colours = [...Array.from({ length: 8 }, (_, n) => `--message-${n}: #0000ff !important`), '--system-application: #ff0000 !important'].join(';')
    document.addEventListener('DOMContentLoaded', () => document.head.insertAdjacentHTML('beforeend', `<style>:root:root { ${colours} } .cv-card__bar { background: #ff0000 !important; border-radius: 0 !important } .cv-sparkline { display: none }</style>`))
  })
  const stage = new StagePage(page)
  await stage.open('./?play=0')
  await stage.show(line({ rate: 3, latencyMs: 2000 }), 5)
  await expect.poll(() => stage.tally().then(tally => tally.tokens)).toBeGreaterThan(3)
  const pane = (await stage.canvas().boundingBox())!
  const start = { x: pane.x + 250, y: pane.y + pane.height - 60 }
  const visible = (): Promise<number> => page.locator('.st-anchor').evaluateAll(all => all.findIndex(anchor => anchor.checkVisibility({ visibilityProperty: true })))
  const shown = new Set([await visible()])
  const frames = await framesOf(page, pane, async () => {
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    const beganMs = performance.now()
    for (let step = 1; step <= STEPS; step += 1) {
      await page.mouse.move(start.x + step * STEP_PX, start.y)
      if (step % 10 === 0) shown.add(await visible())
      const waitMs = beganMs + step * FRAME_MS - performance.now()
      if (waitMs > 0) await page.waitForTimeout(waitMs)
    }
    await page.mouse.up()
  })
  const moving = frames.filter((frame, n) => n > 0 && frame.red !== frames[n - 1]!.red)
  expect(moving.length, 'frames in which the canvas moved').toBeGreaterThan(15)
  expect(shown, 'both sets of canvases were shown').toEqual(new Set([0, 1]))
  const apart = frames[0]!.blue - frames[0]!.red
  expect(moving.map(({ red, blue }) => blue - red - apart)).toEqual(moving.map(() => 0))
})

test('whoever wants no motion gets numbers: no token moves, channels say how many are on their way', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const stage = new StagePage(page)
  await stage.open('./?play=0')
  await stage.show(line({ rate: 5, latencyMs: 2000 }), 5)
  await stage.play()
  await expect.poll(() => stage.tally().then(tally => tally.counts)).toBe(2)
  const before = await stage.tally()
  await expect.poll(() => stage.tally().then(tally => tally.frames)).toBeGreaterThan(before.frames + 20)
  expect(await stage.tally()).toMatchObject({ tokens: 0, grains: 0, counts: 2 })
})

test('a crowded channel flows as a ribbon; zooming in brings its tokens back', async ({ page }) => {
  const stage = new StagePage(page)
  await stage.open('./?play=0')
  await stage.show(line({ rate: 40, latencyMs: 1000 }), 3)
  await expect.poll(() => stage.tally().then(({ grains, tokens }) => grains > 20 && tokens === 0)).toBe(true)
  const pane = (await stage.canvas().boundingBox())!
  await page.mouse.move(pane.x + 300, pane.y + 250)
  for (let n = 0; n < 6; n += 1) await page.mouse.wheel(0, -400)
  await expect.poll(() => stage.tally().then(({ grains, tokens }) => grains === 0 && tokens > 20)).toBe(true)
})

test('a token under the pointer stops and can be read; a click opens its message', async ({ page }) => {
  const stage = new StagePage(page)
  await stage.open('./?play=0')
  await stage.show(line({ rate: 2, latencyMs: 2000, type: 'command' }), 4)
  const curve = (await page.locator('[data-channel="in"] .cv-channel__line').boundingBox())!
  const card = page.locator('.st-card')
  let along = 0
  await expect
    .poll(async () => {
      await page.mouse.move(curve.x + (along % curve.width), curve.y + curve.height / 2)
      along += 5
      return card.count()
    }, { intervals: [60] })
    .toBe(1)
  await expect(card).toContainText('command')
  await expect(card).toContainText('producer#')
  await page.mouse.down()
  await page.mouse.up()
  await expect(page.getByRole('region', { name: /^Message producer#\d+/ })).toBeVisible()
})

for (const painter of ['webgl', 'blitter', 'canvas'] as const) {
  test(`tokens are drawn where the ${painter} painter has to do it`, async ({ page }) => {
    const stage = new StagePage(page)
    await stage.open(`./?play=0&painter=${painter}`)
    await stage.show(line({ rate: 4, latencyMs: 2000 }), 0)
    // Tokens are the only thing that comes and goes between the producer and the queue.
    const curve = (await page.locator('[data-channel="in"] .cv-channel__line').boundingBox())!
    const clip = { x: curve.x + 4, y: curve.y + curve.height / 2 - 10, width: curve.width - 20, height: 20 }
    const seen = async (): Promise<number> => colours(await page.screenshot({ clip }))
    const without = await seen()
    await stage.page.evaluate(() => window.relayground.commands.runUntil(4e9))
    await expect.poll(() => stage.tally().then(({ painter, tokens }) => ({ painter, enough: tokens > 5 }))).toEqual({ painter, enough: true })
    await expect.poll(seen).toBeGreaterThan(without + 150)
    await stage.page.evaluate(() => window.relayground.commands.reset())
    await expect.poll(seen).toBe(without)

    async function colours(picture: Buffer): Promise<number> {
      return page.evaluate(async base64 => {
        const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), one => one.charCodeAt(0))]))
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
        context.drawImage(image, 0, 0)
        const { data } = context.getImageData(0, 0, image.width, image.height)
        let coloured = 0
        for (let at = 0; at < data.length; at += 4) if (Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!) > 45) coloured += 1
        return coloured
      }, picture.toString('base64'))
    }
  })
}

test('more nodes than can be elements are painted, can still be picked, and become elements when one comes near', async ({ page }) => {
  const stage = new StagePage(page)
  await stage.open('./?play=0')
  await stage.show(crowd(100), 3)
  await expect.poll(() => stage.tally().then(tally => tally.map)).toBe(true)
  await expect(page.locator('.react-flow__node')).toHaveCount(0)
  const place = await page.evaluate(() => {
    const { geometry, session } = window.relayground
    const box = geometry.getState().boxes.get('queue-42')!
    const pane = document.querySelector('.react-flow')!.getBoundingClientRect()
    const matrix = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform)
    const at = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(matrix)
    return { x: pane.x + at.x, y: pane.y + at.y, selected: session.getState().selection.nodes }
  })
  await page.mouse.click(place.x, place.y)
  await expect(stage.node('queue-42')).toHaveAttribute('data-selected', 'true')
  await expect(page.getByRole('heading', { name: 'queue 42' })).toBeVisible()
  // Keys walk over what is painted, too: whoever is there becomes an element, which can be read out.
  await page.keyboard.press('ArrowLeft')
  await expect(stage.node('producer-42')).toHaveAttribute('data-active', 'true')
  for (let n = 0; n < 4; n += 1) await page.mouse.wheel(0, -400)
  await expect.poll(() => stage.tally().then(tally => tally.map)).toBe(false)
  await expect(stage.node('queue-43')).toBeVisible()
})
