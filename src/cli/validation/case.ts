import type { Law } from '../../kernel/law.ts'
import type { Topology } from '../../topology/document.ts'

/** A case of exact results: model, parameters, what theory says. Times in seconds, rates per second. */
export interface Case {
  readonly id: string
  readonly model: string
  /** A law of service may stand as `service`, as the topology has it but in seconds; without one, M/G/1 is lognormal. */
  readonly params: Readonly<Record<string, number | readonly number[] | Law>>
  readonly exact: Readonly<Record<string, number>>
}

/** A queue and who works on it. */
export interface Station {
  readonly queue: string
  readonly workers: readonly string[]
  /** In milliseconds. */
  readonly service: Law
  /** Share of deliveries that are given back. */
  readonly failure: number
  /** Most that can be waiting and in work; Infinity: no limit. */
  readonly capacity: number
}

/** A Poisson stream of batches. */
export interface Source {
  readonly node: string
  /** Messages a second. */
  readonly rate: number
  readonly batch: number
}

/** A case as an ordinary topology, and where its figures are read. */
export interface Built {
  readonly topology: Topology
  /** In the order that messages pass them, unless `parallel`. */
  readonly stations: readonly Station[]
  readonly sources: readonly Source[]
  /** Who tells how old a message was when all was done. */
  readonly ends: readonly string[]
  /** Messages a second, roughly: decides how long a stretch of observation is. */
  readonly pace: number
}
