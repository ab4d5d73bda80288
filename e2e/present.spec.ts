import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`a talk by keyboard alone: only what the speaker reveals (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=topic-routing&play=0&theme=${theme}&motion=reduced`)
    await page.keyboard.press('p')
    const bar = page.getByRole('contentinfo', { name: 'Presentation' })
    await expect(bar).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: 'Topic routing' })).toBeVisible()
    for (const name of ['Palette', 'Inspector']) await expect(page.getByRole('complementary', { name })).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Charts' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Share' })).toHaveCount(0)
    await expectAccessible(page)

    for (const name of ['shop', 'orders']) {
      await page.keyboard.press('PageDown')
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    }
    await expect(page.getByText('Exchange. Takes messages and hands a copy')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('PageUp')
    await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible()

    await page.keyboard.press('g')
    await expect(page.getByRole('region', { name: 'Charts' })).toBeVisible()
    await page.keyboard.press('i')
    await expect(page.getByRole('region', { name: 'Inspector of shop' })).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('0')
    await expect(page.getByRole('heading', { level: 1, name: 'Topic routing' })).toBeVisible()
    await page.keyboard.press(' ')
    await expect(bar.getByRole('button', { name: 'Pause' })).toBeVisible()

    await page.keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
    await expect(page.getByRole('complementary', { name: 'Palette' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Charts' })).toBeVisible()
  })
}

test('a talk by mouse, begun by its address or from the command palette', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0&present=1&motion=reduced')
  const bar = page.getByRole('contentinfo', { name: 'Presentation' })
  await bar.getByRole('button', { name: 'Next node in the light' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible()
  await relay.node('billing').click()
  await expect(page.getByRole('heading', { level: 1, name: 'billing' })).toBeVisible()
  await bar.getByRole('button', { name: 'Reveal or hide the charts' }).click()
  await expect.poll(async () => (await page.locator('.pn-plot').first().boundingBox())?.height ?? 0, 'read from the last row').toBeGreaterThan(100)
  await expect(page.getByRole('region', { name: 'Charts' })).toBeVisible()
  await bar.getByRole('button', { name: 'Leave the presentation' }).click()
  await expect(bar).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
  await page.keyboard.type('present')
  await page.getByRole('option', { name: /^Present/ }).first().click()
  await expect(bar).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
