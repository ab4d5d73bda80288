import type { LedgerFigures } from '../contract/ledger.ts'
import type { ProbeBank } from '../stats/probe-bank.ts'
import type { NodeId } from '../topology/document.ts'
import type { Run } from './run.ts'

export type ProbeSummary =
  | { readonly id: string; readonly title: string; readonly kind: 'counter'; readonly unit: string; readonly total: number; readonly perSecond: number }
  | { readonly id: string; readonly title: string; readonly kind: 'level'; readonly unit: string; readonly now: number; readonly mean: number; readonly highest: number }
  | { readonly id: string; readonly title: string; readonly kind: 'duration'; readonly unit: string; readonly count: number; readonly meanNs: number; readonly p50Ns: number; readonly p95Ns: number; readonly p99Ns: number }

export interface NodeSummary {
  readonly id: NodeId
  readonly label: string
  readonly type: string
  readonly state: 'up' | 'down' | 'absent'
  readonly probes: readonly ProbeSummary[]
  readonly ledger: LedgerFigures
}

/** The figures of a run so far: the same that the page pulls, by name. */
export interface RunSummary {
  readonly nowNs: number
  readonly events: number
  readonly digest: string
  readonly ledger: LedgerFigures
  readonly nodes: readonly NodeSummary[]
}

export function summarize(run: Run): RunSummary {
  return {
    nowNs: run.nowNs,
    events: run.events,
    digest: run.digest(),
    ledger: run.ledger(),
    nodes: [...run.parts.nodes.values()].map(node => ({
      id: node.id,
      label: node.label(),
      type: node.type,
      state: !node.up ? 'down' : node.there ? 'up' : 'absent',
      probes: node.manifest.probes.map((_, slot) => summarizeProbe(run, node, slot)),
      ledger: run.core.ledgers[node.index]!.figures(),
    })),
  }
}

function summarizeProbe(run: Run, node: { readonly probes: ProbeBank }, slot: number): ProbeSummary {
  const bank = node.probes
  const spec = bank.specs[slot]!
  const { id, title, unit } = spec
  switch (spec.kind) {
    case 'counter':
      return { id, title, unit, kind: 'counter', total: bank.value(slot), perSecond: run.nowNs === 0 ? 0 : (bank.value(slot) * 1e9) / run.nowNs }
    case 'level':
      return { id, title, unit, kind: 'level', now: bank.value(slot), mean: bank.levelMean(slot, run.nowNs), highest: bank.highest(slot) }
    case 'duration': {
      const whole = bank.whole(slot)
      return { id, title, unit, kind: 'duration', count: whole.count, meanNs: whole.mean(), p50Ns: whole.percentile(0.5), p95Ns: whole.percentile(0.95), p99Ns: whole.percentile(0.99) }
    }
  }
}
