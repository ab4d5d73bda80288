import type { ChannelFigures, NodeFigures, ProbeFigures } from '../../app/figures.ts'
import type { Catalogue } from '../../contract/manifest.ts'
import type { LedgerFigures } from '../../contract/ledger.ts'
import { findNode, type Topology } from '../../topology/document.ts'

/** One figure of one part. Numbers are as they are kept: durations in nanoseconds, shares from 0 to 1. Null where a figure has no such number. */
export interface FigureRow {
  readonly id: string
  readonly part: string
  readonly kind: string
  readonly figure: string
  readonly unit: string
  readonly now: number | null
  readonly total: number | null
  readonly perSecond: number | null
  readonly mean: number | null
  readonly most: number | null
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

export interface FigureSource {
  node(id: string): NodeFigures | undefined
  channel(id: string): ChannelFigures | undefined
}

const NOTHING = { now: null, total: null, perSecond: null, mean: null, most: null, p50: null, p95: null, p99: null }

/** Where copies are now, and what has happened to them. */
const LEDGER: readonly (readonly [keyof LedgerFigures, string, 'now' | 'total'])[] = [
  ['published', 'Ledger: published', 'total'],
  ['copied', 'Ledger: copied', 'total'],
  ['cameIn', 'Ledger: came in', 'total'],
  ['wentOut', 'Ledger: went out', 'total'],
  ['onWire', 'Ledger: on the wire', 'now'],
  ['waiting', 'Ledger: waiting', 'now'],
  ['unacknowledged', 'Ledger: unacknowledged', 'now'],
  ['processed', 'Ledger: processed', 'total'],
  ['retained', 'Ledger: retained', 'now'],
  ['discarded', 'Ledger: discarded', 'total'],
  ['deadLettered', 'Ledger: dead-lettered', 'total'],
  ['redelivered', 'Ledger: redelivered', 'total'],
]

/** Every figure of every part, in the order of the document: what the kinds declare, then each node's ledger, then the channels. */
export function figureRows(catalogue: Catalogue, topology: Topology, figures: FigureSource): readonly FigureRow[] {
  const rows: FigureRow[] = []
  for (const node of topology.nodes) {
    const manifest = catalogue.node(node.type)
    const live = figures.node(node.id)
    if (!manifest || !live) continue
    const add = (figure: string, unit: string, numbers: Partial<FigureRow>): void => void rows.push({ ...NOTHING, id: `${node.id} ${figure}`, part: node.label, kind: manifest.title, figure, unit, ...numbers })
    for (const probe of manifest.probes) {
      const value = live.probes[probe.id]
      if (value) add(probe.title, probe.unit, numbersOf(value))
    }
    for (const { of, name, lag, pending } of live.log?.cursors ?? []) {
      const who = `${of === 'group' ? 'Group' : 'Reader'} ${name}`
      add(`${who}: lag`, 'entries', { now: lag })
      add(`${who}: pending`, 'entries', { now: pending })
    }
    for (const [id, title, column] of LEDGER) {
      const value = live.ledger[id]
      add(title, 'messages', { [column]: typeof value === 'number' ? value : value.reduce((sum, count) => sum + count, 0) })
    }
  }
  const label = (id: string): string => findNode(topology, id)?.label ?? id
  for (const channel of topology.channels) {
    const live = figures.channel(channel.id)
    const manifest = catalogue.channel(channel.type)
    if (!manifest || !live) continue
    const add = (figure: string, numbers: Partial<FigureRow>): void => void rows.push({ ...NOTHING, id: `${channel.id} ${figure}`, part: `${label(channel.from)} → ${label(channel.to)}`, kind: manifest.title, figure, unit: 'messages', ...numbers })
    add('Carried', { total: live.total, perSecond: live.rate })
    add('On the wire', { now: live.inFlight })
    add('Lost', { total: live.lost })
    add('Sent again', { total: live.resent })
  }
  return rows
}

function numbersOf(value: ProbeFigures): Partial<FigureRow> {
  switch (value.kind) {
    case 'counter':
      return { total: value.total, perSecond: value.rate }
    case 'level':
      return { now: value.now, mean: value.mean, most: value.highest }
    case 'duration':
      return value.count === 0 ? { total: 0 } : { total: value.count, mean: value.meanNs, p50: value.p50Ns, p95: value.p95Ns, p99: value.p99Ns }
  }
}

const COLUMNS = ['part', 'kind', 'figure', 'unit', 'now', 'total', 'perSecond', 'mean', 'most', 'p50', 'p95', 'p99'] as const
const HEADS: Readonly<Record<string, string>> = { perSecond: 'per_second' }

/** The rows as RFC 4180 has them, with the simulated time in seconds in front. A text that a spreadsheet would take for a formula gets an apostrophe. */
export function figuresCsv(rows: readonly FigureRow[], atNs: number): string {
  const cell = (value: string | number | null): string => {
    if (value === null) return ''
    if (typeof value === 'number') return String(value)
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = rows.map(row => [String(atNs / 1e9), ...COLUMNS.map(column => cell(row[column]))].join(','))
  return [['at_s', ...COLUMNS.map(column => HEADS[column] ?? column)].join(','), ...lines, ''].join('\r\n')
}
