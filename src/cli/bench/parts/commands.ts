import { inBrowser } from '../browser/open.ts'
import type { Waits } from '../browser/commands-page.ts'
import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { atMost, figure, table } from '../summary.ts'

const TITLE = 'Commands to a simulation that runs as fast as it can, in headless Chromium: milliseconds to the answer'

export async function runCommands(_options: Options): Promise<PartReport> {
  const found = await inBrowser('commands-page', page => page.evaluate(() => (globalThis as unknown as { commandWaits: () => Promise<Waits[]> }).commandWaits()))
  if (typeof found === 'string') return broken(TITLE, found)
  const rows = found.map(one => [one.topology, figure(one.medianMs), figure(one.worstMs), figure(one.speed)])
  return { title: TITLE, text: table(['of 100', 'median', 'worst', 'simulated seconds a second'], rows), data: found, targets: [atMost('a command is answered', 50, Math.max(...found.map(one => one.worstMs)), 'ms')] }
}
