import type { Target } from './summary.ts'

export interface PartReport {
  readonly title: string
  readonly text: string
  readonly data: unknown
  readonly targets: readonly Target[]
  /** Why it could not be measured. */
  readonly broke?: string
}

export function broken(title: string, why: string): PartReport {
  return { title, text: `could not be measured: ${why}`, data: null, targets: [], broke: why }
}
