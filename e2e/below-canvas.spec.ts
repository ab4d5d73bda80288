import type { Topology } from '../src/topology/document.ts'
import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const TABS = ['Charts', 'Sequence', 'Event log', 'Breakpoints'] as const

test('one bar of tabs stands at the top of what is below the canvas, whatever is open', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  const bar = page.getByRole('group', { name: 'Below the canvas' })
  const openTabs = (): Promise<string[]> => bar.getByRole('button', { expanded: true }).allTextContents()
  for (const name of TABS.slice(1)) {
    await bar.getByRole('button', { name }).click()
    const view = page.getByRole('region', { name })
    await expect(view).toBeVisible()
    expect(await openTabs()).toEqual([name])
    expect((await view.boundingBox())!.y).toBeGreaterThanOrEqual((await bar.boundingBox())!.y + 30)
    await expectAccessible(page)
  }
  await bar.getByRole('button', { name: 'Charts' }).press('Enter')
  await expect(page.getByRole('figure', { name: 'Throughput' })).toBeVisible()
  await page.getByRole('radio', { name: 'p50' }).click()
  await page.keyboard.press('Alt+5')
  expect(await openTabs()).toEqual(['Event log'])
  await bar.getByRole('button', { name: 'Charts' }).click()
  await expect(page.getByRole('radio', { name: 'p50' }), 'what was chosen outlasts another tab').toBeChecked()
  await bar.getByRole('button', { name: 'Charts' }).click()
  expect(await openTabs(), 'pressing the open tab folds the pane').toEqual([])
})

test('whatever is open is as high as what was before, and as high as it was dragged or pressed, also next time', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  const bar = page.getByRole('group', { name: 'Below the canvas' })
  const edge = page.getByRole('separator', { name: 'Height of what is below the canvas' })
  const top = async (): Promise<number> => (await bar.boundingBox())!.y
  const plot = async (): Promise<number> => (await page.getByRole('figure', { name: 'Throughput' }).boundingBox())!.height
  const first = await top()
  const charts = await plot()
  const everywhere = async (y: number): Promise<void> => {
    for (const name of [...TABS.slice(1), TABS[0]]) {
      await bar.getByRole('button', { name }).click()
      await expect.poll(top, name).toBeCloseTo(y, 0)
    }
    await page.getByRole('button', { name: 'As a table' }).click()
    await expect(page.getByRole('region', { name: 'Figures as a table' })).toBeVisible()
    expect(await top()).toBeCloseTo(y, 0)
    await page.getByRole('button', { name: 'As a table' }).click()
  }
  await everywhere(first)

  const { x, y } = (await edge.boundingBox())!
  await page.mouse.move(x + 200, y + 4)
  await page.mouse.down()
  await page.mouse.move(x + 220, y - 76, { steps: 4 })
  await page.mouse.up()
  await expect.poll(top).toBeLessThan(first - 70)
  await expect.poll(plot, 'the plots have what there is').toBeGreaterThan(charts + 60)
  const dragged = await top()
  await everywhere(dragged)
  await edge.focus()
  const height = String(Number(await edge.getAttribute('aria-valuenow')) - 16)
  await page.keyboard.press('ArrowDown')
  await expect.poll(top).toBeCloseTo(dragged + 16, 0)
  await expect(edge).toHaveAttribute('aria-valuenow', height)
  await expectAccessible(page)
  await page.reload()
  await expect.poll(top, 'this browser remembers it').toBeCloseTo(dragged + 16, 0)
  await expect(edge).toHaveAttribute('aria-valuenow', height)
  await edge.press('Home')
  await expect.poll(top, 'as low as it goes').toBeGreaterThan(first + 50)
  await edge.dblclick()
  await expect.poll(top, 'and as at first').toBeCloseTo(first, 0)
  await bar.getByRole('button', { name: 'Charts' }).click()
  await expect(edge, 'a folded pane has no height to choose').toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('all four tabs fit, none under another, and the sequence view has them too', async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?starter=work-queue-slow-worker&play=0')
    const panels = page.getByRole('navigation', { name: 'Panels' })
    const bar = page.getByRole('group', { name: 'Below the canvas' })
    const charts = panels.getByRole('button', { name: 'Charts' })
    await charts.tap()
    const fits = async (): Promise<void> => {
      const boxes = await Promise.all(TABS.map(async name => (await bar.getByRole('button', { name }).boundingBox())!))
      boxes.forEach((box, place) => expect(box.x).toBeGreaterThanOrEqual(place === 0 ? 0 : boxes[place - 1]!.x + boxes[place - 1]!.width))
      expect(boxes.at(-1)!.x + boxes.at(-1)!.width).toBeLessThanOrEqual(390)
      expect((await page.getByRole('radio', { name: 'p50' }).or(page.getByRole('region', { name: 'Sequence view' })).first().boundingBox())!.y).toBeGreaterThanOrEqual(boxes[0]!.y + boxes[0]!.height)
    }
    await fits()
    await bar.getByRole('button', { name: 'Sequence' }).tap()
    await expect(page.getByRole('region', { name: 'Sequence view' })).toBeVisible()
    await fits()
    await charts.tap()
    await expect(page.getByRole('region', { name: 'Sequence view' })).toHaveCount(0)
    await expect(bar).toBeHidden()
  })

  test('the name of the topology has room, and what stood in its place is behind one button', async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?play=0')
    expect((await page.getByRole('button', { name: 'Chat with a history service' }).boundingBox())!.width).toBeGreaterThan(140)
    await expect(page.getByRole('banner').getByRole('button', { name: 'Import' })).toBeHidden()
    const more = page.getByRole('banner').getByRole('button', { name: 'More' })
    await more.tap()
    await relay.menuItem('Dark theme').tap()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await expectAccessible(page)
    await more.tap()
    await relay.menuItem(/^RabbitMQ definitions/).tap()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await more.tap()
    await relay.menuItem(/^Import/).tap()
    await expect(page.getByRole('dialog', { name: 'Import' })).toBeVisible()
  })

  test('everything of the top bar is as big as a finger wants it', async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?play=0')
    for (const button of await page.getByRole('banner').locator('.ui-button:visible').all()) expect((await button.boundingBox())!.width).toBeGreaterThanOrEqual(34)
    await expect(page.getByRole('region', { name: 'Welcome' })).toContainText('press and hold')
    await relay.startBlank()
    await expect(page.getByText('Open Parts and tap what you need.')).toBeVisible()
    await expect(page.getByText(/Drag a part/)).toBeHidden()
  })
})

