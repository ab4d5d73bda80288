import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import type { Config, Topology } from '../src/topology/document.ts'
import { expectAccessible } from './axe.ts'
import { channel, constant, node } from './drawn.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'


/** Two orders a second, 100 ms a wire. */
const ORDERS: Topology = {
  format: 1,
  title: 'Orders & more',
  seed: 1,
  nodes: [
    node('app.producer', 'shop', 0, 60, { rate: 2, arrival: 'regular', key: 'orders.eu' }),
    { ...node('amqp.broker', 'rabbit', 230, -20), size: { width: 560, height: 260 } },
    node('amqp.exchange', 'orders', 40, 80, { exchangeType: 'topic' }, 'rabbit'),
    node('amqp.queue', 'work', 290, 80, {}, 'rabbit'),
    node('app.consumer', 'worker', 880, 60, { serviceTime: constant(50) }),
  ],
  channels: [channel('amqp.publish', 'shop', 'orders'), channel('amqp.binding', 'orders', 'work', { routingKey: 'orders.#', latency: constant(0) }), channel('amqp.consume', 'work', 'worker')],
}

/** Three chat servers, each with two users, that tell each other over ZeroMQ. */
function mesh(): Topology {
  const loopback: Config = { latency: { law: 'exponential', mean: 5 } }
  const servers = ['S1', 'S2', 'S3']
  const users = servers.flatMap((server, n) => [1, 2].map(m => ({ id: `C${n * 2 + m}`, server, y: (n * 2 + m) * 90 })))
  return {
    format: 1,
    title: 'Mesh',
    seed: 1,
    nodes: [...servers.map((id, n) => node('chat.server', id, 300, n * 180 + 90, { ownUsers: 'directly' })), ...users.map(({ id, y }) => node('chat.user', id, 0, y, { rate: 12 }))],
    channels: [...users.map(({ id, server }) => channel('websocket.connection', id, server, loopback)), ...servers.flatMap(from => servers.filter(to => to !== from).map(to => channel('zeromq.pub-sub', from, to, loopback)))],
  }
}

async function open(page: Page, topology = ORDERS, seconds = 10, query = ''): Promise<RelayPage> {
  const relay = new RelayPage(page)
  await relay.open(`./?play=0${query}`)
  await page.evaluate(text => window.relayground.commands.open(JSON.parse(text) as Topology, { play: false }), JSON.stringify(topology))
  await expect(relay.node(topology.nodes[0]!.id)).toBeVisible()
  await relay.runUntil(seconds)
  return relay
}

const pane = (page: Page): Locator => page.getByRole('region', { name: 'Sequence view' })
const diagram = (page: Page): Locator => page.getByRole('application', { name: 'Sequence of messages' })
const foot = (page: Page): Locator => page.locator('.sq-foot')
const message = (page: Page): Locator => page.getByRole('region', { name: /^Message / })
const spoken = (page: Page, says: RegExp): Locator => page.getByRole('status').filter({ hasText: says })

/** Moves the pointer down between two lifelines until it is at an arrow; returns what is told there. */
async function findArrow(page: Page, x: number): Promise<{ readonly y: number; readonly says: string }> {
  const box = (await diagram(page).boundingBox())!
  for (let y = 60; y < box.height - 10; y += 6) {
    await page.mouse.move(box.x + x, box.y + y)
    if ((await page.locator('.sq-card').count()) > 0) return { y: box.y + y, says: await page.locator('.sq-card').innerText() }
  }
  throw new Error('no arrow there')
}

