import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test('a table brings its database along; who writes and who polls are joined to it by hand', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await relay.startBlank()
  const canvas = (await relay.canvas().boundingBox())!
  const drop = async (kind: string, x: number): Promise<void> => {
    await page.locator(`[data-kind="${kind}"]`).first().dragTo(relay.canvas(), { targetPosition: { x, y: canvas.height / 2 } })
  }
  await drop('app.producer', 120)
  await drop('store.records', canvas.width / 2)
  await drop('app.consumer', canvas.width - 110)
  const { nodes } = await relay.topology()
  const records = nodes.find(node => node.type === 'store.records')!
  expect(nodes.find(node => node.id === records.within)?.type).toBe('store.database')
  await relay.drag(relay.handle('producer-1', 'right'), relay.node(records.id))
  await relay.drag(relay.handle(records.id, 'right'), relay.node('consumer-1'))
  expect((await relay.topology()).channels.map(channel => channel.type)).toEqual(['store.update', 'store.poll'])
  await relay.setSpeed('10')
  if (await page.getByRole('button', { name: 'Play' }).isVisible()) await page.getByRole('button', { name: 'Play' }).click()
  await expect.poll(() => relay.probe('consumer-1', 'processed'), { timeout: 20_000 }).toBeGreaterThan(2)
  expect(await relay.imbalance()).toBe(0)
})

for (const theme of ['light', 'dark'] as const)
  test(`the same figures by a shared table and by messages, ${theme}`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=shared-store&theme=${theme}`)
    await relay.runUntil(60)
    expect(await relay.probe('stock', 'lostUpdates')).toBeGreaterThan(0)
    expect(await relay.probe('stock', 'unseen')).toBeGreaterThan(0)
    expect(await relay.probe('shop-told', 'processed')).toBeGreaterThan(await relay.probe('shop-asks', 'processed'))
    expect(await relay.imbalance()).toBe(0)
    await relay.node('stock').click()
    await expect(page.getByRole('tab', { name: 'Docs' })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations).toEqual([])
  })

test('a service that is stopped in good order leaves the registry, one that crashes stays until its time is over', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=load-balancer&play=0')
  await relay.runUntil(5)
  expect(await relay.probe('registry', 'registered')).toBe(3)
  await relay.menu('api-2', /^Stop/)
  await relay.runUntil(6)
  expect(await relay.probe('registry', 'registered')).toBe(2)
  await relay.menu('api-1', 'Crash')
  await relay.runUntil(7)
  expect(await relay.probe('registry', 'registered')).toBe(2)
  await relay.runUntil(20)
  expect(await relay.probe('registry', 'registered')).toBe(1)
  expect(await relay.probe('clients', 'replies')).toBeGreaterThan(10)
  expect(await relay.imbalance()).toBe(0)
})
