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
