import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`the outline edits the same document and shows the same figures as the canvas (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=work-queue-slow-worker&theme=${theme}`)
    await expect.poll(() => relay.probe('tasks', 'enqueued'), { timeout: 20_000 }).toBeGreaterThan(2)
    await page.getByRole('button', { name: 'Pause' }).click()
    const onCanvas = await relay.node('tasks').locator('.cv-figure').first().textContent()
    await page.getByRole('radio', { name: 'Outline' }).click()
    const table = page.getByRole('treegrid', { name: 'Outline of the topology' })
    const row = (name: string | RegExp) => table.getByRole('row', { name })
    const { label } = (await relay.topology()).nodes.find(node => node.id === 'tasks')!
    await expect(row(new RegExp(`^${label}`)).locator('[data-column="figure"]')).toHaveText(onCanvas!)
    await expectAccessible(page)

    await row(new RegExp(`^${label}`)).click()
    await page.keyboard.press('F2')
    await page.keyboard.type('jobs')
    await page.keyboard.press('Enter')
    expect((await relay.topology()).nodes.find(node => node.id === 'tasks')!.label).toBe('jobs')
    await expect(row(/^jobs/)).toBeFocused()
    const channels = (await relay.topology()).channels.length
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Delete')
    expect((await relay.topology()).channels.length).toBe(channels - 1)
    await row(/^jobs/).click()
    await row(/^jobs/).getByRole('button', { name: /^Connect jobs/ }).click()
    await page.getByRole('menuitem').first().click()
    expect((await relay.topology()).channels.length).toBe(channels)
    await table.getByRole('button', { name: 'Name' }).click()
    await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
    await expect(table.locator('[data-part="channel"]')).toHaveCount(0)
    await page.getByRole('radio', { name: 'Canvas' }).click()
    await expect(relay.node('tasks')).toBeVisible()
  })

  test(`the text edits the topology as it runs, and says where it makes no sense (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=topic-routing&theme=${theme}`)
    await page.keyboard.press('Alt+3')
    const text = page.getByRole('textbox', { name: 'The topology as JSON' })
    await expect(text).toHaveValue(/"rate": 3/)
    const now = await page.evaluate(() => window.relayground.figures.nowNs())
    const before = await relay.topology()
    const replace = async (from: string, to: string): Promise<void> => text.fill((await text.inputValue()).replace(from, to))
    await replace('"rate": 3', '"rate": 7')
    await expect.poll(async () => (await relay.topology()).nodes.find(node => node.id === 'shop')!.config['rate']).toBe(7)
    expect(await page.evaluate(() => window.relayground.figures.nowNs())).toBeGreaterThanOrEqual(now)
    await expectAccessible(page)

    await replace('"at": {\n        "x": 0,', '"at": {\n        "x": "left",')
    await expect(page.getByText(/^Line \d+: Expected a number at nodes\[0\]\.at\.x; got a string\./)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Go there' }).click()
    expect(await text.evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).toBe('"left"')
    expect((await relay.topology()).nodes.find(node => node.id === 'shop')!.at.x).toBe(0)
    await page.getByRole('button', { name: 'Take back' }).click()
    await expect(text).toHaveValue(/"rate": 7/)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await relay.topology()).toEqual(before)
    await expect(text).toHaveValue(/"rate": 3/)
  })
}

test('what is typed in the text is kept by who goes on at once, and is never about another topology', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  await page.keyboard.press('Alt+3')
  const text = page.getByRole('textbox', { name: 'The topology as JSON' })
  await text.fill((await text.inputValue()).replace('"label": "shop"', '"label": "store"'))
  await page.keyboard.press('Alt+1')
  await expect.poll(async () => (await relay.topology()).nodes.find(node => node.id === 'shop')!.label).toBe('store')

  await page.keyboard.press('Alt+3')
  await text.fill(`{${await text.inputValue()}`)
  await expect(page.getByRole('button', { name: 'Take back' })).toBeVisible()
  await relay.startBlank()
  await expect(text).not.toHaveValue(/shop/)
  await expect(page.getByRole('button', { name: 'Take back' })).toHaveCount(0)
})
