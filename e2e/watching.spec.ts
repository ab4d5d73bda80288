import type { Locator, Page } from '@playwright/test'
import type { Topology } from '../src/topology/document.ts'
import { expectAccessible } from './axe.ts'
import { channel, node } from './drawn.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'


/** Orders of two regions; some fail, and what fails becomes a dead letter. */
const ORDERS: Topology = {
  format: 1,
  title: 'Orders',
  seed: 3,
  nodes: [
    node('app.producer', 'shop', 0, 60, { rate: 20, arrival: 'poisson', key: 'orders.eu\norders.us' }),
    { ...node('amqp.broker', 'rabbit', 230, -20, {}), size: { width: 560, height: 380 } },
    node('amqp.exchange', 'orders', 40, 120, { exchangeType: 'topic' }, 'rabbit'),
    node('amqp.queue', 'work', 290, 60, { deadLetterExchange: '(default)', deadLetterRoutingKey: 'dead' }, 'rabbit'),
    node('amqp.queue', 'dead', 290, 260, {}, 'rabbit'),
    node('app.consumer', 'worker', 880, 60, { serviceTime: { law: 'exponential', mean: 60 }, failureRate: 0.1, onFailure: 'reject' }),
  ],
  channels: [channel('amqp.publish', 'shop', 'orders'), channel('amqp.binding', 'orders', 'work', { routingKey: 'orders.#' }), channel('amqp.consume', 'work', 'worker', { prefetch: 2 })],
}

async function openOrders(page: Page, query = ''): Promise<RelayPage> {
  const relay = new RelayPage(page)
  await relay.openStill(ORDERS, 'work', query)
  return relay
}
/** Of a queue, above its tube: a click into the tube is for the message there. */
const HEAD = { x: 30, y: 12 }
const log = (page: Page): Locator => page.getByRole('region', { name: 'Event log' })
const rows = (page: Page): Locator => log(page).getByRole('option')
const filter = (page: Page): Locator => page.getByLabel('Filter of the event log')
const list = (page: Page): Locator => page.getByRole('list', { name: 'Breakpoints' })
const status = (page: Page): Promise<string> => page.evaluate(() => window.relayground.run.getState().status)
const nowNs = (page: Page): Promise<number> => page.evaluate(() => window.relayground.figures.nowNs())
const transform = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.querySelector('.react-flow__viewport')!).transform)

