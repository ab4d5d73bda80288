import type { CDPSession, Locator, Page } from '@playwright/test'
import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'
import { crowd } from './stage-topologies.ts'

interface Spot {
  readonly x: number
  readonly y: number
}

/** Fingers go from place to place together, as the browser's own input has them. */
async function fingers(page: Page, ways: readonly (readonly [Spot, Spot])[]): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const at = (share: number) => ways.map(([from, to], id) => ({ id, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }))
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) })
  for (let n = 1; n <= 10; n += 1) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(n / 10) })
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
}

async function middleOf(relay: RelayPage, id: string): Promise<Spot> {
  const box = (await relay.node(id).boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const selected = (page: Page) => page.evaluate(() => window.relayground.session.getState().selection.nodes)
const zoom = (page: Page) => page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a)

test.describe('with fingers', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('several nodes are chosen by taps, set together, and let go', async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?starter=topic-routing&play=0')
    await page.getByRole('button', { name: 'Several' }).tap()
    const bar = page.getByRole('toolbar', { name: 'Select several' })
    for (const id of ['billing', 'warehouse', 'auditor']) await relay.node(id).tap()
    await expect(bar.getByText('3 selected')).toBeVisible()
    await relay.node('warehouse').tap()
    // A tap beside everything takes nothing back; the card of the first visit is not beside.
    await page.getByRole('button', { name: 'Close', exact: true }).tap()
    await page.touchscreen.tap(200, 130)
    expect(await selected(page)).toEqual(['billing', 'auditor'])
    await expectAccessible(page)
    await bar.getByRole('button', { name: 'Settings' }).tap()
    await page.getByRole('textbox', { name: 'Failure rate' }).fill('0.5')
    await page.getByRole('button', { name: 'Inspector' }).tap()
    await bar.getByRole('button', { name: 'Done' }).tap()
    await expect(bar).toHaveCount(0)
    const rates = (await relay.topology()).nodes.filter(node => node.type === 'app.consumer').map(node => node.config['failureRate'])
    expect(rates).toEqual([0.5, undefined, 0.5])
    await relay.node('shop').tap()
    expect(await selected(page)).toEqual(['shop'])
  })

  test('what is drawn small has 24 pixels for a finger all the same', async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?starter=topic-routing&play=0')
    /** How high what answers a finger is around the middle of an element. */
    const reach = (of: Locator): Promise<number> =>
      of.evaluate(element => {
        const { left, width, top, height } = element.getBoundingClientRect()
        const hits = (y: number): boolean => element.contains(document.elementFromPoint(left + width / 2, y))
        const ys = Array.from({ length: 61 }, (_, n) => top + height / 2 - 30 + n)
        return ys.filter(hits).length
      })
    await page.getByRole('button', { name: 'Charts' }).first().tap()
    for (const small of [page.getByRole('radio', { name: 'p95' }).or(page.getByRole('button', { name: 'p95' })), page.getByRole('button', { name: 'log scale' })]) expect(await reach(small)).toBeGreaterThanOrEqual(24)
    await page.evaluate(() => window.relayground.commands.patchSession({ drawer: 'inspector', inspectorTab: 'settings', selection: { nodes: ['audit'], channels: [] } }))
    await expect(page.getByRole('switch').first()).toBeInViewport()
    await expect.poll(() => reach(page.getByRole('switch').first())).toBeGreaterThanOrEqual(24)
  })

  test('a part is placed by a tap, connected by a drag, and the view is pinched', async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?starter=topic-routing&play=0&motion=reduced')
    await page.getByRole('button', { name: 'Parts' }).tap()
    await page.getByRole('button', { name: 'Producer', exact: true }).tap()
    await expect(relay.node('producer-1')).toBeVisible()
    await page.getByRole('button', { name: 'Fit everything into view' }).tap()
    await relay.node('producer-1').tap()
    const handle = relay.handle('producer-1', 'right')
    await expect(handle).toBeVisible()
    const box = (await handle.boundingBox())!
    expect(Math.min(box.width, box.height)).toBeGreaterThan(24)
    await fingers(page, [[{ x: box.x + box.width / 2, y: box.y + box.height / 2 }, await middleOf(relay, 'orders')]])
    await expect.poll(async () => (await relay.topology()).channels.at(-1)!.type).toBe('amqp.publish')
    expect((await relay.topology()).channels.at(-1)).toMatchObject({ from: 'producer-1', to: 'orders' })

    const before = await zoom(page)
    await fingers(page, [[{ x: 180, y: 200 }, { x: 100, y: 140 }], [{ x: 210, y: 220 }, { x: 300, y: 280 }]])
    await expect.poll(() => zoom(page)).toBeGreaterThan(before * 1.5)
  })
})

test('a box around painted nodes selects them, though they are no elements', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await relay.openTopology(crowd(100))
  await expect.poll(() => page.evaluate(() => window.relayground.geometry.getState().map)).toBe(true)
  const boxes = await relay.boxes()
  const canvas = (await relay.canvas().boundingBox())!
  const area = { x: canvas.width * 0.3, y: canvas.height * 0.3, width: canvas.width * 0.3, height: canvas.height * 0.3 }
  const inside = boxes.filter(box => box.x < area.x + area.width && area.x < box.x + box.width && box.y < area.y + area.height && area.y < box.y + box.height).map(box => box.id)
  expect(inside.length).toBeGreaterThan(10)
  await page.keyboard.down('Shift')
  await page.mouse.move(canvas.x + area.x, canvas.y + area.y)
  await page.mouse.down()
  await page.mouse.move(canvas.x + area.x + area.width, canvas.y + area.y + area.height, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect.poll(async () => (await selected(page)).filter(id => boxes.some(box => box.id === id)).toSorted()).toEqual(inside.toSorted())
})
