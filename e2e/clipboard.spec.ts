import { expect, test, watchConsole } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const selected = (relay: RelayPage): Promise<readonly string[]> => relay.page.evaluate(() => window.relayground.session.getState().selection.nodes)

test('nodes are copied, cut and pasted as text, also into another tab', async ({ page, context }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers')
  const before = await relay.topology()
  await page.evaluate(() => window.relayground.commands.select({ nodes: ['tasks', 'worker-1'], channels: [] }))
  await relay.canvas().focus()
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  const pasted = await selected(relay)
  expect(pasted).toHaveLength(2)
  const after = await relay.topology()
  const kinds = after.nodes.filter(node => pasted.includes(node.id)).map(node => [node.type, node.label, node.within])
  expect(kinds).toEqual([['amqp.queue', 'tasks_queue 2', 'rabbitmq'], ['app.consumer', 'worker 4', undefined]])
  expect(after.channels.slice(before.channels.length)).toEqual([{ ...before.channels.find(channel => channel.to === 'worker-1')!, id: `${pasted[0]}-${pasted[1]}`, from: pasted[0], to: pasted[1] }])

  const other = await context.newPage()
  const said: string[] = []
  watchConsole(other, said)
  const there = new RelayPage(other)
  await there.open('./?play=0')
  await there.startBlank()
  await there.canvas().focus()
  await other.keyboard.press('Control+v')
  await expect.poll(async () => (await there.topology()).nodes.map(node => node.type)).toEqual(['amqp.broker', 'amqp.queue', 'app.consumer'])
  expect((await there.topology()).channels).toHaveLength(1)
  expect(said).toEqual([])
  await other.close()

  await page.bringToFront()
  await page.keyboard.press('Control+x')
  expect((await relay.topology()).nodes).toEqual(before.nodes.map(node => (node.id === 'rabbitmq' ? expect.objectContaining({ id: 'rabbitmq' }) : node)))
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await relay.topology()).toEqual(before)
})

test('a topology file that is pasted opens in place of what is there', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing')
  const text = JSON.stringify({ app: 'relayground', ...(await relay.topology()), title: 'Pasted' })
  await page.evaluate(async pasted => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    document.querySelector('.cv-canvas')!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    await Promise.resolve()
  }, text)
  await expect.poll(async () => (await relay.topology()).title).toBe('Pasted')
})

test('menus copy and paste where the pointer was', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers&play=0')
  await relay.menu('worker-1', 'Copy')
  const box = (await relay.canvas().boundingBox())!
  // Far enough inside that the camera need not move to show all of it.
  await relay.canvas().click({ button: 'right', position: { x: 200, y: box.height - 100 } })
  await relay.menuItem('Paste').click()
  await expect.poll(async () => (await relay.topology()).nodes.length).toBe(6 + 1)
  const [id] = await selected(relay)
  const placed = (await relay.node(id!).boundingBox())!
  expect(Math.abs(placed.x + placed.width / 2 - (box.x + 200))).toBeLessThan(20)
})

test('what is cut is gone at once, however long the clipboard takes', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers&play=0')
  await page.evaluate(() => void Object.defineProperty(navigator.clipboard, 'writeText', { value: () => new Promise(() => {}) }))
  await page.evaluate(() => {
    window.relayground.commands.select({ nodes: ['worker-1'], channels: [] })
    window.relayground.actions.find(action => action.id === 'cut')!.run(window.relayground)
  })
  await expect(relay.node('worker-1')).toHaveCount(0)
})
