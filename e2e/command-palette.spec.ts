import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`the command palette finds actions, parts and nodes by a few letters (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?theme=${theme}&starter=topic-routing`)
    const search = page.getByRole('combobox', { name: 'Find anything to do' })
    const choose = async (typed: string, option: RegExp): Promise<void> => {
      await page.keyboard.press('Control+k')
      await expect(search).toBeFocused()
      await page.keyboard.type(typed)
      await expect(page.getByRole('option').first()).toHaveText(option)
      await page.keyboard.press('Enter')
      await expect(search).toHaveCount(0)
    }
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('group', { name: 'Add a part' })).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.type('ad cons')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(search).toHaveCount(0)

    await choose('add consumer', /^Add Consumer/)
    expect((await relay.topology()).nodes.at(-1)!.type).toBe('app.consumer')
    await expect(relay.canvas()).toBeFocused()
    await choose('crsh rabbit', /^Crash RabbitMQ/)
    await expect.poll(() => page.evaluate(() => window.relayground.figures.node('rabbitmq')?.state)).toBe('down')
    await choose('go billing', /^Go to billing/)
    expect(await page.evaluate(() => window.relayground.session.getState().selection.nodes)).toEqual(['billing'])
    await choose('run at 100x', /^Run at 100×/)
    await expect(page.getByLabel('Speed')).toHaveValue('100')
    await choose('undo', /^Undo addition of consumer 1/)
    expect((await relay.topology()).nodes.some(node => node.type === 'app.consumer' && node.id === 'consumer-1')).toBe(false)
  })
}

test('the key map lists every action that has a key', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await page.keyboard.press('?')
  const map = page.getByRole('dialog', { name: 'Keys' })
  await expect(map).toBeVisible()
  const titles = await page.evaluate(() => window.relayground.actions.filter(action => action.keys.length > 0).map(action => action.family?.title ?? action.title))
  for (const title of new Set(titles)) await expect(map.getByText(title, { exact: true }).first()).toBeVisible()
  await expectAccessible(page)
})

test('no two actions that can be done take the same key', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await relay.node('alice').click()
  const keys = await page.evaluate(() => {
    const app = window.relayground
    return app.actions.filter(action => action.enabled?.(app) ?? true).flatMap(action => action.keys.map(key => `${action.where === 'canvas' ? 'canvas' : 'anywhere'} ${key}`))
  })
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

test('a node is found from the keyboard', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await relay.canvas().focus()
  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
  await page.keyboard.type('alice')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => window.relayground.session.getState().selection.nodes)).toEqual(['alice'])
})

test('what begins at a node can be asked for in any view, ends with Escape, and does not come back with the node', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const choose = async (typed: string): Promise<void> => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
  }
  await choose('go audit')
  await page.getByRole('radio', { name: 'Outline' }).click()
  await choose('rename')
  const name = page.getByRole('textbox', { name: 'Name of audit' })
  await expect(name).toBeFocused()
  await page.keyboard.type('ledger')
  await page.keyboard.press('Enter')
  await expect(relay.canvas()).toBeFocused()
  expect((await relay.topology()).nodes.find(node => node.id === 'audit')!.label).toBe('ledger')

  await choose('go shop')
  await page.getByRole('radio', { name: 'Outline' }).click()
  await choose('connect from')
  const list = page.getByRole('dialog', { name: 'Connect shop to' })
  await expect(list.getByRole('combobox')).toBeFocused()
  // Whoever has the keyboard: here nobody, as when what had it has gone.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
  await expect(relay.canvas()).toBeFocused()

  await page.keyboard.press('c')
  await expect(list.getByRole('combobox')).toBeFocused()
  await page.evaluate(() => window.relayground.commands.remove({ nodes: ['shop'], channels: [] }))
  await expect(list).toHaveCount(0)
  await page.evaluate(() => window.relayground.commands.undo())
  await expect(relay.node('shop')).toBeVisible()
  await expect(list).toHaveCount(0)
})