test('states are said aloud: play and pause, speed, panes, what was opened, and the same words again', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  const said = (text: string | RegExp): Promise<void> => expect(page.getByRole('status').filter({ hasText: text })).toBeAttached()
  await relay.canvas().focus()
  await page.keyboard.press('Space')
  await said('Running')
  await page.keyboard.press('Space')
  await said('Paused')
  await page.keyboard.press('Alt+6')
  await said('Breakpoints: open')
  await page.keyboard.press(']')
  await said('Speed 2×')
  await page.evaluate(() => window.relayground.commands.announce('twice'))
  await said(/^twice$/)
  await page.evaluate(() => window.relayground.commands.announce('twice'))
  await expect.poll(() => page.getByRole('status').filter({ hasText: 'twice' }).evaluate(element => element.textContent), 'a change, or it is not read').toBe('twice\u00a0')
  await page.getByRole('button', { name: 'Starters' }).click()
  await relay.menuItem(/^Topic routing/).click()
  await said('Opened Topic routing')
})

test('what a product refused in one topology is not told of in the next', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  const refused: Topology = {
    format: 1,
    title: 'Refused',
    seed: 1,
    nodes: [
      { id: 'broker', type: 'amqp.broker', label: 'broker', at: { x: 0, y: 0 }, size: { width: 260, height: 200 }, config: {} },
      { id: 'q', type: 'amqp.queue', label: 'q', at: { x: 20, y: 60 }, within: 'broker', config: { deadLetterRoutingKey: 'dead' } },
    ],
    channels: [],
  }
  await relay.openTopology(refused)
  await expect(relay.notice(/RabbitMQ refuses “q”/)).toBeVisible()
  await page.getByRole('button', { name: 'Starters' }).click()
  await relay.menuItem(/^Topic routing/).click()
  await expect(relay.notice(/RabbitMQ refuses/)).toHaveCount(0)
})

test('a breakpoint’s dot stands beside the sign of a finding, and neither is under the ring of selection', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  await relay.node('tasks').click({ position: { x: 60, y: 12 } })
  await page.keyboard.press('b')
  const sign = relay.node('tasks').locator('.cv-finding')
  const dot = relay.node('tasks').locator('.cv-pause')
  await expect(dot).toBeVisible()
  const [left, right] = [(await sign.boundingBox())!, (await dot.boundingBox())!]
  expect(right.x).toBeGreaterThanOrEqual(left.x + left.width)
  expect(await sign.evaluate(element => Number(getComputedStyle(element).zIndex))).toBeGreaterThan(0)
})

test('words are found in any order, and letters that are merely somewhere find nothing', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find anything to do' })
  await field.fill('redis channel')
  await expect(page.getByRole('option').first()).toHaveText(/Add Pub\/Sub channel/)
  await field.fill('qqzz')
  await expect(page.getByText('Nothing is called “qqzz”.')).toBeVisible()
})

test('the keyboard keeps its place: when a channel is undone, and when a pane is closed', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  const at = (id: string): Promise<void> => expect(relay.canvas()).toHaveAttribute('aria-activedescendant', `cv-node-${id}`)
  await relay.canvas().focus()
  await page.keyboard.press('ArrowRight')
  await at('producer')
  await page.keyboard.press('c')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await relay.topology()).channels.length).toBe(4)
  await page.keyboard.press('Control+z')
  await at('producer')
  await page.keyboard.press('Alt+4')
  await expect(page.getByRole('region', { name: 'Sequence view' })).toBeVisible()
  await expect(relay.canvas()).not.toBeFocused()
  await page.keyboard.press('Escape')
  await expect(relay.canvas()).toBeFocused()
})
