import { expectAccessible } from './axe.ts'
import { expect, test, watchConsole } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const saved = (relay: RelayPage) => expect(relay.page.getByText('saved', { exact: true })).toBeVisible()

async function library(relay: RelayPage): Promise<void> {
  await relay.page.getByRole('button', { name: 'Starters' }).click()
  await relay.menuItem(/^Your topologies/).click()
  await expect(relay.page.getByRole('dialog', { name: 'Your topologies' })).toBeVisible()
}

test('undo and its names survive a reload', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  const before = await relay.topology()
  await page.evaluate(() => window.relayground.commands.rename('history', 'archive'))
  await page.evaluate(() => window.relayground.commands.remove({ nodes: ['alice'], channels: [] }))
  await page.keyboard.press('Control+z')
  await saved(relay)
  await page.reload()
  await expect(relay.canvas()).toBeVisible()
  await page.getByRole('button', { name: 'Redo' }).hover()
  await expect(page.getByRole('tooltip').getByText('Redo deletion of 1 node').first()).toBeVisible()
  await page.keyboard.press('Control+z')
  expect(await relay.topology()).toEqual(before)
  await page.keyboard.press('Control+y')
  await page.keyboard.press('Control+y')
  expect((await relay.topology()).nodes.some(node => node.id === 'alice')).toBe(false)
})

for (const theme of ['light', 'dark'] as const) {
  test(`several topologies are kept, opened, duplicated and deleted (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?theme=${theme}`)
    await page.evaluate(() => window.relayground.commands.setTitle('First of mine'))
    await saved(relay)
    await relay.startBlank()
    await page.evaluate(() => {
      window.relayground.commands.setTitle('Second of mine')
      window.relayground.commands.addNode('app.producer')
    })
    await saved(relay)
    await library(relay)
    const dialog = page.getByRole('dialog', { name: 'Your topologies' })
    const titles = dialog.locator('strong')
    await expect(titles).toHaveText(['Second of mine', 'First of mine'])
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Duplicate First of mine' }).click()
    await expect(titles).toHaveCount(3)
    await dialog.getByRole('button', { name: 'Delete First of mine', exact: true }).click()
    await expect(titles).toHaveCount(2)
    await page.keyboard.press('Escape')
    await relay.notice('“First of mine” is deleted.').locator('..').getByRole('button', { name: 'Undo' }).click()
    await library(relay)
    await expect(titles).toHaveCount(3)
    await dialog.getByRole('button', { name: /^First of mine 1/ }).click()
    await expect.poll(async () => (await relay.topology()).title).toBe('First of mine')
    expect((await relay.topology()).nodes.length).toBeGreaterThan(3)
    await page.getByLabel('Undo', { exact: true }).click()
    expect((await relay.topology()).title).not.toBe('First of mine')
  })
}

test('two tabs never write one topology: the second gets a copy, and is told', async ({ page, context }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await page.evaluate(() => window.relayground.commands.setTitle('Shared'))
  await saved(relay)
  const other = await context.newPage()
  const said: string[] = []
  watchConsole(other, said)
  const there = new RelayPage(other)
  await there.open()
  await library(there)
  await expect(other.getByText('open in another tab')).toBeVisible()
  await other.getByRole('button', { name: /^Shared/ }).click()
  await expect(there.notice('“Shared” is open in another tab')).toBeVisible()
  await other.evaluate(() => window.relayground.commands.addNode('app.producer'))
  await saved(there)
  await page.evaluate(() => window.relayground.commands.addNode('app.consumer'))
  await saved(relay)
  const [mine, theirs] = [await relay.topology(), await there.topology()]
  await page.reload()
  await other.reload()
  await expect(relay.canvas()).toBeVisible()
  await expect(there.canvas()).toBeVisible()
  expect(await relay.topology()).toEqual(mine)
  expect(await there.topology()).toEqual(theirs)
  expect(said).toEqual([])
  await other.close()
})

test('what was edited a moment before the page was left is there again', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await page.evaluate(() => window.relayground.commands.setTitle('To the last moment'))
  await page.reload()
  await expect(relay.canvas()).toBeVisible()
  expect((await relay.topology()).title).toBe('To the last moment')
})
