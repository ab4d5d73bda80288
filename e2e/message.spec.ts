import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import type { Topology } from '../src/topology/document.ts'
import { channel, constant, node } from './drawn.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'


/** Orders that wait, are worked on, are rejected into a queue of dead letters; and a feed that nothing is bound to. */
const ORDERS: Topology = {
  format: 1,
  title: 'Orders',
  seed: 1,
  nodes: [
    node('app.producer', 'shop', 0, 60, { rate: 2, arrival: 'regular', limit: 20, key: 'orders.eu', headers: { tenant: 'acme' }, body: '{"order":{n}}' }),
    node('app.producer', 'feed', 0, 240, { rate: 1, arrival: 'regular', limit: 3, key: 'feed.old' }),
    { ...node('amqp.broker', 'rabbit', 230, -20, {}), size: { width: 560, height: 380 } },
    node('amqp.exchange', 'orders', 40, 120, { exchangeType: 'topic' }, 'rabbit'),
    node('amqp.queue', 'work', 290, 60, { deadLetterExchange: '(default)', deadLetterRoutingKey: 'dead' }, 'rabbit'),
    node('amqp.queue', 'audit', 290, 160, {}, 'rabbit'),
    node('amqp.queue', 'dead', 290, 260, {}, 'rabbit'),
    node('app.consumer', 'worker', 880, 60, { serviceTime: constant(2000), failureRate: 1, onFailure: 'reject' }),
  ],
  channels: [
    channel('amqp.publish', 'shop', 'orders', { priority: 4 }),
    channel('amqp.publish', 'feed', 'orders'),
    channel('amqp.binding', 'orders', 'work', { routingKey: 'orders.#' }),
    channel('amqp.binding', 'orders', 'audit', { routingKey: '#.eu' }),
    channel('amqp.consume', 'work', 'worker', { prefetch: 2 }),
  ],
}

async function openOrders(page: Page, query = ''): Promise<RelayPage> {
  const relay = new RelayPage(page)
  await relay.openStill(ORDERS, 'work', query)
  await relay.runUntil(12)
  return relay
}
/** Of a queue, above its tube: a click into the tube is for the message there. */
const HEAD = { x: 30, y: 12 }
const why = (page: Page, question: string): Locator => page.getByRole('region', { name: question })
const message = (page: Page): Locator => page.getByRole('region', { name: /^Message / })

