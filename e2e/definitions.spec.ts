import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const sample = (name: string): string => readFileSync(join(import.meta.dirname, `../src/formats/rabbitmq/samples/rabbitmq-definitions-${name}.json`), 'utf8')
type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

async function drop(page: Page, text: string, name: string): Promise<void> {
  const data = await page.evaluateHandle(([text, name]) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text!], name!, { type: 'application/json' }))
    return transfer
  }, [text, name])
  await page.getByRole('application', { name: 'Topology' }).dispatchEvent('drop', { dataTransfer: data })
}

async function pasteOnPage(page: Page, text: string): Promise<void> {
  await page.evaluate(text => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const kinds = async (relay: RelayPage): Promise<Readonly<Record<string, number>>> => {
  const { nodes, channels } = await relay.topology()
  const counts: Record<string, number> = {}
  for (const { type } of [...nodes, ...channels]) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

test('an export is imported by dropping its file, and by pasting its text on the page or into the dialog', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  const chat = { 'amqp.broker': 1, 'amqp.exchange': 1, 'amqp.queue': 3, 'amqp.binding': 3, 'app.producer': 1, 'app.consumer': 3, 'amqp.publish': 1, 'amqp.consume': 3 }
  const ways: (() => Promise<void>)[] = [
    () => drop(page, sample('chat'), 'dropped.json'),
    () => pasteOnPage(page, sample('chat')),
    async () => {
      await page.getByRole('button', { name: 'Import' }).first().click()
      await page.getByLabel('Or paste its text').fill(sample('chat'))
    },
  ]
  for (const way of ways) {
    await relay.startBlank()
    await way()
    await page.getByRole('button', { name: 'Open it' }).click()
    await expect.poll(() => kinds(relay)).toEqual(chat)
  }
})

test('a text that is no file is left to whom it is meant for; a wrong drop says why and changes nothing', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  const before = await relay.topology()
  await pasteOnPage(page, 'just a sentence')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await drop(page, '{"queues": [{"name": "a"},, ]}', 'torn.json')
  await expect(relay.notice(/“torn.json” was not opened. This file is not valid JSON: .* line 1, column 27/)).toBeVisible()
  expect(await relay.topology()).toEqual(before)
})

test('an export as PowerShell writes it, with what people leave in it, is read with a word on each', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await page.getByRole('button', { name: 'Import' }).first().click()
  const text = `\uFEFF{ // mine\n${sample('chat').trimStart().slice(1)}`
  await page.getByLabel('File to import').setInputFiles({ name: 'utf16.json', mimeType: 'application/json', buffer: Buffer.from(text, 'utf16le') })
  const worth = page.getByRole('region', { name: 'Worth knowing' })
  await expect(worth).toContainText('byte-order mark')
  await expect(worth).toContainText('comments or trailing commas (first at line 1, column 3)')
  await expect(worth).toContainText('A user was not read: accounts must not travel in files and links')
})

test('policies are applied, plug-in exchanges are drawn as kept, lost bindings are told', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  const definitions = JSON.parse(sample('policies')) as Rows
  const text = JSON.stringify({
    ...definitions,
    exchanges: [...definitions['exchanges']!, { name: 'later', vhost: '/', type: 'x-delayed-message', durable: true, auto_delete: false, arguments: { 'x-delayed-type': 'topic' } }],
    bindings: [...definitions['bindings']!, { source: 'later', vhost: '/', destination: 'invoices.eu', destination_type: 'queue', routing_key: '#', arguments: {} }, { source: 'invoices', vhost: '/', destination: 'gone', destination_type: 'queue', routing_key: '', arguments: {} }],
  })
  await drop(page, text, 'policies.json')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('3 policies and 1 operator policy, applied by pattern as RabbitMQ does')
  await expect(dialog).toContainText('Exchange “later” is of the type x-delayed-message, which comes from a plug-in')
  await expect(dialog).toContainText('A binding from “invoices” to queue “gone” was dropped: there is no queue “gone” in the export. (bindings[7])')
  await dialog.getByLabel(/^with a producer/).uncheck()
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(relay.node('later')).toContainText('kept, not simulated')
  await expect(relay.node('later')).toContainText('amqp.x-delayed-message')
  // The policy gives these queues a time to live and a dead-letter exchange: after 30 s all are there.
  await page.evaluate(() => {
    const { commands } = window.relayground
    const app = commands.addNode('app.producer', { x: -300, y: 0 })
    commands.configure('node', app, { rate: 5, key: 'paid.eu.mail' })
    commands.connect(app, 'invoices')
  })
  await page.getByRole('button', { name: 'Back to the start' }).click()
  await relay.runUntil(40)
  expect(await relay.probe('invoices.eu', 'deadLettered')).toBeGreaterThan(20)
  expect(await relay.probe('invoices.archive', 'deadLettered')).toBe(0)
  expect(await relay.probe('dead.invoices', 'ready')).toBeGreaterThan(40)
  expect(await relay.imbalance()).toBe(0)
})

