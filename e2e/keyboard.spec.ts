import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test('a topology is built, arranged, run and taken apart without a pointer', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0&motion=reduced')
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const search = page.getByRole('combobox', { name: 'Find anything to do' })
  const command = async (typed: string): Promise<void> => {
    await press('Control+k')
    await expect(search).toBeFocused()
    await page.keyboard.type(typed)
    await press('Enter')
    await expect(search).toHaveCount(0)
  }
  const selected = () => page.evaluate(() => window.relayground.session.getState().selection)
  const node = async (id: string) => (await relay.topology()).nodes.find(one => one.id === id)
  const goTo = async (label: string): Promise<void> => {
    await press('/')
    await expect(search).toBeFocused()
    await page.keyboard.type(label)
    await press('Enter')
    await expect(relay.canvas()).toBeFocused()
  }
  const connect = async (to: string): Promise<void> => {
    await press('c')
    const picker = page.getByRole('combobox', { name: /^Connect/ })
    await expect(picker).toBeFocused()
    await page.keyboard.type(to)
    await press('Enter')
    await expect(picker).toHaveCount(0)
  }

  await test.step('build', async () => {
    await command('start blank')
    for (const part of ['producer', 'exchange', 'queue', 'consumer']) await command(`add ${part}`)
    await goTo('producer 1')
    await connect('exchange 1')
    await goTo('exchange 1')
    await connect('queue 1')
    await goTo('queue 1')
    await connect('consumer 1')
    expect((await relay.topology()).channels.map(channel => channel.type)).toEqual(['amqp.publish', 'amqp.binding', 'amqp.consume'])
  })

  await test.step('walk, step through channels, move, rename', async () => {
    await goTo('queue 1')
    await press('l')
    expect((await selected()).channels).toHaveLength(1)
    await goTo('producer 1')
    await press('ArrowRight')
    expect((await selected()).nodes).toEqual(['exchange-1'])
    await goTo('consumer 1')
    const before = (await node('consumer-1'))!.at
    await press('Shift+ArrowDown', 'Shift+ArrowRight')
    expect((await node('consumer-1'))!.at).toEqual({ x: before.x + 10, y: before.y + 10 })
    await press('F2')
    await page.keyboard.type('billing')
    await press('Enter')
    expect((await node('consumer-1'))!.label).toBe('billing')
    await expect(relay.canvas()).toBeFocused()
  })

  await test.step('settings', async () => {
    await press('Enter')
    await expect(page.getByRole('tab', { selected: true })).toBeFocused()
    await goTo('billing')
  })

  await test.step('run', async () => {
    // What is opened runs.
    await expect.poll(() => relay.probe('consumer-1', 'processed'), { timeout: 30_000 }).toBeGreaterThan(0)
    for (const then of ['Play', 'Pause', 'Play']) {
      await press('Space')
      await expect(page.getByRole('button', { name: then, exact: true })).toBeVisible()
    }
    const now = await page.evaluate(() => window.relayground.figures.nowNs())
    await press('.')
    await expect.poll(() => page.evaluate(() => window.relayground.figures.nowNs())).toBeGreaterThan(now)
    await press(']', ']')
    await expect(page.getByLabel('Speed')).toHaveValue('5')
    await press('[')
    await expect(page.getByLabel('Speed')).toHaveValue('2')
  })

  await test.step('copy, delete, undo', async () => {
    await goTo('billing')
    await press('Control+d')
    expect((await relay.topology()).nodes).toHaveLength(6)
    await press('Control+c', 'Control+v')
    expect((await relay.topology()).nodes).toHaveLength(7)
    await press('Delete')
    expect((await relay.topology()).nodes).toHaveLength(6)
    await press('Control+z', 'Control+z', 'Control+z')
    expect((await relay.topology()).nodes).toHaveLength(5)
    await press('Control+y', 'Control+y')
    expect((await relay.topology()).nodes).toHaveLength(7)
  })

  await test.step('menu, camera, leave', async () => {
    await goTo('queue 1')
    await press('Shift+F10')
    await expect(page.getByRole('menu', { name: 'queue 1' })).toBeVisible()
    await press('Escape')
    await expect(relay.canvas()).toBeFocused()
    await press('z', 'f')
    await press('Control+a')
    expect((await selected()).nodes.length).toBe(7)
    await press('Escape')
    expect((await selected()).nodes).toHaveLength(1)
    await press('Escape')
    await expect(relay.canvas()).not.toBeFocused()
  })
})
