import type { Resp } from '../resp.ts'

/** A recording of a real Redis: what was done, and what was seen. */
export interface Recording {
  readonly id: string
  readonly system: string
  readonly title: string
  readonly rules: readonly string[]
  readonly steps: readonly Step[]
  readonly observed: Observed
  /** Receivers whose deliveries have no fixed order. */
  readonly unordered?: readonly string[]
  /** Receivers whose deliveries are left to chance: only the invariants hold. */
  readonly random?: readonly string[]
}

/** One step: `op` and its fields, as the format lists them. */
export interface Step {
  readonly op: string
  readonly client?: string
  readonly args?: readonly (string | number)[]
  readonly as?: string
  readonly times?: number
  readonly from?: number
  readonly blocking?: boolean
  readonly ms?: number
}

export interface Delivery {
  readonly kind: 'message' | 'pmessage' | 'smessage'
  readonly channel: string
  readonly payload: string
  readonly pattern?: string
}

export interface Observed {
  readonly replies?: Readonly<Record<string, unknown>>
  readonly deliveries?: Readonly<Record<string, readonly Delivery[]>>
  readonly end?: Readonly<Record<string, unknown>>
  readonly invariants?: readonly Invariant[]
}

export interface Invariant {
  readonly sumOf?: readonly string[]
  readonly equals?: number
  readonly each?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly disjointOver?: readonly string[]
  readonly union?: number
  readonly increasing?: readonly string[]
  readonly field?: string
}

/** What a replay saw, in the shape of a recording. */
export interface Watched {
  readonly replies: Record<string, Resp | Readonly<Record<string, unknown>>>
  readonly deliveries: Record<string, Delivery[]>
  readonly end: Record<string, unknown>
}
