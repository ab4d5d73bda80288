import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`what is probably not meant is told with a way out, one press and one undo away (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=topic-routing&theme=${theme}&play=0`)
    const check = page.getByRole('region', { name: 'Check' })
    await expect(check.getByText('Nothing to complain about')).toBeVisible()
    await page.evaluate(() => window.relayground.commands.remove({ nodes: [], channels: ['orders-audit'] }))
    await page.evaluate(() => window.relayground.commands.configure('node', 'shop', { key: 'refund.asked' }))
    await expect(check.getByText('has no binding for “refund.asked”')).toBeVisible()
    await expect(check.getByText('is bound to no exchange')).toBeVisible()
    await expectAccessible(page)
    await check.getByRole('button', { name: 'Bind it to orders' }).click()
    await expect(check.getByText('is bound to no exchange')).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(check.getByText('is bound to no exchange')).toBeVisible()
    await check.getByRole('button', { name: /is bound to no exchange/ }).click()
    await expect(page.getByRole('region', { name: /^Inspector of/ })).toBeVisible()
  })
}

test('queues of one name are told apart, or drawn once, with one press', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const check = page.getByRole('region', { name: 'Check' })
  const [first, second] = (await relay.topology()).nodes.filter(node => node.type === 'amqp.queue')
  await page.evaluate(([id, name]) => window.relayground.commands.configure('node', id!, { name: name! }), [second!.id, first!.label])
  const found = check.getByText(`are both called “${first!.label}”`)
  await expect(found).toBeVisible()
  await check.getByRole('button', { name: `Call the second “${first!.label}-2”` }).click()
  await expect(found).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(found).toBeVisible()
  await check.getByRole('button', { name: `Draw it once, as “${first!.label}”` }).click()
  await expect(found).toHaveCount(0)
  await expect.poll(async () => (await relay.topology()).nodes.some(node => node.id === second!.id)).toBe(false)
})
