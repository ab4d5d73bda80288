import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test('producer → exchange → queue → consumer, with the mouse only', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  await relay.startBlank()
  const canvas = (await relay.canvas().boundingBox())!
  const drop = async (kind: string, x: number, y: number): Promise<void> => {
    await page.locator(`[data-kind="${kind}"]`).first().dragTo(relay.canvas(), { targetPosition: { x, y } })
  }
  await drop('app.producer', 120, canvas.height / 2)
  await drop('amqp.exchange', 380, canvas.height / 2)
  await expect(relay.node('exchange-1')).toBeVisible()
  await drop('amqp.queue', 520, canvas.height / 2 + 90)
  await drop('app.consumer', canvas.width - 110, canvas.height / 2)
  await relay.drag(relay.handle('producer-1', 'right'), relay.node('exchange-1'))
  await relay.drag(relay.handle('exchange-1', 'right'), relay.node('queue-1'))
  await relay.drag(relay.handle('queue-1', 'right'), relay.node('consumer-1'))
  expect((await relay.topology()).channels.map(channel => channel.type)).toEqual(['amqp.publish', 'amqp.binding', 'amqp.consume'])
  // A direct exchange routes by key: the producer's key is empty, and so is the binding's.
  await relay.setSpeed('10')
  if (await page.getByRole('button', { name: 'Play' }).isVisible()) await page.getByRole('button', { name: 'Play' }).click()
  await expect.poll(() => relay.probe('consumer-1', 'processed'), { timeout: 20_000 }).toBeGreaterThan(3)
  expect(await relay.imbalance()).toBe(0)
})

test('what is carried from the palette shows where it will stand, and in which container; Escape and letting go beside the canvas put it back', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers&play=0')
  const before = JSON.stringify(await relay.topology())
  const queue = (await page.locator('[data-kind="amqp.queue"]').first().boundingBox())!
  const canvas = (await relay.canvas().boundingBox())!
  const take = async (): Promise<void> => {
    await page.mouse.move(queue.x + 20, queue.y + 10)
    await page.mouse.down()
    await page.mouse.move(queue.x + 40, queue.y + 20, { steps: 3 })
  }
  const ghost = page.locator('.cv-carried')
  const home = page.locator('.cv-carried-home')

  await take()
  await expect(ghost).toHaveText('Queue')
  await expect(home).toHaveCount(0)
  // No broker is under it: one comes along.
  await page.mouse.move(canvas.x + 300, canvas.y + canvas.height - 170, { steps: 4 })
  await expect(home).toHaveAttribute('data-new', 'true')
  await page.keyboard.press('Escape')
  await expect(ghost).toHaveCount(0)
  await page.mouse.up()
  expect(JSON.stringify(await relay.topology()), 'given up').toBe(before)

  await take()
  await page.mouse.move(canvas.x + 300, canvas.y + 300, { steps: 3 })
  await page.mouse.move(queue.x + 20, queue.y + 10, { steps: 3 })
  await page.mouse.up()
  expect(JSON.stringify(await relay.topology()), 'put back').toBe(before)

  // It stands where its ghost stood, and the keyboard is with it.
  await take()
  await page.mouse.move(canvas.x + 300, canvas.y + canvas.height - 170, { steps: 4 })
  const stood = (await ghost.boundingBox())!
  await page.mouse.up()
  await expect(ghost).toHaveCount(0)
  await expect(relay.node('queue-1')).toBeVisible()
  const stands = (await relay.node('queue-1').boundingBox())!
  expect(Math.abs(stands.x - stood.x) + Math.abs(stands.y - stood.y)).toBeLessThan(2)
  await page.keyboard.press('Delete')
  await expect(relay.node('queue-1')).toHaveCount(0)
})

test('a connection that makes no sense is refused with a sentence that says what would work', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers')
  const before = (await relay.topology()).channels.length
  await relay.drag(relay.handle('worker-1', 'right'), relay.node('worker-2'))
  await expect(page.getByText('Both only receive', { exact: false }).first()).toBeVisible()
  expect((await relay.topology()).channels.length).toBe(before)
})

