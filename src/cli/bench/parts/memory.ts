import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { inChild } from '../processes.ts'
import { atMost, figure, table } from '../summary.ts'
import type { InFlight } from './memory-task.ts'

const TITLE = 'Memory: a million messages in flight, each with its pending event'

export async function runMemory(_options: Options): Promise<PartReport> {
  const rows: ({ readonly what: string } & InFlight)[] = []
  for (const what of ['kernel', 'engine']) {
    const one = inChild('memory', what) as InFlight | string
    if (typeof one === 'string') return broken(TITLE, one)
    rows.push({ what, ...one })
  }
  const engine = rows[1]!
  return {
    title: TITLE,
    text: table(['', 'messages', 'bytes each', 'MB in all'], rows.map(row => [row.what, String(row.messages), figure(row.bytes), figure(row.megabytes)])),
    data: rows,
    targets: [atMost('bytes per message in flight', 100, engine.bytes, ''), atMost('10⁶ in flight', 120, (engine.megabytes / engine.messages) * 1e6, 'MB')],
  }
}
