import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const LAWS = ['Constant', 'Exponential', 'Uniform', 'Normal', 'Lognormal', 'Erlang', 'Hyperexponential', 'Pareto', 'Empirical', 'Trace']
const ARRIVALS = ['Poisson', 'regular', 'uniform', 'steady', 'bursts', 'any law', 'on and off', 'ramp', 'schedule', 'trace']

async function settingsOf(relay: RelayPage, id: string): Promise<void> {
  await relay.node(id).click()
  await relay.page.getByRole('tab', { name: 'Settings' }).click()
}

for (const theme of ['light', 'dark'] as const) {
  test(`every law and every kind of arrivals is sketched, with its figures (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=topic-routing&play=0&theme=${theme}`)
    await settingsOf(relay, 'billing')
    const sketch = page.getByRole('figure', { name: 'Sketch of service time' })
    for (const law of LAWS) {
      await page.getByLabel('Service time', { exact: true }).selectOption(law)
      await expect(sketch.getByText(/^Mean .* squared coefficient of variation [\d.]+$/)).toBeVisible()
    }
    await expectAccessible(page)
    await settingsOf(relay, 'shop')
    const arrivals = page.getByRole('figure', { name: 'Sketch of the arrivals' })
    for (const kind of ARRIVALS) {
      await page.getByLabel('Arrivals', { exact: true }).selectOption(kind)
      await expect(arrivals.getByText(/\d+ messages?\./)).toBeVisible()
    }
    await expectAccessible(page)
  })
}

test('a slider acts while it is dragged and is undone as one; arrow keys step through round values', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  await settingsOf(relay, 'shop')
  const rate = async () => (await relay.topology()).nodes.find(node => node.id === 'shop')!.config['rate']
  const slider = page.getByRole('slider', { name: 'Rate on a scale' })
  const box = (await slider.boundingBox())!
  const at = (share: number): [number, number] => [box.x + box.width * share, box.y + box.height / 2]
  await page.mouse.move(...at(0.42))
  await page.mouse.down()
  const seen = new Set<unknown>()
  for (const share of [0.5, 0.6, 0.7]) {
    await page.mouse.move(...at(share), { steps: 4 })
    seen.add(await rate())
  }
  await page.mouse.up()
  expect(seen.size).toBe(3)
  await slider.press('End')
  expect(await rate()).toBe(100_000)
  for (const key of ['ArrowLeft', 'ArrowLeft']) await slider.press(key)
  expect(await rate()).toBe(60_000)
  await expect(slider).toHaveAttribute('aria-valuetext', '60000 /s')
  await page.getByRole('button', { name: 'Undo' }).click()
  expect([...seen]).toContain(await rate())
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await rate()).toBe(3)
})

test('a template shows what it would say while it is typed, made by the simulation', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  await settingsOf(relay, 'shop')
  const example = page.getByRole('region', { name: 'For example' })
  await page.getByRole('textbox', { name: 'Body' }).fill('order {n} of {id}')
  await expect(example.getByRole('listitem')).toHaveCount(3)
  await expect(example.getByText('order 2 of shop')).toBeVisible()
  await page.getByRole('textbox', { name: 'Key' }).fill('a\nb')
  await expect(example.locator('code')).toHaveText(['a', 'b', 'a'])
  await expectAccessible(page)
  // The run on the screen knows nothing of it.
  expect(await relay.probe('shop', 'sent')).toBe(0)
})

test('several nodes are set together, and undone together', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const consumers = ['billing', 'warehouse', 'auditor']
  const values = async (field: string) => (await relay.topology()).nodes.filter(node => consumers.includes(node.id)).map(node => node.config[field])
  const before = await relay.topology()
  await relay.node('billing').click()
  for (const id of consumers.slice(1)) await relay.node(id).click({ modifiers: ['Shift'] })
  await expect(page.getByText('They have several laws.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Failure rate' }).fill('0.2')
  expect(await values('failureRate')).toEqual([0.2, 0.2, 0.2])
  await page.getByRole('button', { name: 'Give all the first one’s' }).click()
  const laws = await values('serviceTime')
  expect(new Set(laws.map(law => JSON.stringify(law))).size).toBe(1)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Undo' }).hover()
  await expect(page.getByRole('tooltip').getByText('Undo change of 3 nodes').first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await relay.topology()).toEqual(before)
})

test('a header that is removed takes its own fields with it, also after they were written in', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  await page.evaluate(() => window.relayground.commands.configure('node', 'shop', { headers: { first: 'a', second: 'b' } }))
  await relay.node('shop').click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('tab', { name: 'Settings' }).click()
  const name = inspector.getByRole('textbox', { name: 'Name 1' })
  await name.fill('front')
  await page.keyboard.press('Tab')
  await expect(inspector.getByRole('textbox', { name: 'Value 1' })).toBeFocused()
  await inspector.getByRole('button', { name: 'Remove front' }).click()
  await expect(name).toHaveValue('second')
  await name.focus()
  await page.keyboard.press('Tab')
  expect((await relay.topology()).nodes.find(node => node.id === 'shop')!.config['headers']).toEqual({ second: 'b' })
})
