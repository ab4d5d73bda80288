import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureCase, type CaseResult } from './validation/measure.ts'
import type { Case } from './validation/models.ts'
import carried from './validation/queueing.json'

/** Half-width of every 99 % interval, as a share of its mean, before a case is judged. */
const PRECISION = '0.02'

/** Compares ordinary topologies with exact results of queueing theory. With no file, the carried cases. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { precision: { type: 'string', default: PRECISION }, json: { type: 'boolean', default: false } } })
  const precision = Number(values.precision)
  if (!(precision > 0 && precision < 1)) {
    console.error(`--precision needs a share such as 0.01; got “${values.precision}”.`)
    return 2
  }
  const cases = positionals[0] === undefined ? (carried as unknown as readonly Case[]) : (JSON.parse(readFileSync(positionals[0], 'utf8')) as readonly Case[]) // the format of the carried file
  let passed = 0
  let failed = 0
  const results: CaseResult[] = []
  for (const one of cases) {
    const startMs = performance.now()
    const result = measureCase(one, precision)
    results.push(result)
    passed += result.measured.filter(metric => metric.passed).length
    failed += result.measured.filter(metric => !metric.passed).length
    if (!values.json) console.log(text(result, performance.now() - startMs))
  }
  if (values.json) console.log(JSON.stringify(results, null, 2))
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

function text(result: CaseResult, wallMs: number): string {
  if (result.waiting !== null) return `${result.id}: waits for ${result.waiting}`
  const rows = result.measured.map(({ metric, exact, interval, passed, confidence }) => `  ${passed ? 'ok  ' : 'FAIL'} ${metric.padEnd(22)} exact ${exact.toPrecision(6).padStart(10)}  measured ${interval.mean.toPrecision(6).padStart(10)} ± ${interval.halfWidth.toPrecision(2)} (${confidence * 100} %)`)
  return [`${result.id}: ${result.messages} messages, ${(wallMs / 1000).toFixed(1)} s`, ...rows].join('\n')
}
