import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test('every kind of edit can be undone and done again', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing')
  const start = await relay.topology()
  const undo = page.getByRole('button', { name: 'Undo' })
  const redo = page.getByRole('button', { name: 'Redo' })
  const edits: [string, () => Promise<void>][] = [
    ['add', async () => page.locator('[data-kind="app.consumer"]').first().click()],
    ['move', async () => relay.drag(relay.node('shop'), { x: 330, y: 540 })],
    [
      'rename',
      async () => {
        await relay.menu('shop', /Rename/)
        await page.keyboard.type('web shop')
        await page.keyboard.press('Enter')
      },
    ],
    [
      'configure',
      async () => {
        await relay.node('billing').click()
        await page.getByRole('tab', { name: 'Settings' }).click()
        await page.getByLabel('Failure rate', { exact: true }).fill('0.25')
      },
    ],
    ['connect', async () => page.evaluate(() => void window.relayground.commands.connect('orders', 'created'))],
    ['delete a channel', async () => page.evaluate(() => window.relayground.commands.remove({ nodes: [], channels: ['shop-orders'] }))],
    ['delete a node', async () => relay.menu('europe', /^Delete/)],
    ['delete a broker with all in it', async () => relay.menu('rabbitmq', /^Delete/)],
    [
      'retitle',
      async () => {
        await page.getByRole('button', { name: 'Topic routing' }).click()
        await page.getByLabel('Name of the topology').fill('Another name')
        await page.keyboard.press('Enter')
      },
    ],
  ]
  for (const [name, act] of edits) {
    await test.step(name, async () => {
      const before = await relay.topology()
      await act()
      await expect.poll(() => relay.topology(), `${name} changes the topology`).not.toEqual(before)
      const after = await relay.topology()
      await undo.click()
      expect(await relay.topology(), `undo of ${name}`).toEqual(before)
      await redo.click()
      expect(await relay.topology(), `redo of ${name}`).toEqual(after)
      await undo.click()
    })
  }
  expect(await relay.topology()).toEqual(start)
  expect(await relay.imbalance()).toBe(0)
})

test('an edit applies to the running simulation and keeps what is in the queues', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker')
  await relay.setSpeed('10')
  await relay.menu('fast', 'Crash')
  await relay.menu('slow', 'Crash')
  await expect.poll(() => relay.probe('tasks', 'ready'), { timeout: 20_000 }).toBeGreaterThan(20)
  const now = await page.evaluate(() => window.relayground.figures.nowNs())
  await page.evaluate(() => window.relayground.commands.rename('tasks', 'jobs'))
  await page.locator('[data-kind="app.consumer"]').first().click()
  await page.evaluate(() => void window.relayground.commands.connect('tasks', 'consumer-1'))
  await expect.poll(() => relay.probe('consumer-1', 'processed'), { timeout: 20_000 }).toBeGreaterThan(5)
  expect(await page.evaluate(() => window.relayground.figures.nowNs())).toBeGreaterThan(now)
  expect(await relay.imbalance()).toBe(0)
})

test('a reload comes back to the same topology', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await page.evaluate(() => window.relayground.commands.rename('history', 'archive of everything'))
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  const before = await relay.topology()
  await page.reload()
  await expect(relay.canvas()).toBeVisible()
  expect(await relay.topology()).toEqual(before)
})

test('a reload keeps edits of a topology that came by link', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const link = await page.evaluate(() => window.relayground.commands.shareLink({ journal: false, viewport: false }))
  await page.goto('about:blank')
  await relay.open(link)
  await page.evaluate(() => window.relayground.commands.rename('shop', 'corner shop'))
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  const before = await relay.topology()
  await page.reload()
  await expect(relay.canvas()).toBeVisible()
  expect(await relay.topology()).toEqual(before)
})
