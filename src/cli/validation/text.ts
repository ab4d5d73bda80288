import type { CaseResult } from './measure.ts'

/** A case's result as people read it: one line a metric, one for Little's law. */
export function caseText(result: CaseResult, wallMs: number): string {
  if (result.waiting !== null) return `${result.id}: waits for ${result.waiting}`
  const rows = result.measured.map(({ metric, exact, interval, passed, confidence, says }) => `  ${passed ? 'ok  ' : 'FAIL'} ${metric.padEnd(22)} exact ${exact.toPrecision(6).padStart(10)}  measured ${interval.mean.toPrecision(6).padStart(10)} ± ${interval.halfWidth.toPrecision(2)} (${confidence * 100} %)${says === undefined ? '' : `: ${says}`}`)
  const wrong = result.little.filter(check => !check.passed)
  const little = result.little.length === 0 ? [] : wrong.length === 0 ? [`  ok   Little’s law           L = λW at ${result.little.length} of ${result.little.length} places: ${result.little.map(check => `${check.node} ${check.length.toPrecision(4)}`).join(', ')}`] : wrong.map(check => `  FAIL Little’s law           ${check.node}, ${check.what}: L ${check.length.toPrecision(12)}, λW ${check.rateTimesStay.toPrecision(12)}`)
  return [`${result.id}: ${result.messages} messages, ${(wallMs / 1000).toFixed(1)} s`, ...rows, ...little].join('\n')
}

/** Metrics, and Little's law at each place, that passed and failed. */
export function countOf(results: readonly CaseResult[]): { readonly passed: number; readonly failed: number } {
  const all = results.flatMap(result => [...result.measured.map(metric => metric.passed), ...result.little.map(check => check.passed)])
  const passed = all.filter(one => one).length
  return { passed, failed: all.length - passed }
}
