import type { NodeFigures } from '../../app/figures.ts'
import { flowOf, type OutlineRow } from '../../app/outline.ts'

/** Columns of the outline: the name, then figures. */
export const COLUMNS = [
  { id: 'name', title: 'Name' },
  { id: 'kind', title: 'Kind' },
  { id: 'state', title: 'State' },
  { id: 'figure', title: 'Figure' },
  { id: 'in', title: 'In' },
  { id: 'out', title: 'Out' },
  { id: 'waiting', title: 'Waiting' },
  { id: 'unacked', title: 'Unacked' },
] as const

export type ColumnId = (typeof COLUMNS)[number]['id']

/** What a row is sorted by in a column. */
export function sortKey(by: ColumnId, row: OutlineRow & { readonly part: 'node' }, figures: NodeFigures | undefined): string | number {
  switch (by) {
    case 'name':
      return row.node.label.toLowerCase()
    case 'kind':
      return row.kind.toLowerCase()
    case 'state':
      return figures?.state ?? ''
    case 'in':
      return figures ? flowOf(figures).in : 0
    case 'out':
      return figures ? flowOf(figures).out : 0
    case 'waiting':
    case 'figure':
      return figures?.ledger.waiting ?? 0
    case 'unacked':
      return figures?.ledger.unacknowledged ?? 0
  }
}
