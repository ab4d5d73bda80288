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
