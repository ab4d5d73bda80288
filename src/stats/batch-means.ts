/** A confidence interval of a ratio, from batches: sums of a numerator and a denominator over equal stretches of simulated time. */
export interface Interval {
  readonly mean: number
  /** Half the width, in the unit of the mean. Infinity while there are too few batches. */
  readonly halfWidth: number
}

/** Batches that the observations are gathered into: enough for Student's t to be near the normal, few enough to be uncorrelated. */
const BATCHES = 32

/**
 * MSER-5 (White 1997): how many leading observations belong to the warm-up. Observations are averaged in fives; the truncation point minimizes the
 * squared standard error of what remains; a minimum in the second half means that the run is too short to tell (returns half).
 */
export function warmUp(observations: readonly number[]): number {
  const fives: number[] = []
  for (let n = 0; n + 5 <= observations.length; n += 5) fives.push((observations[n]! + observations[n + 1]! + observations[n + 2]! + observations[n + 3]! + observations[n + 4]!) / 5)
  const count = fives.length
  let sum = 0
  let squares = 0
  let best = 0
  let least = Infinity
  for (let cut = count - 1; cut >= 0; cut -= 1) {
    const value = fives[cut]!
    sum += value
    squares += value * value
    const left = count - cut
    if (left < 5 || cut > count / 2) continue
    const error = (squares - (sum * sum) / left) / (left * left)
    if (error <= least) {
      least = error
      best = cut
    }
  }
  return best * 5
}

/** Interval of Σ numerator ÷ Σ denominator by batch means; `confidence` is 0.99 or 0.999. */
export function ratioInterval(numerators: readonly number[], denominators: readonly number[], confidence: 0.99 | 0.999): Interval {
  const size = Math.floor(numerators.length / BATCHES)
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
  const mean = total(numerators) / total(denominators)
  if (size < 1) return { mean, halfWidth: Infinity }
  const batches: number[] = []
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const from = numerators.length - (BATCHES - batch) * size
    const weight = total(denominators.slice(from, from + size))
    if (weight > 0) batches.push(total(numerators.slice(from, from + size)) / weight)
  }
  if (batches.length < BATCHES / 2) return { mean, halfWidth: Infinity }
  const middle = total(batches) / batches.length
  const variance = batches.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (batches.length - 1)
  return { mean, halfWidth: STUDENT[confidence] * Math.sqrt(variance / batches.length) }
}

/** Student's t with 31 degrees of freedom, two-sided. */
const STUDENT = { 0.99: 2.744, 0.999: 3.633 } as const
