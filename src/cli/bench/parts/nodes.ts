import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { inChild } from '../processes.ts'
import { atMost, figure, median, table } from '../summary.ts'
import type { Grown } from './nodes-task.ts'

const TITLE = 'Nodes: cost of an event in topologies of growing size'
const COUNTS = [10, 100, 1_000, 5_000]
const ROUNDS_MAX = 3

export async function runNodes(options: Options): Promise<PartReport> {
  const found = new Map<number, Grown[]>(COUNTS.map(count => [count, []]))
  for (let round = 0; round < Math.min(options.rounds, ROUNDS_MAX); round += 1) {
    for (const count of COUNTS) {
      const one = inChild('nodes', count) as Grown | string
      if (typeof one === 'string') return broken(TITLE, one)
      found.get(count)!.push(one)
    }
  }
  const rows = COUNTS.map(count => {
    const all = found.get(count)!
    return { nodes: all[0]!.nodes, nanoseconds: median(all.map(one => one.nanosecondsPerEvent)), loadMs: median(all.map(one => one.loadMs)) }
  })
  const costs = rows.map(row => row.nanoseconds)
  return {
    title: TITLE,
    text: table(['nodes', 'ns/event', 'load ms'], rows.map(row => [String(row.nodes), figure(row.nanoseconds), figure(row.loadMs)])),
    data: rows,
    targets: [atMost('cost of an event, 10 to 5,000 nodes', 2, Math.max(...costs) / Math.min(...costs), '×'), atMost('loading 5,000 nodes', 1, rows.at(-1)!.loadMs / 1000, 's')],
  }
}
