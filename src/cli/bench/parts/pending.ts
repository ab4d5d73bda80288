import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { inChild } from '../processes.ts'
import { atMost, figure, median, table } from '../summary.ts'
import { PENDING_LISTS, type hold, type PendingList } from './pending-task.ts'

type Hold = Awaited<ReturnType<typeof hold>>
const TITLE = 'Pending events: take the earliest and schedule it anew'
const SIZES = [30, 100, 300, 1_000, 100_000, 1_000_000]
const ROUNDS_MAX = 3

interface Row {
  readonly pending: number
  readonly nanoseconds: Readonly<Record<PendingList, number>>
  readonly bytes: number
}

export async function runPending(options: Options): Promise<PartReport> {
  const rows: Row[] = []
  for (const pending of SIZES) {
    const found: Record<PendingList, Hold[]> = { machine: [], typescript: [] }
    for (let round = 0; round < Math.min(options.rounds, ROUNDS_MAX); round += 1) {
      for (const list of PENDING_LISTS) {
        const one = inChild('pending', list, pending) as Hold | string
        if (typeof one === 'string') return broken(TITLE, one)
        found[list].push(one)
      }
    }
    const middle = (list: PendingList): number => median(found[list].map(one => one.nanoseconds))
    rows.push({ pending, nanoseconds: { machine: middle('machine'), typescript: middle('typescript') }, bytes: found.machine[0]!.bytes })
  }
  const at = (list: PendingList, size: number): number => rows.find(row => row.pending === size)!.nanoseconds[list]
  return {
    title: TITLE,
    text: table(['pending', 'ns by the machine', 'ns in TypeScript', 'bytes each'], rows.map(row => [String(row.pending), ...PENDING_LISTS.map(list => figure(row.nanoseconds[list])), figure(row.bytes)])),
    data: rows,
    // A heap in C takes 27 times as much. The more a short list gains, the larger this is: a long one waits for memory.
    targets: PENDING_LISTS.map(list => atMost(`an event with 10⁶ pending, of one with 10³ (${list})`, 5, at(list, 1_000_000) / at(list, 1_000), '×')),
  }
}
