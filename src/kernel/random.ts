import type { Law } from './law.ts'

/** One named, independent stream of random numbers. */
export interface RandomStream {
  /** A double in [0, 1) with 53 random bits. */
  uniform(): number
  /** A whole number from 0 to below − 1; below is at most 2^32. */
  integer(below: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** One value of the law, in the law's unit. */
  sample(law: Law): number
  /** One value of a law in milliseconds, as whole nanoseconds, at least 0. */
  sampleMs(law: Law): number
}
