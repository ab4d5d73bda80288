import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'
import { crowd } from './stage-topologies.ts'

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

test('of many findings the first are shown, and all with a key', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await page.evaluate(text => window.relayground.commands.open(JSON.parse(text)), JSON.stringify(crowd(30)))
  const check = page.getByRole('region', { name: 'Check' })
  await expect(check.getByRole('listitem')).toHaveCount(20)
  const more = check.getByRole('button', { name: /^Show all \d+$/ })
  const all = Number((await more.textContent())!.replace('Show all ', ''))
  expect(all).toBeGreaterThanOrEqual(30)
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(check.getByRole('listitem')).toHaveCount(all)
  const fewer = check.getByRole('button', { name: 'Show the first 20' })
  await expect(fewer).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(check.getByRole('listitem')).toHaveCount(20)
})
