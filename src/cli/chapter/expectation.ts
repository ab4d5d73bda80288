/** The format of `expectations.json`: what the chapter's original programs did on the real thing. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/**
 * exact: it must be so · order: this sequence · set: these, in any order · range: between limits · observed: outcomes of a race, each of which
 * must be possible.
 */
export interface Expectation {
  readonly check: string
  readonly kind: 'exact' | 'order' | 'set' | 'range' | 'observed'
  readonly value: Json
  /** Of a range: for all numbers of the value, or one for each of them. */
  readonly min?: Json
  readonly max?: Json
  /** Of a range without limits: so far from the value, or (in words) down to so many percent of the ideal. */
  readonly tolerance?: number | string
  readonly ideal?: Json
  /** Of a range in words: the number that was recorded for it; a tenth more or less is the same. */
  readonly ms?: number
  readonly note?: string
}

export interface ExpectedScenario {
  readonly id: string
  readonly title: string
  readonly expect: readonly Expectation[]
}

/** What a scenario found for one check. */
export type Measured =
  | { readonly value: Json }
  /** The outcomes of a race, one a seed. */
  | { readonly outcomes: readonly Json[] }
  /** What it takes that does not exist yet. */
  | { readonly waitsFor: string }

export const value = (one: Json): Measured => ({ value: one })
export const outcomes = (all: readonly Json[]): Measured => ({ outcomes: all })
export const waitsFor = (what: string): Measured => ({ waitsFor: what })

/** One of the 31: its topologies are ordinary documents, played headless; nothing here knows what is expected. */
export interface Scenario {
  readonly id: string
  /** What was measured, by the name of the check. */
  measure(): Readonly<Record<string, Measured>>
}