test('definitions are exported, say what has no place in them, and come back the same', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await drop(page, sample('shop'), 'shop.json')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect.poll(async () => (await relay.topology()).title).toBe('shop')
  await page.getByRole('button', { name: 'Export' }).click()
  await relay.menuItem(/^RabbitMQ definitions/).click()
  const dialog = page.getByRole('dialog')
  for (const says of ['6 exchanges', '10 queues', '14 bindings', /Left out: orders producer, documents producer, .* and 6 more\./, 'Left out with them: 12 channels']) await expect(dialog).toContainText(says)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('shop.definitions.json')
  const text = readFileSync(await file.path(), 'utf8')
  const [given, got] = [sample('shop'), text].map(one => JSON.parse(one) as Rows)
  for (const list of ['exchanges', 'queues', 'bindings']) {
    // RabbitMQ 3.10 doesn't write that an exchange isn't internal.
    const rows = (from: Rows): readonly unknown[] => from[list]!.map(({ internal: _internal, ...row }) => row)
    expect(rows(got!)).toHaveLength(rows(given!).length)
    expect(rows(got!)).toEqual(expect.arrayContaining(rows(given!) as unknown[]))
  }
  expect(text).not.toMatch(/password|guest/)
})

test('what RabbitMQ would refuse is not exported: each place is named and shown', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await drop(page, sample('chat'), 'chat.json')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(relay.node('chat_history')).toBeVisible()
  await page.evaluate(() => window.relayground.commands.configure('node', 'chat_history', { queueType: 'quorum', durable: false }))
  await page.getByRole('button', { name: 'Export' }).click()
  await relay.menuItem(/^RabbitMQ definitions/).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('RabbitMQ would refuse queue “chat_history”: a quorum queue must be durable.')
  await expect(page.getByRole('button', { name: 'Download' })).toHaveCount(0)
  await alert.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('region', { name: 'Inspector of chat_history' })).toBeVisible()
})

test('a big export can be read when it is fitted to the screen', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await drop(page, sample('large'), 'large.json')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect.poll(() => relay.boxes().then(boxes => boxes.some(box => box.id === 'eu.analytics'))).toBe(true)
  await expect.poll(() => page.evaluate(() => window.relayground.session.getState().viewport.zoom)).toBeGreaterThan(0.33)
  const heights = (await relay.boxes()).filter(box => box.type === 'amqp.queue').map(box => box.height)
  expect(heights).toHaveLength(52)
  expect(Math.min(...heights)).toBeGreaterThan(24)
})

test('what is opened after another is fitted as it is, also where nodes of both are called the same', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  /** Where it has come to rest. */
  const camera = async (): Promise<string> => {
    let last = ''
    await expect
      .poll(async () => {
        const before = last
        last = await page.locator('.react-flow__viewport').evaluate(element => getComputedStyle(element).transform)
        return last === before
      }, { intervals: [400] })
      .toBe(true)
    return last
  }
  for (const name of ['large', 'shop', 'chat'] as const) {
    await drop(page, sample(name), `${name}.json`)
    await page.getByRole('button', { name: 'Open it' }).click()
    await expect.poll(() => relay.topology().then(topology => topology.title)).toContain(name)
    const opened = await camera()
    await page.getByRole('button', { name: 'Fit everything into view' }).click()
    expect(await camera(), name).toBe(opened)
  }
})

test('permissions of an export are listed, kept, and enforced for the user of a line', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  const rows = JSON.parse(sample('chat')) as Rows
  const permissions = [...rows['permissions']!, { user: 'auditor', vhost: '/', configure: '', write: '', read: '^nothing$' }]
  await pasteOnPage(page, JSON.stringify({ ...rows, permissions }))
  await expect(page.getByRole('dialog').getByText('1 permission, enforced for the user that a channel connects as')).toBeVisible()
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect.poll(async () => (await relay.topology()).nodes.find(node => node.type === 'amqp.broker')?.config['permissions']).toEqual(permissions.slice(-1))
  const line = (await relay.topology()).channels.find(channel => channel.type === 'amqp.consume')!
  // As text: the type of a setting is too deep for what is handed to the page.
  await page.evaluate(([id, config]) => window.relayground.commands.configure('channel', id!, JSON.parse(config!) as Record<string, string>), [line.id, JSON.stringify({ ...line.config, user: 'auditor' })])
  if (await page.getByRole('button', { name: 'Play' }).isVisible()) await page.getByRole('button', { name: 'Play' }).click()
  await expect(page.getByText(/ACCESS_REFUSED - access to queue .* refused for user 'auditor'/).first()).toBeVisible()
})
