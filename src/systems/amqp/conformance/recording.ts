/** A recording of a real broker: what was done, and what was seen. See README.md beside this file. */
export interface Recording {
  readonly id: string
  readonly system: string
  readonly title: string
  readonly rules: readonly string[]
  readonly steps: readonly Step[]
  readonly observed: Observed
}

/** One step: `op` and its fields, as the format lists them. */
export interface Step {
  readonly op: string
  readonly [field: string]: unknown
}

export interface Observed {
  readonly deliveries?: readonly Seen[]
  readonly returned?: readonly Seen[]
  readonly confirms?: readonly Seen[]
  readonly gets?: readonly Seen[]
  readonly replies?: readonly Seen[]
  readonly cancelled?: readonly Seen[]
  readonly errors?: readonly Seen[]
  readonly queuesAtEnd?: Readonly<Record<string, unknown>>
  readonly exchangesAtEnd?: Readonly<Record<string, unknown>>
}

export type Seen = Readonly<Record<string, unknown>>

/** What a replay saw, in the shape of a recording. */
export interface Watched {
  readonly deliveries: Seen[]
  readonly returned: Seen[]
  readonly confirms: Seen[]
  readonly gets: Seen[]
  readonly replies: Seen[]
  readonly cancelled: Seen[]
  readonly errors: Seen[]
  queuesAtEnd: Record<string, unknown>
  exchangesAtEnd: Record<string, unknown>
}
