import { readFile } from 'node:fs/promises'
import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

for (const theme of ['light', 'dark'] as const) {
  test(`charts: a cursor for all, one node alone, log scale, and a run before beside this one (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=work-queue-slow-worker&play=0&theme=${theme}`)
    const charts = page.getByRole('region', { name: 'Charts' })
    const throughput = charts.getByRole('figure', { name: 'Throughput' })
    const play = async (samples: number): Promise<void> => {
      await relay.setSpeed('10')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      await expect.poll(() => page.evaluate(() => window.relayground.figures.series().timeNs.length)).toBeGreaterThan(samples)
      await page.getByRole('button', { name: 'Pause', exact: true }).click()
    }
    await expect(charts.getByLabel('Compare with')).toHaveCount(0)
    await play(40)

    await test.step('the cursor tells a time, and values of every chart', async () => {
      const plot = (await throughput.locator('.u-over').boundingBox())!
      await page.mouse.move(plot.x + plot.width / 2, plot.y + plot.height / 2)
      await expect(charts.getByText(/^at 00:\d\d\.\d{3}$/)).toBeVisible()
      for (const chart of ['Throughput', 'Queue depth', 'Utilization']) await expect(charts.getByRole('list', { name: `${chart} lines` }).getByRole('button').first()).toHaveText(/ [\d.]+/)
      await page.mouse.move(plot.x + plot.width / 2, plot.y - 200)
    })

    await test.step('one node alone, with all its percentiles, on a log scale', async () => {
      const latency = charts.getByRole('figure', { name: /^Latency/ })
      await latency.getByRole('button', { name: /^fast worker/ }).click()
      await expect(latency.getByText(/^p50 /)).toBeVisible()
      await charts.getByRole('radio', { name: 'p50' }).click()
      await expect(charts.getByRole('figure', { name: 'Latency p50' })).toBeVisible()
      await charts.getByRole('button', { name: 'log scale' }).click()
      await expect(charts.getByRole('button', { name: 'log scale' })).toHaveAttribute('aria-pressed', 'true')
      await expectAccessible(page)
    })

    await test.step('the run before, with what it had at that time', async () => {
      await page.getByRole('button', { name: 'Back to the start' }).click()
      await charts.getByLabel('Compare with').selectOption({ index: 1 })
      // Nothing has happened in this run: the one before is shown over all of its time.
      await expect(throughput.getByText(/^before /)).toBeVisible()
      // Not as far as the run before went: past its end there is nothing to compare with.
      await play(5)
      await expect(throughput.getByText(/^before [\d.]+/)).toBeVisible()
      await expectAccessible(page)
    })
  })
}

test('rates begin without a spike', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  const most = await page.evaluate(async () => {
    const { commands, figures } = window.relayground
    let most = 0
    for (let n = 1; n <= 30; n += 1) {
      await commands.runUntil(n * 4e7)
      const sent = figures.node('producer')!.probes['sent']!
      if (sent.kind === 'counter') most = Math.max(most, sent.rate)
    }
    return most
  })
  // It makes three a second: by chance a few more, but no dozens.
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(9)
})

test('all figures as a table: filtered, copied and downloaded as CSV', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=work-queue-slow-worker&play=0')
  await relay.runUntil(20)
  const charts = page.getByRole('region', { name: 'Charts' })
  await charts.getByRole('button', { name: 'As a table' }).click()
  await charts.getByRole('searchbox', { name: 'Filter figures' }).fill('producer sent')
  await expect(charts.getByRole('row', { name: /^producer Producer Sent/ })).toBeVisible()
  await expectAccessible(page)
  const sent = await relay.probe('producer', 'sent')
  await charts.getByRole('button', { name: 'Copy as CSV' }).click()
  await expect(relay.notice(/on the clipboard as CSV/)).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`20,producer,Producer,Sent,messages,,${sent},`)
  await charts.getByRole('searchbox', { name: 'Filter figures' }).fill('')
  const downloading = page.waitForEvent('download')
  await charts.getByRole('button', { name: 'Download CSV' }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toBe('figures.csv')
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  expect(lines[0]).toMatch(/^at_s,part,kind,figure,unit/)
  expect(lines.length).toBeGreaterThan(80)
})

test('where the code that draws charts does not come, a sentence says so, and everything else goes on', async ({ page }) => {
  await page.route(/assets\/uPlot.*\.js/, route => route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("cut off")' }))
  const relay = new RelayPage(page)
  await relay.open()
  await expect(page.getByRole('figure', { name: 'Throughput' })).toContainText('could not be fetched. Reload the page')
  await expect.poll(() => page.evaluate(() => window.relayground.run.getState().status)).not.toBe('failed')
  await page.getByRole('button', { name: 'As a table' }).click()
  await expect(page.getByRole('region', { name: 'Figures as a table' })).toBeVisible()
})
