import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { inChild } from '../processes.ts'
import { atMost, figure, median, table } from '../summary.ts'
import type { hold } from './pending-task.ts'

type Hold = Awaited<ReturnType<typeof hold>>
const TITLE = 'Pending events: take the earliest and schedule it anew'
const SIZES = [30, 1_000, 100_000, 1_000_000]
const ROUNDS_MAX = 3

export async function runPending(options: Options): Promise<PartReport> {
  const found = new Map<number, Hold[]>(SIZES.map(size => [size, []]))
  for (let round = 0; round < Math.min(options.rounds, ROUNDS_MAX); round += 1) {
    for (const size of SIZES) {
      const one = inChild('pending', size) as Hold | string
      if (typeof one === 'string') return broken(TITLE, one)
      found.get(size)!.push(one)
    }
  }
  const rows = SIZES.map(pending => ({ pending, nanoseconds: median(found.get(pending)!.map(one => one.nanoseconds)), bytes: found.get(pending)![0]!.bytes }))
  const at = (size: number): number => rows.find(row => row.pending === size)!.nanoseconds
  return {
    title: TITLE,
    text: table(['pending', 'ns', 'bytes each'], rows.map(row => [String(row.pending), figure(row.nanoseconds), figure(row.bytes)])),
    data: rows,
    targets: [atMost('an event with 10⁶ pending, of one with 10³', 4, at(1_000_000) / at(1_000), '×')],
  }
}