test('two applications that can talk in several ways are joined in the one that is chosen, by mouse or by keyboard', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers')
  const joined = async (to: string): Promise<readonly string[]> => (await relay.topology()).channels.filter(channel => channel.from === 'ventilator' && channel.to === to).map(channel => channel.type)
  await relay.drag(relay.handle('ventilator', 'right'), relay.node('worker-1'))
  await expect(page.getByRole('dialog', { name: 'Connect ventilator to worker 1 by' })).toBeVisible()
  await page.getByRole('option', { name: /PUSH\/PULL/ }).click()
  expect(await joined('worker-1')).toEqual(['zeromq.push-pull'])
  await relay.node('ventilator').click()
  await page.keyboard.press('c')
  await page.keyboard.type('worker 2 pub/sub')
  await page.keyboard.press('Enter')
  expect(await joined('worker-2')).toEqual(['zeromq.pub-sub'])
})

test('producer → exchange → queue → consumer, with the keyboard only', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open()
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const tabTo = async (name: string | RegExp, role: 'button' | 'application' = 'button'): Promise<void> => {
    for (let n = 0; n < 120; n += 1) {
      await press('Tab')
      if (await page.getByRole(role, { name }).first().evaluate(element => element === document.activeElement)) return
    }
    throw new Error(`Tab never reached ${String(name)}`)
  }
  await tabTo('Starters')
  await press('Enter')
  const blank = relay.menuItem(/^Start blank/)
  await expect(blank).toBeVisible()
  await press('End')
  await expect(blank).toBeFocused()
  await press('Enter')
  await expect.poll(async () => (await relay.topology()).nodes.length).toBe(0)
  // One tab stop for all parts: the arrows walk them.
  const isPart = (name: string | null) => page.evaluate(wanted => document.activeElement?.matches('.cv-kind') === true && (wanted === null || document.activeElement.textContent === wanted), name)
  const pick = async (name: string): Promise<void> => {
    for (let n = 0; n < 60 && !(await isPart(null)); n += 1) await press('Tab')
    for (let n = 0; n < 60 && !(await isPart(name)); n += 1) await press('ArrowRight')
    expect(await isPart(name)).toBe(true)
    await press('Enter')
  }
  for (const kind of ['Producer', 'Exchange', 'Queue', 'Consumer']) await pick(kind)
  await expect.poll(async () => (await relay.topology()).nodes.length).toBe(5)
  const connect = async (from: string, to: string): Promise<void> => {
    await tabTo('Topology', 'application')
    await walkTo(from)
    await press('c')
    const picker = page.getByRole('combobox', { name: /^Connect/ })
    // Not `toBeFocused`: where the last Tab stop led out of the page, Firefox's window is said to be without focus, and takes every key.
    await expect.poll(() => picker.evaluate(element => element === document.activeElement)).toBe(true)
    await page.keyboard.type(to)
    await press('Enter')
    await expect(picker).toHaveCount(0)
  }
  /** Arrows walk the topology: every node is reached by some of them. */
  const walkTo = async (id: string): Promise<void> => {
    const selected = () => page.evaluate(() => window.relayground.session.getState().selection.nodes[0])
    for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowUp']) {
      for (let n = 0; n < 6; n += 1) {
        if ((await selected()) === id) return
        await press(key)
      }
    }
    throw new Error(`the arrows never reached ${id}`)
  }
  await connect('producer-1', 'exchange')
  await connect('exchange-1', 'queue')
  await connect('queue-1', 'consumer')
  expect((await relay.topology()).channels.map(channel => channel.type)).toEqual(['amqp.publish', 'amqp.binding', 'amqp.consume'])
  await expect.poll(() => relay.probe('consumer-1', 'processed'), { timeout: 30_000 }).toBeGreaterThan(0)
})