test.describe('the event log', () => {
  test('tells what happens while it happens, filtered by typing and from menus, and leads to message and node', async ({ page }) => {
    const relay = await openOrders(page)
    await page.getByRole('button', { name: 'Event log' }).click()
    await expect(log(page)).toContainText('orders was declared')
    await relay.runUntil(3)
    await page.getByRole('button', { name: 'Play' }).click()
    await expect(rows(page).last()).toContainText(/shop#\d+/)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()

    await filter(page).fill('kind:published key:*.us')
    await expect(rows(page).first()).toContainText('published')
    expect(new Set(await log(page).locator('.pn-log-key').allInnerTexts())).toEqual(new Set(['orders.us']))
    await log(page).getByRole('button', { name: 'Without kind:published' }).click()
    await expect(filter(page)).toHaveValue('key:*.us')

    await log(page).getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Node' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'worker' }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(filter(page)).toHaveValue('key:*.us node:worker')
    await expect(rows(page).last()).toContainText('worker')
    const identity = await rows(page).last().locator('.pn-log-message').innerText()
    await rows(page).last().click()
    await expect(page.getByRole('heading', { name: identity })).toBeVisible()
    await expect(relay.node('worker')).toHaveAttribute('data-selected', 'true')

    await log(page).getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Only its message' }).click()
    await expect(filter(page)).toHaveValue(`key:*.us node:worker message:${identity}`)
    await filter(page).fill(`message:${identity}`)
    await expect(rows(page).first()).toContainText(`shop published ${identity}`)
    await filter(page).fill('nod:worker')
    await expect(log(page)).toContainText('There is no “nod:” to filter by')
    await expect(log(page)).toContainText('No fact that is kept fits the filter.')
  })

  test('goes along at full speed, stands still for who looks back, and says what is forgotten', async ({ page }) => {
    const relay = await openOrders(page)
    await page.keyboard.press('Alt+5')
    await relay.setSpeed('max')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Play' }).click()
    await expect.poll(() => page.evaluate(() => window.relayground.figures.ledger().published)).toBeGreaterThan(20_000)
    await log(page).locator('.pn-log-rows').hover()
    await page.mouse.wheel(0, -120)
    await expect(log(page).getByRole('button', { name: 'Newer facts' })).toBeVisible()
    // Rows that stand still while the run goes on; only those in sight are elements.
    const seen = await rows(page).allInnerTexts()
    const published = await page.evaluate(() => window.relayground.figures.ledger().published)
    await expect.poll(() => page.evaluate(() => window.relayground.figures.ledger().published)).toBeGreaterThan(published + 1000)
    expect(await rows(page).allInnerTexts()).toEqual(seen)
    expect(seen.length).toBeLessThan(60)
    await log(page).getByRole('listbox').focus()
    await page.keyboard.press('Home')
    await expect(log(page)).toContainText(/Older facts are no longer kept: the newest 16.384 of a run are/)
    await log(page).getByRole('button', { name: 'Newer facts' }).click()
    await expect(log(page)).toContainText('400 shown')
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
  })

  test('with the keyboard alone: from a fact to its message and back, and on to a breakpoint like it', async ({ page }) => {
    const relay = await openOrders(page)
    await relay.runUntil(8)
    await page.keyboard.press('Alt+5')
    await filter(page).focus()
    await page.keyboard.type('kind:dead-lettered')
    await expect(rows(page).first()).toContainText('became a dead letter at work: rejected')
    await log(page).getByRole('listbox').focus()
    await page.keyboard.press('ArrowUp')
    await expect(rows(page).last()).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Back', exact: true })).toBeFocused()
    await expect(page.getByRole('region', { name: /^Message shop#/ })).toContainText('Became a dead letter: rejected')
    await page.keyboard.press('Escape')
    await expect(log(page).getByRole('listbox')).toBeFocused()
    await log(page).getByRole('button', { name: 'Pause when …' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toContainText(/Pause when a message with key orders\.(eu|us) becomes a dead letter at work \(rejected\)\./)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})

test.describe('breakpoints', () => {
  test('a run stops when a message with this key becomes a dead letter: at the same instant at every speed', async ({ page }) => {
    const relay = await openOrders(page)
    await page.keyboard.press('Shift+B')
    const dialog = page.getByRole('dialog', { name: 'Pause when …' })
    await dialog.getByLabel('Key').fill('orders.us')
    await expect(dialog).toContainText('Pause when a message with key orders.us becomes a dead letter.')
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    const stops: { atNs: number; digest: string }[] = []
    for (const speed of ['max', '10', '1']) {
      await relay.setSpeed(speed)
      await page.getByRole('button', { name: 'Play' }).click()
      await expect.poll(() => status(page)).toBe('paused')
      await expect(relay.notice(/^Paused: a message with key orders\.us becomes a dead letter\. shop#\d+ became a dead letter at work: rejected\.$/)).toBeVisible()
      await expect(relay.node('work')).toHaveAttribute('data-selected', 'true')
      await expect(page.getByRole('region', { name: /^Message shop#/ })).toContainText('Became a dead letter: rejected')
      stops.push({ atNs: await nowNs(page), digest: await page.evaluate(() => window.relayground.commands.digest()) })
      if (speed === '10') {
        // Goes on, and comes to the next one.
        await page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Continue' }).first().click()
        await expect.poll(() => nowNs(page)).toBeGreaterThan(stops[0]!.atNs)
        await expect.poll(() => status(page)).toBe('paused')
      }
      await page.getByRole('button', { name: 'Back to the start' }).click()
      await expect.poll(() => nowNs(page)).toBe(0)
    }
    expect(stops[1]).toEqual(stops[0])
    expect(stops[2]).toEqual(stops[0])
    // The same history as without anything to stop at.
    await page.evaluate(() => window.relayground.commands.removeBreakpoints(window.relayground.watching.getState().breakpoints.map(one => one.id)))
    const plain = await relay.runUntil(stops[0]!.atNs / 1e9)
    expect(plain.events).toBeGreaterThan(10)
  })

  test('are set from menus and by a key, marked, listed, changed, turned off, removed and put back, and kept over a reload', async ({ page }) => {
    const relay = await openOrders(page)
    await relay.node('work').click({ button: 'right', position: HEAD })
    await relay.menuItem('Pause when …').click()
    await relay.menuItem('a message joins it').click()
    await expect(relay.node('work').locator('.cv-pause')).toHaveAttribute('data-pause', 'on')
    await expect(relay.node('work')).toHaveAttribute('aria-label', /breakpoint/)
    await page.evaluate(() => window.relayground.commands.select({ nodes: [], channels: ['work-worker'] }))
    await relay.canvas().focus()
    await page.keyboard.press('b')
    await expect(page.locator('.cv-pause--channel')).toHaveCount(1)
    await page.keyboard.press('Alt+6')
    await expect(list(page).getByRole('listitem')).toContainText(['Pause when a message joins the queue at work', 'Pause when a message leaves, arrives or is lost on work → worker'])

    await page.getByRole('button', { name: /^Change: a message joins/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Change a breakpoint' })
    await dialog.getByLabel('What happens').selectOption('level')
    await dialog.getByRole('combobox', { name: 'Level', exact: true }).selectOption({ label: 'work: ready' })
    await dialog.getByRole('textbox', { name: 'Comes to' }).fill('3')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(list(page)).toContainText('Pause when ready of work comes to 3')
    await page.getByRole('checkbox', { name: /work → worker/ }).uncheck()
    await expect(page.locator('.cv-pause--channel')).toHaveAttribute('data-pause', 'off')

    await page.reload()
    await expect(relay.node('work').locator('.cv-pause')).toHaveAttribute('data-pause', 'on')
    await relay.setSpeed('max')
    await page.getByRole('button', { name: 'Play' }).click()
    await expect(relay.notice('Paused: ready of work comes to 3. work: ready came to 3.')).toBeVisible()
    await expect(relay.node('work').locator('.cv-pause')).toHaveAttribute('data-pause', 'here')
    expect(await relay.probe('work', 'ready')).toBe(3)
    await page.keyboard.press('Alt+6')
    await expect(list(page)).toContainText('stopped here')
    await page.getByRole('button', { name: 'Remove all' }).click()
    await expect(list(page).getByRole('listitem')).toHaveCount(0)
    await page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Put back' }).click()
    await expect(list(page).getByRole('listitem')).toHaveCount(2)
    // They are no part of the document: nothing of it is undone.
    expect(await page.evaluate(() => window.relayground.document.getState().past.at(-1)?.title)).not.toContain('breakpoint')
  })

  test('a fault by hand stops at the first loss, once; and the palette finds it all', async ({ page }) => {
    const relay = await openOrders(page)
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
    await page.keyboard.type('next loss')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => window.relayground.watching.getState().breakpoints.length)).toBe(1)
    await page.getByRole('button', { name: 'Play' }).click()
    await expect.poll(() => nowNs(page)).toBeGreaterThan(0.5e9)
    // What the shop sends while the broker is down is lost.
    await relay.node('rabbit').click({ button: 'right', position: { x: 60, y: 14 } })
    await relay.menuItem(/^Crash/).click()
    await expect.poll(() => status(page)).toBe('paused')
    await expect(relay.notice(/^Paused: a message is lost\./)).toBeVisible()
    expect(await page.evaluate(() => window.relayground.watching.getState().breakpoints.map(one => one.on))).toEqual([false])
  })
})

test('steps by event, by hop and by message, with keys and from the menu', async ({ page }) => {
  const relay = await openOrders(page)
  const said = (text: string | RegExp) => expect(page.getByRole('status').filter({ hasText: text })).toBeAttached()
  await page.keyboard.press('.')
  await said('shop published shop#1.')
  await page.keyboard.press(',')
  await said(/shop#\d leaves shop for orders|shop#1 arrives at orders from shop. shop#1 leaves orders for work/)
  await page.getByRole('button', { name: 'Other steps' }).click()
  await relay.menuItem(/^Step one hop/).click()
  await said(/shop#\d (arrives|leaves)/)
  await page.getByRole('button', { name: 'Other steps' }).focus()
  await page.keyboard.press('Enter')
  await relay.menuItem(/^Step one message/).press('Enter')
  await said(/shop#\d is done: its last copy came to its end at (work|dead)\./)
  const before = await nowNs(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('m')
  await expect.poll(() => nowNs(page)).toBeGreaterThan(before)
  expect(await status(page)).toBe('paused')
})

test.describe('the camera follows a message', () => {
  test('along its way, says where it is, and stops for a hand or Escape', async ({ page }) => {
    const relay = await openOrders(page)
    await relay.setSpeed('0.1')
    await relay.runUntil(0.5)
    // One that has all its way before it.
    const identity = await page.evaluate(async () => (await window.relayground.commands.log({ filter: [{ field: 'kind', not: false, anyOf: ['published'] }], from: 0, before: Infinity, limit: 1 })).rows[0]!.message!.identity)
    await page.evaluate(one => window.relayground.commands.openMessage({ identity: one, handle: 0 }), identity)
    const start = await transform(page)
    await page.keyboard.press('Shift+F')
    const bar = page.getByRole('group', { name: `Following ${identity}` })
    await expect(bar).toBeVisible()
    await expect.poll(() => transform(page)).not.toBe(start)
    await expect(bar).toContainText(`${identity} is on its way from shop to orders.`)
    await page.getByRole('button', { name: 'Play' }).click()
    await expect(bar).toContainText(`${identity} is on its way from orders to work.`)
    await expect(page.getByRole('status').filter({ hasText: `${identity} is on its way from orders to work.` })).toBeAttached()
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
    await expect(page.getByRole('heading', { name: identity })).toBeVisible()
    await page.getByRole('button', { name: 'Follow', exact: true }).click()
    await expect(bar).toBeVisible()
    const canvas = (await relay.canvas().boundingBox())!
    await page.mouse.move(canvas.x + 300, canvas.y + canvas.height - 60)
    await page.mouse.wheel(0, -200)
    await expect(bar).toHaveCount(0)
  })

  test('jumps where motion is reduced, and ends with the message', async ({ page }) => {
    const relay = await openOrders(page, '&motion=reduced')
    await relay.runUntil(0.5)
    const queue = await page.evaluate(async () => (await window.relayground.commands.log({ filter: [], from: 0, before: Infinity, limit: 100 })).rows.find(row => row.message)!.message!.identity)
    await page.evaluate(identity => window.relayground.commands.openMessage({ identity, handle: 0 }), queue)
    const start = await transform(page)
    await page.keyboard.press('Shift+F')
    await expect.poll(() => transform(page)).not.toBe(start)
    // At once there: nothing moves any more while nothing happens.
    const there = await transform(page)
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    expect(await transform(page)).toBe(there)
    await relay.runUntil(30)
    await expect(relay.notice(new RegExp(`^${queue}: It (is done|died)`))).toBeVisible()
    await expect(page.getByRole('group', { name: /^Following/ })).toHaveCount(0)
  })
})

for (const theme of ['light', 'dark'] as const) {
  test(`accessibility tools find nothing to complain about (${theme})`, async ({ page }) => {
    const relay = await openOrders(page, `&theme=${theme}`)
    await relay.runUntil(6)
    await page.keyboard.press('Alt+5')
    await filter(page).fill('kind:dead-lettered,discarded -node:dead oops:')
    await expect(rows(page).first()).toBeVisible()
    await rows(page).first().click()
    await page.getByRole('button', { name: 'Follow', exact: true }).click()
    await expectAccessible(page)
    await log(page).getByRole('button', { name: 'Filter', exact: true }).click()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.evaluate(() => {
      window.relayground.commands.addBreakpoint({ watch: 'fact', node: 'work' })
      window.relayground.commands.addBreakpoint({ watch: 'packet', channel: 'work-worker' }, { once: true })
    })
    await page.keyboard.press('Alt+6')
    await page.getByRole('button', { name: 'Play' }).click()
    await expect(list(page)).toContainText('stopped here')
    await expectAccessible(page)
    await page.keyboard.press('Shift+B')
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Charts' }).click()
    await expect(list(page)).toBeInViewport()
    await expectAccessible(page)
  })
}
