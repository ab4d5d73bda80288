import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureCase, type CaseResult } from './validation/measure.ts'
import type { Case } from './validation/models.ts'
import carried from './validation/queueing.json'

/**
 * Half-width of every 99 % interval, as a share of its mean, before a case is judged. Half of it takes four times as long: 0.01 is for a run
 * that one waits for, not for every test.
 */
const PRECISION = '0.02'

/** Compares ordinary topologies with exact results of queueing theory. With no file, the carried cases. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { precision: { type: 'string', default: PRECISION }, json: { type: 'boolean', default: false } } })
  const precision = Number(values.precision)
  if (!(precision > 0 && precision < 1)) {
    console.error(`--precision needs a share such as 0.01; got “${values.precision}”.`)
    return 2
  }
  const cases = positionals[0] === undefined ? (carried as unknown as readonly Case[]) : readCases(positionals[0]) // the format of the carried file
  if (typeof cases === 'string') {
    console.error(cases)
    return 2
  }
  if (!values.json) console.log(`Half-width of each 99 % interval: at most ${(precision * 100).toPrecision(2)} % of its mean.`)
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
  const waiting = results.filter(result => result.waiting !== null)
  if (waiting.length > 0 && !values.json) console.log(`Not counted, their parts do not exist yet: ${waiting.map(result => result.id).join(', ')}.`)
  if (values.json) console.log(JSON.stringify(results, null, 2))
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

/** The cases of a file, or the sentence that says why it isn't one. */
function readCases(path: string): readonly Case[] | string {
  try {
    const cases = JSON.parse(readFileSync(path, 'utf8')) as unknown
    const isCase = (one: Partial<Case> | null): boolean => typeof one?.id === 'string' && typeof one.model === 'string' && typeof one.params === 'object' && typeof one.exact === 'object'
    if (Array.isArray(cases) && (cases as (Partial<Case> | null)[]).every(isCase)) return cases as readonly Case[]
    return `${path}: expected a list of cases, each with id, model, params and exact.`
  } catch (error) {
    return `${path} can't be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

function text(result: CaseResult, wallMs: number): string {
  if (result.waiting !== null) return `${result.id}: waits for ${result.waiting}`
  const rows = result.measured.map(({ metric, exact, interval, passed, confidence, says }) => `  ${passed ? 'ok  ' : 'FAIL'} ${metric.padEnd(22)} exact ${exact.toPrecision(6).padStart(10)}  measured ${interval.mean.toPrecision(6).padStart(10)} ± ${interval.halfWidth.toPrecision(2)} (${confidence * 100} %)${says === undefined ? '' : `: ${says}`}`)
  return [`${result.id}: ${result.messages} messages, ${(wallMs / 1000).toFixed(1)} s`, ...rows].join('\n')
}
