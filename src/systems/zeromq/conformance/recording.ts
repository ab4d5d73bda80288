/** A recording of libzmq: what was done with its sockets, and what was seen. */
export interface Recording {
  readonly id: string
  readonly system: string
  readonly title: string
  readonly steps: readonly Step[]
  readonly observed: Observed
  /** Receivers whose deliveries are a multiset, and those whose deliveries are left out. */
  readonly unordered?: readonly string[]
  readonly random?: readonly string[]
}

/** One step: `op` and its fields. */
export interface Step {
  readonly op: string
  readonly [field: string]: unknown
}

export interface Observed {
  readonly replies?: Readonly<Record<string, unknown>>
  readonly deliveries?: Readonly<Record<string, readonly unknown[]>>
  readonly invariants?: readonly Invariant[]
}

export type Frames = readonly string[]

/** What must hold of deliveries whose order or share is up to chance. */
export type Invariant =
  | { readonly sumOf: readonly string[]; readonly equals: number }
  | { readonly each: readonly string[]; readonly min?: number; readonly max?: number }
  | { readonly disjointOver: readonly string[]; readonly field?: string | number; readonly union?: number }
  | { readonly increasing: readonly string[]; readonly field?: string | number }

/** What a replay saw, in the shape of a recording. */
export interface Watched {
  readonly replies: Record<string, unknown>
  readonly deliveries: Record<string, Frames[]>
}
