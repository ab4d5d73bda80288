import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test('measured durations and a trace of arrivals are pasted into the inspector', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers&play=0')
  const nodes = (await relay.topology()).nodes
  const configOf = async (id: string) => (await relay.topology()).nodes.find(node => node.id === id)!.config
  const consumer = nodes.find(node => node.type === 'app.consumer')!.id
  await relay.node(consumer).click()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByLabel('Service time', { exact: true }).selectOption('Trace')
  await page.getByLabel('Durations').fill('10\n20, 30')
  await expect.poll(async () => (await configOf(consumer))['serviceTime']).toEqual({ law: 'trace', values: [10, 20, 30] })
  await page.getByLabel('Durations').fill('10 many')
  await expect(page.getByText('number 2 is "many"')).toBeVisible()

  const producer = nodes.find(node => node.type === 'app.producer')!.id
  await relay.node(producer).click()
  await page.getByLabel('Arrivals', { exact: true }).selectOption('trace')
  await expect(page.getByLabel('Rate', { exact: true })).toBeHidden()
  await page.getByRole('textbox', { name: 'Table' }).fill('time,body\n1,one\n2,two\n')
  await page.getByRole('textbox', { name: 'Table' }).blur()
  await relay.runUntil(10)
  await expect.poll(() => relay.probe(producer, 'sent')).toBe(2)
})
