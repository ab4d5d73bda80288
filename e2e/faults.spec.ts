import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test('crash the history service: its queue grows; restart: it drains in order; the ledger balances at every moment', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await relay.setSpeed('10')
  await expect.poll(() => relay.probe('history', 'stored'), { timeout: 20_000 }).toBeGreaterThan(3)
  await relay.menu('history', 'Crash')
  await expect.poll(() => relay.probe('chat-history', 'ready'), { timeout: 20_000 }).toBeGreaterThan(10)
  expect(await relay.imbalance()).toBe(0)
  await expect(relay.node('history')).toHaveAttribute('aria-label', /down/)
  const stored = await relay.probe('history', 'stored')
  await relay.menu('history', 'Restart')
  await expect.poll(() => relay.probe('history', 'stored'), { timeout: 20_000 }).toBeGreaterThan(stored + 10)
  await expect.poll(() => relay.probe('chat-history', 'ready'), { timeout: 20_000 }).toBeLessThan(5)
  expect(await relay.imbalance()).toBe(0)
  const order = await page.evaluate(async () => {
    const rows = await window.relayground.commands.trace({ limit: 16_000 })
    const unique = (verb: string, node: string): string[] => [...new Set(rows.filter(row => row.verb === verb && row.node === node).map(row => row.message!))]
    return { enqueued: unique('enqueued', 'chat-history'), stored: unique('stored', 'history') }
  })
  expect(order.stored.length).toBeGreaterThan(15)
  expect(order.stored).toEqual(order.enqueued.slice(0, order.stored.length))
})

test('transient messages die with the broker; persistent ones in a durable queue do not', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=broker-restart')
  await relay.setSpeed('10')
  await relay.menu('reader-1', 'Crash')
  await relay.menu('reader-2', 'Crash')
  await expect.poll(() => relay.probe('on-disk', 'ready'), { timeout: 20_000 }).toBeGreaterThan(15)
  await page.getByRole('button', { name: 'Pause' }).click()
  const keys = () => page.evaluate(async () => ((await window.relayground.commands.nodeDetail('on-disk', { from: 0, limit: 10_000 }))?.messages ?? []).map(message => message.key))
  const before = await keys()
  expect(new Set(before)).toEqual(new Set(['persistent', 'transient']))
  await relay.menu('rabbitmq', 'Crash')
  await relay.menu('rabbitmq', 'Restart')
  const after = await keys()
  expect(new Set(after)).toEqual(new Set(['persistent']))
  expect(after.length).toBe(before.filter(key => key === 'persistent').length)
  expect(await relay.probe('in-memory', 'ready')).toBe(0)
  expect(await relay.imbalance()).toBe(0)
})

test('a cut channel holds its messages until it is healed', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers')
  await relay.setSpeed('10')
  await page.evaluate(() => window.relayground.commands.select({ nodes: [], channels: ['ventilator-tasks'] }))
  await page.getByRole('button', { name: 'Cut', exact: true }).click()
  await expect.poll(() => page.evaluate(() => window.relayground.figures.channel('ventilator-tasks')?.inFlight ?? 0), { timeout: 20_000 }).toBeGreaterThan(20)
  const enqueued = await relay.probe('tasks', 'enqueued')
  await page.getByRole('button', { name: 'Heal', exact: true }).click()
  await expect.poll(() => relay.probe('tasks', 'enqueued'), { timeout: 20_000 }).toBeGreaterThan(enqueued + 20)
  expect(await relay.imbalance()).toBe(0)
})

test('one message by hand is one click away', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers&play=0')
  await relay.node('ventilator').hover()
  await page.getByRole('button', { name: 'Send one message from ventilator' }).click()
  await expect.poll(() => relay.probe('ventilator', 'sent')).toBe(1)
})
