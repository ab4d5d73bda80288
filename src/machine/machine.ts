import type { Memory } from '../kernel/memory.ts'
import code from './assembly/index.ts?machine'
import { PLACES_WORDS } from './layout.ts'
import { Program } from './program.ts'

/** What the machine leaves to TypeScript; see assembly/imports.ts. */
export interface Host {
  reserve(cells: number): number
  moreEvents(): void
  moreBlocks(): void
  growNear(more: number): void
  moreInstants(): void
  moreMessages(): void
  contentGone(content: number): void
  wrap(): void
  log(histogram: number): number
  page(histogram: number, octave: number): number
  carry(histogram: number, octave: number, bucket: number): void
  draw(number: number): void
  discard(node: number, message: number, reason: number, delivering: number): void
  ways(exchange: number, message: number): number
  moreJobs(app: number): void
  moreWindow(subscription: number): void
}

/** The compiled loop over one memory. Addresses and indices are those of kernel/memory.ts. */
export interface Machine {
  /** Fires events up to and including a time, at most so many (below 2^31); one of the STOP_… of the layout. */
  run(untilNs: number, budget: number): number
  firedLast(): number
  setInstant(most: number, left: number): void
  leftOfInstant(): number
  partsAt(targets: number, lanes: number): void
  /** Room for the packets of an instant by rank: see `placesFor`. */
  placesAt(address: number, ranks: number): void
  /** Lines of packets that take the same time, from this address on: how many. */
  delaysAt(address: number, count: number): void
  /** Whether what the next events look at is fetched together: see assembly/nearby.ts. */
  lookAhead(on: boolean): void
  factsAt(cursor: number, end: number): void
  hopsAt(address: number): void
  hopsWritten(): number
}

/** Cells that so many ranks take: bits in three levels of 64, the highest of which the machine has itself, and a cell a rank. */
export function placesFor(ranks: number): number {
  return PLACES_WORDS + Math.ceil(ranks / 64) + ranks
}

const program = new Program(code)

/** A machine over a memory, which goes on in a WebAssembly memory from now on; null where there can be none. */
export function machineFor(memory: Memory, host: Host): Machine | null {
  return program.over(memory, { ...host }) as Machine | null // what the assembly exports
}