test('with the keyboard alone: from the queue to a message, why it waits, to what holds it up, and back', async ({ page }) => {
  const relay = await openOrders(page)
  await relay.canvas().focus()
  await page.evaluate(() => window.relayground.commands.select({ nodes: ['work'], channels: [] }))
  await page.keyboard.press('Enter')
  // The inspector's panes come when they are first needed.
  await expect(page.getByRole('tab', { selected: true })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Messages' })).toBeFocused()
  const entry = page.locator('.in-messages button').nth(1)
  await expect(entry).toBeVisible()
  // The panel, then its entries.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(entry).toBeFocused()
  const identity = await entry.locator('.in-message-where').innerText()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Back', exact: true })).toBeFocused()
  await expect(page.getByRole('heading', { name: identity })).toBeVisible()
  await expect(why(page, 'Why does it wait?')).toContainText('One message is ahead of it, and its only consumer, worker, holds as many as its prefetch allows: 2 of 2.')
  await expect(page.getByRole('status').filter({ hasText: `Message ${identity}. One message is ahead of it` })).toBeAttached()
  // Past the button that makes the camera follow it, and the place where it is.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(why(page, 'Why does it wait?')).toContainText('worker got it and has not acknowledged it.')
  await expect(why(page, 'Why does it wait?')).toContainText('worker is working on it.')
  await page.keyboard.press('Escape')
  await expect(message(page)).toHaveCount(0)
  await expect(page.getByRole('tab', { name: 'Messages' })).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('in-message')
})

test('a dead letter shows its envelope with x-death, where it died, its copies and its way', async ({ page }) => {
  const relay = await openOrders(page)
  // The head stands at the right of the tube.
  await relay.node('dead').locator('.cv-tube__mark').first().click()
  await expect(why(page, 'Why is it here?')).toContainText('It is a dead letter: it died in work (rejected) and came here through the default exchange')
  const envelope = message(page)
  for (const said of [/Routing key\s*dead/, /Delivery\s*persistent, dead letter/, /priority\s*4/, /tenant\s*acme/, /x-first-death-queue\s*work/, /"order": 1/]) await expect(envelope).toContainText(said)
  await expect(envelope.getByRole('heading', { name: 'x-death' }).locator('..')).toContainText(/count\s*1.*queue\s*work\s*reason\s*rejected\s*routing-keys\s*orders.eu/s)
  const story = envelope.getByRole('region', { name: 'Story' })
  await expect(story.getByRole('listitem')).toContainText(['Published', 'Routed: 2 copies go on', 'Joined the queue', 'Joined the queue', 'Handed out', 'Delivered', 'Work on it began', 'Work on it failed', 'Rejected by its consumer', 'Became a dead letter: rejected', 'Routed: one copy goes on', 'Joined the queue'])
  await story.getByRole('button', { name: 'worker' }).click()
  await expect(relay.node('worker')).toHaveAttribute('data-selected', 'true')
  await expect(message(page)).toBeVisible()
  await envelope.getByRole('region', { name: 'Copies' }).getByRole('button', { name: /at audit/ }).click()
  await expect(why(page, 'Why does it wait?')).toContainText('It is next in line, but audit has no consumer.')
  await expect(why(page, 'Why is it here?').getByRole('listitem')).toContainText(['matched: orders.# → work', 'matched: #.eu → audit'])
  await relay.node('audit').click({ position: HEAD })
  await expect(message(page)).toHaveCount(0)
})

test('a loss can be asked why: from the timeline, and from the list of what died', async ({ page }) => {
  const relay = await openOrders(page)
  await page.getByRole('group', { name: 'What happened' }).getByRole('button', { name: /orders: message lost, unroutable/ }).first().click()
  await expect(why(page, 'Why did it die?')).toContainText('No binding of orders matches its routing key “feed.old”: an exchange keeps nothing, so it was dropped.')
  await expect(why(page, 'Why did it die?').getByRole('listitem')).toContainText(['did not match: orders.# → work', 'did not match: #.eu → audit'])
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await page.getByRole('tab', { name: 'Messages' }).click()
  await expect(page.getByRole('region', { name: 'Died here lately' }).getByRole('button')).toHaveCount(3)
  await page.evaluate(() => window.relayground.commands.select({ nodes: [], channels: [] }))
  await page.getByRole('region', { name: 'Lost lately' }).getByRole('button').first().click()
  await expect(page.getByRole('heading', { name: 'feed#3' })).toBeVisible()
  // Still readable while the run goes on and everything else moves.
  await relay.runUntil(60)
  await expect(why(page, 'Why did it die?')).toBeVisible()
})

test('what was read stays readable when the message is done, and comes again in the next run', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  await relay.runUntil(8)
  const queue = (await relay.topology()).nodes.find(one => one.type === 'amqp.queue')!.id
  await page.evaluate(id => window.relayground.commands.openMessageAt(id, 0), queue)
  await expect(message(page)).toBeVisible()
  const identity = await message(page).getByRole('heading', { level: 2 }).innerText()
  await relay.runUntil(120)
  await expect(message(page)).toContainText('It is done: its consumer acknowledged it')
  await expect(message(page).getByRole('region', { name: 'Body' })).toBeVisible()
  await page.evaluate(() => window.relayground.commands.reset())
  await expect(message(page)).toContainText('Nothing is known of it now')
  await relay.runUntil(8)
  await expect(message(page).getByRole('heading', { level: 2 })).toHaveText(identity)
  await expect(message(page).getByRole('region', { name: 'Story' })).toContainText('Published')
})

for (const theme of ['light', 'dark'] as const) {
  test(`accessibility tools find nothing to complain about in a message (${theme})`, async ({ page }) => {
    const relay = await openOrders(page, `&theme=${theme}`)
    const check = async (): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).include('.pn-inspector').analyze()
      expect(violations.map(one => `${one.id}: ${one.nodes.map(part => part.target.join(' ')).join(', ')}`)).toEqual([])
    }
    await relay.node('work').click({ position: HEAD })
    await page.getByRole('tab', { name: 'Messages' }).click()
    for (const [id, place] of [['work', 0], ['dead', 0]] as const) {
      await page.evaluate(([id, place]) => window.relayground.commands.openMessageAt(id, place), [id, place] as const)
      await expect(why(page, 'Why is it here?')).toBeVisible()
      await check()
    }
    await page.evaluate(async () => window.relayground.commands.openMessage((await window.relayground.commands.dead({ limit: 1 }))[0]!))
    await expect(why(page, 'Why did it die?')).toBeVisible()
    await check()
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(message(page)).toBeInViewport()
    await check()
  })
}
