import { inBrowser } from '../browser/open.ts'
import type { FrameTimes } from '../browser/frame-page.ts'
import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { atMost, figure, median, table } from '../summary.ts'

const TITLE = 'A frame of 20,000 tokens and 500 nodes, from a worker to the page and back, in headless Chromium'
const ROUNDS = 3

export async function runFrame(_options: Options): Promise<PartReport> {
  const found = await inBrowser('frame-page', async page => {
    const rounds: FrameTimes[] = []
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await page.evaluate(() => (globalThis as unknown as { frameTimes: () => Promise<FrameTimes> }).frameTimes()))
    return rounds
  })
  if (typeof found === 'string') return broken(TITLE, found)
  const at = (what: keyof FrameTimes): number => median(found.map(one => one[what]))
  const rows = [
    ['filled, and only a number crosses', figure(at('nothing'))],
    ['filled, transferred, read, given back', figure(at('frame'))],
    ['the figures of a real run of as many nodes, pulled as the app does', figure(at('figures'))],
  ]
  return { title: TITLE, text: table(['median of 300', 'ms'], rows), data: found, targets: [atMost('a frame across the worker boundary', 0.3, at('frame'), 'ms')] }
}
