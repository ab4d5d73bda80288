import type { Answer, Ask } from '../browser/contest-worker.ts'
import { inBrowser } from '../browser/open.ts'
import { rates, rowOf, type Contest } from '../contest.ts'
import { ANCHOR, CONTESTANTS, ENGINE, KERNEL, KERNEL_TS } from '../contestants.ts'
import { waitsFor } from '../contestants/engine.ts'
import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { figure, geometricMean, median, table } from '../summary.ts'
import type { Workload } from '../workload.ts'

const TITLE = 'In a worker of headless Chromium: messages per second of the clock on the wall, the best of the rounds'
const ROUNDS_MAX = 3

interface Row {
  readonly contestant: string
  readonly workload: Workload
  readonly rate: number
  readonly ofC: number
}

/** The same contestants where people run them. A page can't read CPU time, and the C anchor ran before: indicative. */
export async function runBrowser(options: Options, contest: Contest | null): Promise<PartReport> {
  const found = await inBrowser('contest-page', async page => {
    const rows: Row[] = []
    for (const contestant of [KERNEL, KERNEL_TS, ENGINE].filter(name => options.takesPart(name))) {
      for (const workload of options.workloads) {
        if (contestant === ENGINE && waitsFor(workload) !== null) continue
        const messages = Math.round(CONTESTANTS.find(one => one.name === contestant)!.messages[workload]! * options.scale)
        let best = 0
        for (let round = 1; round <= Math.min(options.rounds, ROUNDS_MAX); round += 1) {
          const ask: Ask = { contestant, workload, messages, seed: round }
          const answer = await page.evaluate(one => (globalThis as unknown as { contest: (ask: Ask) => Promise<Answer | string> }).contest(one), ask)
          if (typeof answer === 'string') throw new Error(answer)
          best = Math.max(best, answer.messages / answer.wallSeconds)
        }
        const anchor = contest === null ? undefined : rowOf(contest, ANCHOR, workload)
        rows.push({ contestant, workload, rate: best, ofC: anchor ? best / median(rates(anchor)) : NaN })
      }
    }
    return rows
  })
  if (typeof found === 'string') return broken(TITLE, found)
  const kernel = found.filter(row => row.contestant === KERNEL).map(row => row.ofC)
  const text = [
    table(['', '', 'M messages/s', '× C'], found.map(row => [row.contestant, row.workload, figure(row.rate / 1e6), figure(row.ofC)])),
    `kernel, geometric mean: ${figure(kernel.length === 0 ? NaN : geometricMean(kernel))} of C`,
  ].join('\n')
  return { title: TITLE, text, data: found, targets: [] }
}
