/** Medians, because the machine does other things too. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return NaN
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}

/** Whether what was promised is so. */
export interface Target {
  readonly says: string
  readonly wanted: string
  readonly got: string
  /** Null: there was nothing to measure it against. */
  readonly holds: boolean | null
}

export function atLeast(says: string, wanted: number, got: number, unit = '×'): Target {
  return { says, wanted: `≥ ${wanted} ${unit}`, got: Number.isFinite(got) ? `${figure(got)} ${unit}` : 'not measured', holds: Number.isFinite(got) ? got >= wanted : null }
}

export function atMost(says: string, wanted: number, got: number, unit: string): Target {
  return { says, wanted: `≤ ${wanted} ${unit}`, got: Number.isFinite(got) ? `${figure(got)} ${unit}` : 'not measured', holds: Number.isFinite(got) ? got <= wanted : null }
}

/** Three significant digits, no exponent. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return value.toFixed(Math.min(digits, 4))
}

/** Columns as wide as their widest cell; the first aligned left, the others right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map(row => (row[column] ?? '').length)))
  const pad = (cell: string, column: number): string => {
    const space = ' '.repeat(widths[column]! - cell.length)
    return column === 0 ? cell + space : space + cell
  }
  return all.map(row => row.map(pad).join('  ').trimEnd()).join('\n')
}
