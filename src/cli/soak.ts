import { parseArgs } from 'node:util'
import { createRun } from '../engine/run.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { parseTime, soakTopology } from './soak/soak-topology.ts'

const USAGE = `Runs a busy topology for long and looks at the memory it takes.

  npm run soak [-- --until 1h] [--rate 10000]

--until takes ms, s, min or h of simulated time; --rate is messages a second.`

/** The first part of a run, in which queues find their usual lengths and tables their sizes. */
const WARM_UP = 0.1
const LOOKS = 40
/** A run meets rare, longer queues later on: so much more memory is still flat. */
const GROWTH_MAX = 0.05
/** Garbage comes and goes: so many bytes more on the heap, after it was collected, say nothing. */
const HEAP_SLACK_BYTES = 16e6

/** An hour at 10,000 messages a second, and neither the run's memory nor the heap grows after the warm-up. */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { until: { type: 'string', default: '1h' }, rate: { type: 'string', default: '10000' } } })
  const untilNs = parseTime(values.until)
  const rate = Number(values.rate)
  if (untilNs === null || !(rate > 0 && rate <= 1e6)) {
    console.error(USAGE)
    return 2
  }
  const run = createRun({ topology: soakTopology(rate), catalogue: catalogue(), models: models() })
  const startMs = performance.now()
  const looks: { readonly cells: number; readonly heap: number }[] = []
  for (let look = 1; look <= LOOKS; look += 1) {
    run.advance(Math.floor((untilNs * look) / LOOKS))
    await collected()
    looks.push({ cells: run.core.memory.used, heap: process.memoryUsage().heapUsed })
    console.log(`${(run.nowNs / 1e9).toFixed(0).padStart(6)} s simulated, ${run.ledger().published} messages: ${run.core.memory.used} cells, heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(1)} MB`)
  }
  const warm = looks[Math.ceil(LOOKS * WARM_UP)]!
  const last = looks.at(-1)!
  const checks = [
    { says: `the run's memory: ${warm.cells} cells when warm, ${last.cells} at the end`, passed: last.cells <= warm.cells * (1 + GROWTH_MAX) },
    { says: `the heap: ${(warm.heap / 1e6).toFixed(1)} MB when warm, ${(last.heap / 1e6).toFixed(1)} MB at the end`, passed: last.heap <= warm.heap + HEAP_SLACK_BYTES },
    { says: `messages: ${run.ledger().published} published at ${rate} a second`, passed: Math.abs(run.ledger().published / ((rate * untilNs) / 1e9) - 1) < 0.02 },
  ]
  for (const { says, passed } of checks) console.log(`  ${passed ? 'ok  ' : 'FAIL'} ${says}`)
  const passed = checks.filter(check => check.passed).length
  console.log(`${((performance.now() - startMs) / 1000).toFixed(1)} s`)
  console.log(`${passed} passed, ${checks.length - passed} failed`)
  return passed === checks.length ? 0 : 1
}

/** Collects garbage where Node was told to let us, and lets what is pending finish. */
async function collected(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  ;(globalThis as { gc?: () => void }).gc?.()
}
