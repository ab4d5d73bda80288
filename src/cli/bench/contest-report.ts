import { collections, ratio, rates, type Contest } from './contest.ts'
import { ANCHOR, ENGINE, KERNEL, SIMPY, SMQP } from './contestants.ts'
import { atLeast, atMost, figure, geometricMean, median, table, type Target } from './summary.ts'
import { WORKLOADS } from './workload.ts'

/** What start-up, compilation and growing tables cause in half a second; a few bytes of garbage a message would be dozens. */
const COLLECTIONS_MAX = 12

/** One table a workload, the fastest first. */
export function contestText(contest: Contest): string {
  const parts = WORKLOADS.filter(workload => contest.rows.some(row => row.workload === workload)).map(workload => {
    const rows = contest.rows
      .filter(row => row.workload === workload && rates(row).length > 0)
      .map(row => ({ row, rate: median(rates(row)) }))
      .sort((a, b) => b.rate - a.rate)
      .map(({ row, rate }) => {
        const all = rates(row)
        const results = row.results.flatMap(result => (result === null ? [] : [result]))
        const events = median(results.map(result => result.events / result.messages))
        const against = (base: string): string => figure(ratio(contest, workload, row.contestant, base))
        return [row.contestant, million(rate), `${million(Math.min(...all))}–${million(Math.max(...all))}`, figure(events), figure(1e9 / rate / (events || NaN)), against(ANCHOR), against(SIMPY), figure(median(results.map(result => result.mean))), figure(median(results.map(result => result.p99))), results[0]!.collections === undefined ? '–' : String(median(results.map(result => result.collections ?? 0)))]
      })
    return `${workload}\n${table(['', 'M messages/s', 'min–max', 'events each', 'ns/event', '× C', '× SimPy', 'mean', 'p99', 'collections'], rows)}`
  })
  return [`Messages per second of user CPU, medians of interleaved rounds. ${contest.versions.join('; ')}.`, ...parts, ...contest.absent.map(one => `Not run: ${one}.`), ...contest.suspect].join('\n\n')
}

const million = (rate: number): string => figure(rate / 1e6)

export function contestTargets(contest: Contest): Target[] {
  const has = (name: string): boolean => contest.rows.some(row => row.contestant === name)
  const targets: Target[] = []
  if (has(KERNEL)) targets.push(atLeast('kernel, geometric mean W1–W4, of C', 0.3, geometricMean(WORKLOADS.map(workload => ratio(contest, workload, KERNEL, ANCHOR)))))
  if (has(ENGINE)) {
    targets.push(atLeast('engine on W4, of C', 0.2, ratio(contest, 'W4', ENGINE, ANCHOR)))
    targets.push(atLeast('engine on W4, of SimPy', 12, ratio(contest, 'W4', ENGINE, SIMPY)))
    targets.push(atLeast('engine on W4, of smqp', 8, ratio(contest, 'W4', ENGINE, SMQP)))
    for (const workload of ['W1', 'W2', 'W3'] as const) {
      targets.push(atLeast(`engine on ${workload}, of C`, 0.1, ratio(contest, workload, ENGINE, ANCHOR)))
      targets.push(atLeast(`engine on ${workload}, of SimPy`, 15, ratio(contest, workload, ENGINE, SIMPY)))
    }
  }
  targets.push(atMost('garbage collections in a run: from growth, none from messages', COLLECTIONS_MAX, collections(contest), ''))
  return targets
}
