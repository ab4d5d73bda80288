import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('on a phone everything is found by name, seen as a table, checked and kept', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  /** Nothing sticks out at the side. */
  const fits = async (): Promise<void> => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  await page.getByRole('button', { name: 'Find anything to do' }).tap()
  await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
  await page.keyboard.type('add queue')
  await expectAccessible(page)
  await page.getByRole('option').first().tap()
  expect((await relay.topology()).nodes.at(-1)!.type).toBe('amqp.queue')

  await page.evaluate(() => window.relayground.commands.select({ nodes: [], channels: [] }))
  await page.getByRole('button', { name: 'Inspector' }).tap()
  await page.getByRole('button', { name: 'Bind it to orders' }).tap()
  expect((await relay.topology()).channels.at(-1)!.type).toBe('amqp.binding')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Inspector' }).tap()

  await page.getByRole('radio', { name: 'Outline' }).tap()
  await expect(page.getByRole('row', { name: 'billing', exact: true })).toBeVisible()
  // What can be done with the chosen row stands beside its name, not in its place.
  const chosen = page.locator('[data-part="node"]', { has: page.locator('.pn-row-label', { hasText: /^audit$/ }) })
  await chosen.tap()
  await expect(chosen.getByRole('button', { name: 'Delete audit' })).toBeVisible()
  expect(await chosen.locator('.pn-row-label').evaluate(label => label.scrollWidth - label.clientWidth)).toBe(0)
  await expectAccessible(page)
  await fits()
  await page.getByRole('radio', { name: 'Text' }).tap()
  await expect(page.getByRole('textbox', { name: 'The topology as JSON' })).toBeVisible()
  await expectAccessible(page)
  await fits()
  await page.getByRole('radio', { name: 'Canvas' }).tap()

  await page.getByRole('button', { name: 'Starters' }).tap()
  await relay.menuItem(/^Your topologies/).tap()
  await expect(page.getByRole('dialog', { name: 'Your topologies' }).getByText('Topic routing')).toBeVisible()
  await expectAccessible(page)
  await fits()
})

test('on a phone what is asked for by name is seen: drawers over the canvas go, and the sequence view in its place', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const choose = async (name: string): Promise<void> => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
  }
  await choose('go audit')
  await page.getByRole('button', { name: 'Inspector' }).tap()
  await choose('rename')
  const name = page.getByRole('textbox', { name: 'Name of audit' })
  await expect(name).toBeFocused()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).not.toBeInViewport()
  // The camera has come near enough to read what is written.
  await expect.poll(async () => (await name.boundingBox())!.height).toBeGreaterThan(12)
  await page.keyboard.press('Escape')

  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Live' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(relay.canvas()).toBeFocused()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).not.toBeInViewport()

  await choose('connect from')
  const list = page.getByRole('dialog', { name: 'Connect audit to' })
  await page.setViewportSize({ width: 844, height: 390 })
  await expect(list.getByRole('combobox')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 844 })

  await page.keyboard.press('Alt+4')
  await expect(page.getByRole('region', { name: 'Sequence view' })).toBeInViewport()
  await choose('show the outline')
  await expect(page.getByRole('row', { name: 'billing', exact: true })).toBeInViewport()
})