async function textOf(download: Promise<Download>): Promise<{ readonly name: string; readonly text: string }> {
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('with the mouse: opened below the canvas, an arrow is pointed at, clicked, read and located; wheel and drag look elsewhere', async ({ page }) => {
  const relay = await open(page)
  await page.getByRole('button', { name: 'Sequence', exact: true }).click()
  await expect(foot(page)).toContainText('58 crossings between 4 nodes')
  await page.getByRole('combobox', { name: 'Length of the stretch' }).selectOption('1000000000')
  await expect(foot(page)).toContainText('7 crossings between 4 nodes')
  await expect(foot(page)).toContainText('1 s, 00:09.000 to 00:10.000')

  const box = (await diagram(page).boundingBox())!
  // Between the first lifeline and the second.
  const x = 84 + ((box.width - 92) / 4) * 0.9
  const { y, says } = await findArrow(page, x)
  expect(says).toMatch(/^shop#\d+\s+orders\.eu\s+shop → orders\s+00:0\d\.\d{3}, (arrived after 100 ms|still on its way)$/)
  await page.mouse.click(box.x + x, y)
  const identity = says.split('\n')[0]!
  await expect(message(page).getByRole('heading', { level: 2 })).toHaveText(identity)
  for (const id of ['shop', 'orders']) await expect(relay.node(id)).toHaveAttribute('data-selected', 'true')
  // The message's own small diagram stands above its steps.
  await expect(message(page).getByRole('region', { name: 'Story' }).locator('.sq-drawing')).toBeVisible()
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(diagram(page)).toBeFocused()

  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.wheel(0, -400)
  await expect(foot(page)).toContainText(/^.*4\d\d ms, 00:09\./)
  const before = await foot(page).innerText()
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 120, { steps: 6 })
  await page.mouse.up()
  await expect(foot(page)).not.toHaveText(before)
  await page.getByRole('button', { name: 'Close the sequence view' }).click()
  await expect(pane(page)).toHaveCount(0)
})

test('with the keyboard alone: opened, walked in time and along a message, zoomed, read as a table, closed', async ({ page }) => {
  const relay = await open(page)
  await relay.canvas().focus()
  await page.keyboard.press('Alt+4')
  await expect(diagram(page)).toBeFocused()
  await page.keyboard.press('Home')
  await expect(spoken(page, /^\w+, shop#1, with key orders\.eu: from shop to orders at 00:00\.\d+, arrived after 100 ms$/)).toBeAttached()
  await page.keyboard.press('ArrowRight')
  await expect(spoken(page, /shop#1, .*from orders to work at .*arrived at once$/)).toBeAttached()
  await page.keyboard.press('ArrowRight')
  await expect(spoken(page, /shop#1, .*from work to worker/)).toBeAttached()
  await page.keyboard.press('ArrowRight')
  await expect(spoken(page, /No further crossing/)).toBeAttached()
  await page.keyboard.press('ArrowDown')
  await expect(spoken(page, /shop#2, .*from shop to orders/)).toBeAttached()
  await page.keyboard.press('Enter')
  await expect(message(page).getByRole('heading', { level: 2 })).toHaveText('shop#2')
  await expect(page.getByRole('button', { name: 'Back', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(message(page)).toHaveCount(0)
  await expect(diagram(page)).toBeFocused()
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('+')
  await expect(foot(page)).toContainText(/2\.44 s, 00:00\./)
  await page.keyboard.press('PageDown')
  await expect(foot(page)).toContainText(/2\.44 s, 00:02\./)
  await page.keyboard.press('0')
  await expect(foot(page)).toContainText(/to 00:10\.000/)
  await page.getByRole('button', { name: 'As a table' }).last().press('Enter')
  const row = page.getByRole('region', { name: 'Messages as a table' }).getByRole('row', { name: /shop#19.*arrived after 100 ms/ }).first()
  await expect(row).toBeVisible()
  await row.getByRole('button').press('Enter')
  await expect(message(page).getByRole('heading', { level: 2 })).toHaveText('shop#19')
  await page.getByRole('button', { name: 'As a table' }).last().press('Enter')
  await diagram(page).focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(pane(page)).toHaveCount(0)
})

test('any stretch of a long run can be looked at, also from before the view was opened; looking changes nothing', async ({ page }) => {
  const relay = await open(page, ORDERS, 3000)
  const { digest } = await relay.runUntil(3000)
  await page.keyboard.press('Alt+4')
  await expect(diagram(page)).toBeFocused()
  await page.getByRole('searchbox', { name: /Filter/ }).fill('shop#1')
  await expect(foot(page)).toContainText('Nothing in sight fits “shop#1”')
  await diagram(page).focus()
  for (let n = 0; n < 14; n += 1) await page.keyboard.press('-')
  await expect(foot(page)).toContainText(/50 min 0 s, 00:00 to 50:00/)
  // It is told although the trace has forgotten it, in words too.
  await page.getByRole('searchbox', { name: /Filter/ }).fill('')
  const begin = page.getByRole('textbox', { name: 'Begins at' })
  await page.getByRole('combobox', { name: 'Length of the stretch' }).selectOption('1000000000')
  await begin.fill('0:00.4')
  await begin.press('Enter')
  await expect(foot(page)).toContainText(/^\d crossings between 4 nodes\s*1 s, 00:00.400 to 00:01.400/)
  await diagram(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(message(page)).toContainText('the trace has forgotten it')
  await expect(message(page).getByRole('region', { name: 'Story' }).getByRole('listitem')).toContainText([/shop#1, .*from shop to orders/, /from orders to work/, /from work to worker/])
  // More than is kept: what is before is said to be missing, and comes as soon as it is looked at closely.
  await page.evaluate(async () => window.relayground.commands.openMessage({ identity: 'shop#5999', handle: 0 }))
  await expect(message(page)).toBeVisible()
  await message(page).getByRole('button', { name: 'Go to it in the sequence view' }).click()
  await page.getByRole('searchbox', { name: /Filter/ }).fill('shop#5999')
  await expect(foot(page)).toContainText('3 crossings between 4 nodes')
  expect((await relay.runUntil(3000)).digest).toBe(digest)
})

test('the orders that nodes saw are compared: users of different servers of a mesh do not see one', async ({ page }) => {
  await open(page, mesh(), 3)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
  await page.keyboard.type('compare the orders')
  await page.getByRole('option', { name: 'Compare the orders that nodes saw' }).click()
  await page.getByRole('combobox', { name: 'Length of the stretch' }).selectOption('1000000000')
  await expect(pane(page)).toContainText(/The order differs: 6 nodes saw 3 orders\. C\d and C\d differ most: [\d\u202f]+ of [\d\u202f]+ pairs of messages are swapped\./)
  await expect(pane(page).locator('.sq-order path[stroke="var(--danger)"]').first()).toBeVisible()
  await page.getByRole('button', { name: 'Nodes to compare' }).click()
  for (const id of ['C3', 'C4', 'C5', 'C6']) await page.getByRole('menuitemcheckbox', { name: id }).click()
  await page.keyboard.press('Escape')
  await expect(pane(page)).toContainText('Both nodes saw one order: no pair of messages is swapped.')
  await page.getByRole('button', { name: 'As a table' }).last().click()
  await expect(page.getByRole('region', { name: 'Orders as a table' }).getByRole('columnheader', { name: /C2.*0 pairs swapped with C1/ })).toBeVisible()
})

test('the sequence is taken along as SVG in the colours of the theme, and as Mermaid', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, ORDERS, 10, '&theme=dark')
  await page.keyboard.press('Alt+4')
  await page.getByRole('combobox', { name: 'Length of the stretch' }).selectOption('1000000000')
  await expect(foot(page)).toContainText('7 crossings between 4 nodes')
  const choose = async (name: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Export the sequence' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  const picture = page.waitForEvent('download')
  await choose(/^SVG/)
  const svg = await textOf(picture)
  expect(svg.name).toBe('orders-more-sequence.svg')
  const parsed = await page.evaluate(text => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml')
    return { error: file.querySelector('parsererror')?.textContent ?? null, title: file.querySelector('title')?.textContent, description: file.querySelector('desc')?.textContent, texts: [...file.querySelectorAll('text')].map(one => one.textContent), background: file.querySelector('svg > rect')?.getAttribute('fill'), open: text.includes('var(') }
  }, svg.text)
  expect(parsed).toMatchObject({ error: null, title: 'Orders & more, 00:09.000 to 00:10.000', description: '7 crossings of messages between shop, orders, work, worker. Time goes downwards, to scale.', background: '#131a2c', open: false })
  for (const label of ['shop', 'orders', 'work', 'worker', 'orders.eu · shop#18']) expect(parsed.texts).toContain(label)

  const file = page.waitForEvent('download')
  await choose(/^Mermaid file/)
  const mermaid = await textOf(file)
  expect(mermaid.name).toBe('orders-more-sequence.mmd')
  expect(mermaid.text.split('\n').slice(0, 6)).toEqual(['sequenceDiagram', '  title Orders #38; more, 00#58;09.000 to 00#58;10.000', '  participant n1 as shop', '  participant n2 as orders', '  participant n3 as work', '  participant n4 as worker'])
  expect(mermaid.text).toMatch(/^ {2}n1-\)n2: orders\.eu · shop#35;\d+ \(100 ms\)$/m)
  await choose(/^Copy as Mermaid/)
  await expect(page.getByRole('log', { name: 'Notices' })).toContainText('on the clipboard')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(mermaid.text)
})

test('goes along with a run that plays, and begins anew with another', async ({ page }) => {
  const relay = await open(page, ORDERS, 4)
  await page.keyboard.press('Alt+4')
  await page.getByRole('combobox', { name: 'Length of the stretch' }).selectOption('1000000000')
  await expect(foot(page)).toContainText('to 00:04.000')
  await relay.setSpeed('10')
  await page.evaluate(() => window.relayground.commands.play())
  await expect(foot(page)).toContainText(/crossings between 4 nodes.*to 00:(0[6-9]|[1-5]\d)/s)
  await page.evaluate(() => window.relayground.commands.reset())
  await page.evaluate(() => window.relayground.commands.pause())
  await expect(foot(page)).toContainText(/to 00:0[0-4]/)
})

for (const theme of ['light', 'dark'] as const) {
  test(`accessibility tools find nothing to complain about (${theme})`, async ({ page }) => {
    await open(page, mesh(), 3, `&theme=${theme}`)
    await page.keyboard.press('Alt+4')
    await expect(foot(page)).toContainText('crossings between 9 nodes')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'As a table' }).last().click()
    await expect(page.getByRole('region', { name: 'Messages as a table' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('radio', { name: 'Orders' }).click()
    await expect(page.getByRole('region', { name: 'Orders as a table' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'As a table' }).last().click()
    await expect(page.getByRole('region', { name: 'Orders in which nodes saw messages' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Over the whole canvas' }).click()
    await expectAccessible(page)
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  test('it takes the screen, fits, and an arrow that is tapped opens its message', async ({ page }) => {
    await open(page)
    await page.getByRole('button', { name: 'Find anything to do' }).tap()
    await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
    await page.keyboard.type('sequence view')
    await page.getByRole('option', { name: /Show or hide the sequence view/ }).tap()
    await page.getByRole('combobox', { name: 'Length of the stretch' }).selectOption('1000000000')
    await expect(foot(page)).toContainText('7 crossings between 4 nodes')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await expectAccessible(page)
    const box = (await diagram(page).boundingBox())!
    for (let y = 60; y < box.height - 10 && (await message(page).count()) === 0; y += 16) await page.touchscreen.tap(box.x + 84 + 80, box.y + y)
    await expect(message(page)).toBeInViewport()
    await expect(message(page).getByRole('region', { name: 'Story' }).locator('.sq-drawing')).toBeVisible()
    await expectAccessible(page)
  })
})
