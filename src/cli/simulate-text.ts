import { DISCARD_REASONS, type LedgerFigures } from '../contract/ledger.ts'
import type { NodeSummary, ProbeSummary, RunSummary } from '../engine/summary.ts'

/** The figures of a run as text for a terminal. */
export function summaryText(summary: RunSummary, wallMs: number): string {
  const lines: string[] = []
  for (const node of summary.nodes) {
    lines.push(`${node.label} (${node.type}${node.state === 'up' ? '' : `, ${node.state}`})`)
    for (const probe of node.probes) lines.push(`  ${probe.title.padEnd(28)} ${probeText(probe)}`)
    const ledger = ledgerText(node)
    if (ledger !== '') lines.push(`  ${'Ledger'.padEnd(28)} ${ledger}`)
  }
  lines.push('', 'Where did every message go?')
  for (const [name, count] of ledgerRows(summary.ledger)) lines.push(`  ${name.padEnd(28)} ${grouped(count)}`)
  const seconds = wallMs / 1000
  lines.push(
    '',
    `simulated  ${(summary.nowNs / 1e9).toFixed(3)} s`,
    `events     ${grouped(summary.events)} (${grouped(Math.round(summary.events / Math.max(seconds, 1e-9)))} a second of real time)`,
    `digest     ${summary.digest}`,
  )
  return lines.join('\n')
}

function probeText(probe: ProbeSummary): string {
  switch (probe.kind) {
    case 'counter':
      return `${grouped(probe.total)} (${figure(probe.perSecond)}/s)`
    case 'level':
      return `${figure(probe.now)} now, ${figure(probe.mean)} mean, ${figure(probe.highest)} highest`
    case 'duration':
      if (probe.count === 0) return 'none'
      return `mean ${duration(probe.meanNs)}, p50 ${duration(probe.p50Ns)}, p95 ${duration(probe.p95Ns)}, p99 ${duration(probe.p99Ns)} (${grouped(probe.count)})`
  }
}

function ledgerText(node: NodeSummary): string {
  return ledgerRows(node.ledger)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${grouped(count)}`)
    .join(', ')
}

function ledgerRows(ledger: LedgerFigures): [string, number][] {
  const rows: [string, number][] = [
    ['published', ledger.published],
    ['copied', ledger.copied],
    ['on a wire', ledger.onWire],
    ['waiting', ledger.waiting],
    ['unacknowledged', ledger.unacknowledged],
    ['processed', ledger.processed],
    ['retained', ledger.retained],
  ]
  ledger.discarded.forEach((count, index) => {
    if (count > 0) rows.push([`lost: ${DISCARD_REASONS[index]}`, count])
  })
  return rows
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US').replaceAll(',', ' ')
}

function figure(value: number): string {
  return Number.isInteger(value) ? grouped(value) : value.toPrecision(4)
}

function duration(ns: number): string {
  if (ns >= 1e9) return `${(ns / 1e9).toPrecision(4)} s`
  if (ns >= 1e6) return `${(ns / 1e6).toPrecision(4)} ms`
  return `${(ns / 1e3).toPrecision(4)} µs`
}
