import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test('a first visit runs: messages reach the chat servers, without a click', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect.poll(() => relay.probe('server-8080', 'fromUsers'), { timeout: 15_000 }).toBeGreaterThan(0)
  await expect.poll(() => relay.probe('alice', 'received'), { timeout: 20_000 }).toBeGreaterThan(0)
  expect(await relay.imbalance()).toBe(0)
})

test('moving messages are painted on the canvas', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await expect.poll(() => relay.probe('server-8080', 'fromUsers'), { timeout: 15_000 }).toBeGreaterThan(0)
  const line = page.locator('[data-channel="alice-server-8080"]').first()
  await expect(line).toBeAttached()
  const anchors = page.locator('.st-anchor')
  await expect(anchors).toHaveCount(2)
  await expect.poll(() => anchors.evaluateAll(all => all.some(anchor => getComputedStyle(anchor).visibility === 'visible' && anchor.clientWidth > 500))).toBe(true)
})

test('the speed slider changes when things are shown, never what happens', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await relay.setSpeed('100')
  await page.getByRole('button', { name: 'Play' }).click()
  await expect.poll(() => page.evaluate(() => window.relayground.figures.nowNs()), { timeout: 20_000 }).toBeGreaterThan(8e9)
  await page.getByRole('button', { name: 'Pause' }).click()
  // Far enough that a pause which comes late on a busy machine still lies before it.
  const { digest } = await relay.runUntil(3600)
  await page.getByRole('button', { name: 'Back to the start' }).click()
  await expect.poll(() => page.evaluate(() => window.relayground.figures.nowNs())).toBe(0)
  expect((await relay.runUntil(3600)).digest).toBe(digest)
})

for (const theme of ['light', 'dark'] as const) {
  test(`accessibility tools find nothing to complain about (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?theme=${theme}`)
    await relay.node('history').click()
    for (const tab of ['Settings', 'Live', 'Messages', 'Docs']) {
      await page.getByRole('tab', { name: tab }).click()
      await expectAccessible(page)
    }
  })
}
