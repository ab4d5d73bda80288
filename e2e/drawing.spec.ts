import type { Config, Topology } from '../src/topology/document.ts'
import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const at = (x: number, y: number) => ({ x, y })

/** A queue that gives up what is too much; nobody consumes the dead letters. */
function deadLetters(queue: Config, broker: Config = {}): Topology {
  return {
    format: 1,
    title: 'Dead letters',
    seed: 3,
    nodes: [
      { id: 'p', type: 'app.producer', label: 'orders', at: at(0, 120), config: { rate: 20 } },
      { id: 'b', type: 'amqp.broker', label: 'RabbitMQ', at: at(240, 0), size: { width: 560, height: 400 }, config: broker },
      { id: 'work', type: 'amqp.queue', label: 'work', at: at(300, 100), within: 'b', config: { maxLength: 8, ...queue } },
      { id: 'dlx', type: 'amqp.exchange', label: 'dlx', at: at(40, 300), within: 'b', config: { exchangeType: 'fanout' } },
      { id: 'dead', type: 'amqp.queue', label: 'dead', at: at(300, 300), within: 'b', config: {} },
    ],
    channels: [
      { id: 'p-work', type: 'amqp.publish', from: 'p', to: 'work', config: {} },
      { id: 'dlx-dead', type: 'amqp.binding', from: 'dlx', to: 'dead', config: {} },
    ],
  }
}

const SETTINGS: readonly (readonly [string, Config, Config?])[] = [
  ['a field', { deadLetterExchange: 'dlx' }],
  ['an argument', { arguments: { 'x-dead-letter-exchange': 'dlx' } }],
  ['a policy', {}, { policies: [{ vhost: '/', name: 'dead', pattern: '.*', 'apply-to': 'queues', definition: { 'dead-letter-exchange': 'dlx' }, priority: 0 }] }],
]

for (const theme of ['light', 'dark'] as const) {
  test(`where dead letters go is drawn in plum, whoever says so (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?play=0&theme=${theme}`)
    const way = page.getByRole('img', { name: 'dead letters of work go to dlx' })
    for (const [, queue, broker] of SETTINGS) {
      await relay.openTopology(deadLetters(queue, broker))
      await expect(way).toBeVisible()
    }
    const [stroke, plum] = await way.evaluate(element => {
      const path = getComputedStyle(element.querySelector('path')!)
      const probe = document.createElement('i')
      probe.style.color = 'var(--dead)'
      document.body.append(probe)
      const colour = getComputedStyle(probe).color
      probe.remove()
      return [`${path.stroke} ${path.strokeDasharray}`, colour] as const
    })
    expect(stroke).toContain(plum)
    expect(stroke).not.toContain('none')
    await expectAccessible(page)
    // Pressing what it carries leads to the queue; without the setting the way is gone.
    await relay.openTopology(deadLetters({ deadLetterExchange: 'dlx' }))
    const label = page.getByRole('button', { name: 'dead letters', exact: true })
    await expect(label, 'the ways of the topology before are gone').toHaveCount(1)
    await label.click()
    await expect(page.getByRole('region', { name: 'Inspector of work' })).toBeVisible()
    await page.evaluate(() => window.relayground.commands.configure('node', 'work', { deadLetterExchange: '' }))
    await expect(way).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(way).toBeVisible()
  })
}

test('a queue at its limit and one that grows are outlined, and say why', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await relay.openTopology(deadLetters({ deadLetterExchange: 'dlx' }))
  await expect(relay.node('work').getByText('at its limit of 8')).toBeVisible()
  await expect(relay.node('dead').getByText('growing: nobody consumes')).toBeVisible()
  for (const id of ['work', 'dead']) await expect(relay.node(id)).toHaveAttribute('data-strained', 'true')
  await page.evaluate(() => window.relayground.commands.configure('node', 'work', { deadLetterExchange: '' }))
  await expect(relay.node('work').getByText(/^over its limit: .*\/s dropped/)).toBeVisible()
})

test('a node says what is probably not meant, and mends it: by mouse and by keyboard', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const before = await relay.topology()
  await page.evaluate(() => window.relayground.commands.remove({ nodes: [], channels: ['orders-audit'] }))
  const cut = await relay.topology()
  const badge = relay.node('audit').getByRole('button', { name: 'is bound to no exchange' })
  await badge.hover()
  await expect(page.getByRole('tooltip')).toContainText('is bound to no exchange')
  await badge.click()
  const card = page.getByRole('dialog', { name: 'What is probably not meant at audit' })
  await expectAccessible(page)
  await card.getByRole('button', { name: 'Bind it to orders' }).click()
  await expect(badge).toHaveCount(0)
  await page.keyboard.press('Control+z')
  expect(await relay.topology()).toEqual(cut)

  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
  await page.keyboard.type('audit')
  await page.keyboard.press('Enter')
  await expect(relay.canvas()).toBeFocused()
  await expect(page.getByRole('group', { name: /^queue audit.*1 warning$/ })).toBeVisible()
  await page.keyboard.press('w')
  await expect(card.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(relay.canvas()).toBeFocused()
  await page.keyboard.press('w')
  // The keyboard is with nobody, as when a finding has gone with the button that had it.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await page.keyboard.press('w')
  await page.keyboard.press('Enter')
  await expect(badge).toHaveCount(0)
  expect((await relay.topology()).channels).toHaveLength(before.channels.length)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  for (const starter of ['chat-history', 'topic-routing', 'broker-restart', 'load-balancer', 'shared-store']) {
    test(`names can be read when everything is in view: ${starter}`, async ({ page }) => {
      const relay = new RelayPage(page)
      await relay.open(`./?starter=${starter}&play=0`)
      await expect(relay.canvas()).toHaveAttribute('data-far', '')
      const sizes = await page.locator('.cv-label').evaluateAll(labels => labels.map(label => (parseFloat(getComputedStyle(label).fontSize) * label.getBoundingClientRect().width) / (label as HTMLElement).offsetWidth))
      expect(sizes.length).toBeGreaterThan(3)
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11)
    })
  }
})

for (const [width, height] of [[1100, 800], [1000, 700], [844, 390], [667, 375], [390, 844]] as const) {
  test(`what is fitted lies under no controls: ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    const relay = new RelayPage(page)
    for (const starter of ['chat-history', 'competing-consumers', 'load-balancer']) {
      await relay.open(`./?play=0&starter=${starter}`)
      const canvas = (await relay.canvas().boundingBox())!
      const over = await page.locator('[data-over-canvas]').all()
      const controls = (await Promise.all(over.map(one => one.boundingBox()))).map(box => ({ ...box!, x: box!.x - canvas.x, y: box!.y - canvas.y }))
      expect(controls).toHaveLength(2)
      const covered = (): Promise<readonly string[]> => relay.boxes().then(boxes => boxes.filter(box => controls.some(one => box.x < one.x + one.width && one.x < box.x + box.width && box.y < one.y + one.height && one.y < box.y + box.height)).map(box => box.id))
      await expect.poll(covered, { message: starter }).toEqual([])
      const seen = (await relay.boxes()).filter(box => box.x < 0 || box.y < 0 || box.x + box.width > canvas.width || box.y + box.height > canvas.height)
      expect(seen, 'and all of it is in view').toEqual([])
    }
  })
}
