import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, watchConsole } from './fixture.ts'
import { RelayPage } from './relay-page.ts'
import { savedBy } from './saved.ts'

const root = join(import.meta.dirname, '..')
const SECONDS = 30

test('a shared link gives the same digest after 30 s in a fresh browser, and in Node', async ({ page, browser }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await page.evaluate(() => window.relayground.commands.rename('alice', 'Älice'))
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByLabel('Link', { exact: true }).inputValue()
  expect(link).toMatch(/#t=[\w-]+Z$/)
  await page.keyboard.press('Escape')
  const here = await relay.runUntil(SECONDS)

  const context = await browser.newContext()
  const fresh = await context.newPage()
  const said: string[] = []
  watchConsole(fresh, said)
  const other = new RelayPage(fresh)
  await other.open(link.replace('/#', '/?play=0#'))
  expect((await other.topology()).nodes.find(node => node.id === 'alice')?.label).toBe('Älice')
  expect((await other.runUntil(SECONDS)).digest).toBe(here.digest)
  expect(said).toEqual([])
  await context.close()

  const printed = execFileSync(process.execPath, ['src/cli/launch.mjs', 'simulate', link, '--until', `${SECONDS}s`, '--json'], { cwd: root, encoding: 'utf8' })
  const headless = JSON.parse(printed) as { digest: string; events: number }
  expect(headless.digest).toBe(here.digest)
})

test('a damaged or foreign link says what is wrong and leaves what was there', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const before = await relay.topology()
  const link = await page.evaluate(() => window.relayground.commands.shareLink({ journal: false, viewport: false }))
  const fragment = link.slice(link.indexOf('#'))
  const wrong: [string, RegExp][] = [
    [fragment.slice(0, -40), /lost 40 of \d+ characters/],
    [`${fragment.slice(0, 60)}${fragment[60] === 'a' ? 'b' : 'a'}${fragment.slice(61)}`, /damaged/],
    [`#t=9${fragment.slice(4)}`, /newer version/],
    ['#t=?what', /not a Relayground link/],
  ]
  for (const [bad, says] of wrong) {
    await page.evaluate(hash => (location.hash = hash), bad)
    await expect(relay.notice(says)).toBeVisible()
    expect(await relay.topology()).toEqual(before)
  }
})

test('a topology is saved to a file and opened from it', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const { name, text } = await savedBy(page, async () => {
    await page.getByRole('button', { name: 'Export' }).click()
    await relay.menuItem(/^Topology file/).click()
  })
  expect(name).toBe('topic-routing.relay.json')
  const saved = await relay.topology()
  await relay.startBlank()
  await page.getByRole('button', { name: 'Import' }).first().click()
  await page.getByLabel('File to import').setInputFiles({ name: 'x.relay.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect.poll(() => relay.topology()).toEqual(saved)
})

test('a file that is none of ours is refused with the reason and the place', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  const before = await relay.topology()
  const wrong: [string, RegExp][] = [
    ['{"queues": [', /not valid JSON.*line 1/],
    ['{"hello": 1}', /not a RabbitMQ export/],
    ['{"queues": [{"nome": "q"}]}', /queues\[0\]/],
    ['{"app": "relayground", "format": 1, "nodes": [{"id": 7}], "channels": []}', /nodes\[0\]/],
  ]
  await page.getByRole('button', { name: 'Import' }).first().click()
  for (const [text, says] of wrong) {
    await page.getByLabel('File to import').setInputFiles({ name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await expect(page.getByRole('alert').getByText(says)).toBeVisible()
  }
  expect(await relay.topology()).toEqual(before)
})

test('whoever pauses while a topology is still being opened, or begun anew, is not overruled', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing')
  await expect.poll(() => relay.probe('audit', 'enqueued')).toBeGreaterThan(0)
  for (const begin of ['open', 'reset'] as const) {
    await page.evaluate(begin => {
      const { commands, document } = window.relayground
      if (begin === 'open') commands.open(document.getState().topology)
      else void commands.reset()
      commands.pause()
    }, begin)
    await expect.poll(() => page.evaluate(() => window.relayground.figures.nowNs())).toBe(0)
    await page.waitForTimeout(300)
    expect(await page.evaluate(() => [window.relayground.figures.nowNs(), window.relayground.run.getState().status])).toEqual([0, 'paused'])
    await page.evaluate(() => window.relayground.commands.play())
    await expect.poll(() => page.evaluate(() => window.relayground.figures.nowNs())).toBeGreaterThan(0)
  }
})

for (const sample of ['chat', 'shop', 'policies', 'large']) {
  test(`RabbitMQ's export “${sample}” is laid out without overlaps and runs at once`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?play=0')
    await page.getByRole('button', { name: 'Import' }).first().click()
    await page.getByLabel('File to import').setInputFiles(join(root, `src/formats/rabbitmq/samples/rabbitmq-definitions-${sample}.json`))
    await page.getByRole('button', { name: 'Open it' }).click()
    await expect.poll(async () => (await relay.topology()).title).toBe(`rabbitmq-definitions-${sample}`)
    const boxes = await relay.boxes()
    expect(boxes.length).toBeGreaterThan(5)
    for (const [n, a] of boxes.entries()) for (const b of boxes.slice(n + 1)) expect(a.x + a.width <= b.x + 1 || b.x + b.width <= a.x + 1 || a.y + a.height <= b.y + 1 || b.y + b.height <= a.y + 1).toBe(true)
    await relay.setSpeed('100')
    await expect.poll(() => page.evaluate(() => window.relayground.figures.ledger().processed), { timeout: 20_000 }).toBeGreaterThan(20)
    expect(await relay.imbalance()).toBe(0)
    expect(JSON.stringify(await relay.topology())).not.toMatch(/password|guest/)
  })
}
