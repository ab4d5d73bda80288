import type { LogFigures } from '../src/app/log-figures.ts'
import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { logs } from './log-topologies.ts'
import { StagePage } from './stage-page.ts'

class LogsPage extends StagePage {
  /** What the model says of a log at this moment. */
  log(id: string): Promise<LogFigures> {
    return this.page.evaluate(id => window.relayground.figures.node(id)!.log!, id)
  }
  /** From the left end of the tape, by name: of those that have a flag. */
  flags(id: string): Promise<Record<string, number>> {
    return this.node(id)
      .locator('.cv-log__cursor')
      .evaluateAll(flags => Object.fromEntries(flags.flatMap(flag => (flag.querySelector('title')?.textContent ?? '').split('\n').map(line => [/‘(.*)’/.exec(line)?.[1] ?? '', new DOMMatrix((flag as SVGGElement).style.transform).e] as const))))
  }
  /** Rows of the inspector's table of those who read. */
  async rows(): Promise<readonly (readonly string[])[]> {
    const rows = this.page.getByRole('region', { name: /Groups|Readers|groups/ }).getByRole('row')
    return (await rows.evaluateAll(all => all.map(row => [...row.querySelectorAll('th, td')].map(cell => cell.textContent)))).slice(1)
  }
  async look(id: string): Promise<void> {
    await this.page.evaluate(id => window.relayground.commands.select({ nodes: [id], channels: [] }), id)
    await this.page.getByRole('tab', { name: 'Live' }).click()
  }
}

for (const theme of ['light', 'dark'] as const) {
  test(`a stream with two groups of different speed: their cursors move apart (${theme})`, async ({ page }) => {
    const stage = new LogsPage(page)
    await stage.open(`./?play=0&theme=${theme}`)
    await stage.show(logs, 1.2)
    await expect.poll(async () => Object.keys(await stage.flags('stream')).sort()).toEqual(['audit', 'billing', 'tail'])
    const apart = async (): Promise<number> => {
      const { audit, billing } = await stage.flags('stream')
      return audit! - billing!
    }
    const before = await apart()
    await stage.runUntil(8)
    await expect.poll(apart).toBeGreaterThan(before + 20)

    const { cursors } = await stage.log('stream')
    const audit = cursors.find(one => one.name === 'audit')!
    expect(audit.lag).toBeGreaterThan(40)
    expect(audit.lag).toBe(await stage.probe('stream', 'ready'))
    await expect(stage.node('stream')).toHaveAttribute('aria-label', new RegExp(`^stream, 76 entries, group audit ${audit.lag} behind.*, group billing (up to date|\\d behind).*, reader tail \\d+ behind$`))

    await stage.look('stream')
    await expect.poll(() => stage.rows()).toEqual(cursors.map(one => [`${one.name} ${one.of === 'group' ? '1 consumer' : 'on its own'}`, one.position, String(one.lag), String(one.pending)]))
    await expectAccessible(page)
  })
}

test('each product says where its log begins and ends in its own words', async ({ page }) => {
  const stage = new LogsPage(page)
  await stage.open('./?play=0')
  await stage.show(logs, 12)
  await stage.look('log')
  const log = await stage.log('log')
  expect([log.oldest, log.newest]).toEqual(['0', String(log.next)])
  await expect(stage.node('log').locator('.cv-log__ends')).toContainText(log.newest)
  await expect(page.getByRole('columnheader', { name: 'Next offset' })).toBeVisible()
  await stage.look('outbox')
  await expect(page.getByRole('columnheader', { name: 'Next row' })).toBeVisible()
  const stream = await stage.log('stream')
  expect([stream.oldest, stream.newest]).toEqual(['500-0', '12000-0'])
})

test('down it is a tape with nothing on it, and a queue that becomes a stream a tape', async ({ page }) => {
  const stage = new LogsPage(page)
  await stage.open('./?play=0')
  await stage.show(logs, 5)
  await expect(stage.node('stream').locator('.cv-log__cursor')).not.toHaveCount(0)
  await page.evaluate(() => window.relayground.commands.fault({ fault: 'crash', node: 'redis' }))
  await expect(stage.node('stream')).toContainText('down since')
  await expect(stage.node('stream').locator('.cv-log__tape, .cv-log__cursor')).toHaveCount(0)
  await expect(stage.node('stream').locator('.cv-log__blank')).toBeAttached()

  await page.evaluate(() => window.relayground.commands.configure('node', 'log', { queueType: 'classic' }))
  await expect(stage.node('log').locator('.cv-tube__track')).toBeAttached()
  await page.evaluate(() => window.relayground.commands.configure('node', 'log', { queueType: 'stream' }))
  await expect(stage.node('log').locator('.cv-log__blank')).toBeAttached()
})
