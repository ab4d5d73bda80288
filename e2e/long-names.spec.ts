import type { Topology } from '../src/topology/document.ts'
import { node, channel } from './drawn.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const ROWS = 20
const KEY = 'orders.eu.created.with.a.key.that.has.no.end.and.nowhere.to.break.'.repeat(2)

/** Many queues beside each other, and names that are longer than anything is wide. */
function longNames(): Topology {
  const rows = Array.from({ length: ROWS }, (_, n) => n)
  return {
    format: 1,
    title: 'A title that goes on and on',
    seed: 1,
    nodes: [
      node('app.producer', 'a producer whose name is much longer than its card is wide', 0, 900, { key: KEY }),
      { ...node('amqp.broker', 'the cluster in Frankfurt, the one with the long name', 360, 0), size: { width: 700, height: 2120 } },
      node('amqp.exchange', 'exchange-with-a-very-long-name.topic.v2', 30, 900, { type: 'topic' }, 'the cluster in Frankfurt, the one with the long name'),
      ...rows.map(n => node('amqp.queue', n === 3 ? 'queue.with.dots.and.a.name.that.never.ends' : `queue ${n}`, 420, 60 + n * 100, {}, 'the cluster in Frankfurt, the one with the long name')),
      ...rows.map(n => node('app.consumer', `consumer ${n}`, 1200, 60 + n * 100)),
    ],
    channels: [channel('amqp.publish', 'a producer whose name is much longer than its card is wide', 'exchange-with-a-very-long-name.topic.v2'), channel('amqp.binding', 'exchange-with-a-very-long-name.topic.v2', 'queue 0', { key: 'other.*' })],
  }
}

test('from afar long names stay off what stands beside them', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.openStill(longNames(), 'queue 0')
  await expect(relay.canvas()).toHaveAttribute('data-farther', '')
  const boxes = await page.locator('.cv-node:not(.cv-node--container) .cv-label').evaluateAll(labels => labels.map(label => {
    const { left, right, top, bottom, height } = label.getBoundingClientRect()
    return { name: label.textContent, left, right, top, bottom, height }
  }))
  expect(boxes).toHaveLength(2 * ROWS + 2)
  // Lines of letters touch where rows are close; half of one over another could not be read.
  const over = boxes.flatMap((a, n) => boxes.slice(n + 1).filter(b => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > a.height / 2).map(b => `${a.name} and ${b.name}`))
  expect(over).toEqual([])
})

test('what is probably not meant is read whole, however long its names are', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.openStill(longNames(), 'queue 0')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText(/has no binding for/)).toBeVisible()
  expect(await inspector.evaluate(element => element.scrollWidth - element.clientWidth)).toBe(0)
  const right = (await inspector.boundingBox())!
  for (const button of await inspector.getByRole('button').all()) {
    const box = (await button.boundingBox())!
    expect(box.x + box.width, await button.textContent() ?? '').toBeLessThanOrEqual(right.x + right.width)
  }
})

test.describe('in a small frame', () => {
  test.use({ viewport: { width: 360, height: 400 } })
  test('the topology is what is seen: no card before it, and one line of controls', async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?play=0')
    await expect(page.getByRole('region', { name: 'Welcome' })).toBeHidden()
    const [play, help] = await Promise.all(['Play', /shortcuts|keys/i].map(name => page.getByRole('button', { name }).last().boundingBox()))
    expect(Math.abs(play!.y + play!.height / 2 - help!.y - help!.height / 2)).toBeLessThan(4)
    expect((await page.locator('.pn-canvas').boundingBox())!.height).toBeGreaterThan(220)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    // A menu that is longer than the frame scrolls.
    await relay.startBlank()
  })
})
