import { student, type Confidence } from './student.ts'

/** A confidence interval. */
export interface Interval {
  readonly mean: number
  /** Half the width, in the unit of the mean. Infinity while there are too few batches. */
  readonly halfWidth: number
}

/** Fewer degrees of freedom than this say too little about the spread. */
const FREEDOM_LEAST = 20
/** A control that is this close to a sum of the others tells nothing new. */
const PIVOT_LEAST = 1e-9

/**
 * Interval of the mean of batches with control variates: numbers of each batch whose true mean is known to be zero, because they are made of
 * nothing but drawn times and their known moments. A least-squares fit tells how much of the batches' spread the controls explain; the
 * interval is that of its intercept (Lavenberg and Welch 1981). Whatever the simulation does, the estimate stays that of the batches' mean: a control
 * can make the interval narrower or wider, not move it. Without controls, these are batch means.
 */
export function controlledMean(values: readonly number[], controls: readonly (readonly number[])[], confidence: Confidence): Interval {
  const count = values.length
  const mean = sum(values) / count
  const used = independent(controls, count)
  const freedom = count - 1 - used.length
  if (freedom < FREEDOM_LEAST) return { mean, halfWidth: Infinity }
  // Centred: the intercept is the mean less what the controls' means explain of it.
  const centres = used.map(control => sum(control) / count)
  const centred = used.map((control, c) => control.map(value => value - centres[c]!))
  const residual = values.map(value => value - mean)
  const matrix = centred.map(one => centred.map(other => dot(one, other)))
  const slopes = solve(matrix, centred.map(one => dot(one, residual)))
  for (let n = 0; n < count; n += 1) for (let c = 0; c < centred.length; c += 1) residual[n]! -= slopes[c]! * centred[c]![n]!
  const variance = dot(residual, residual) / freedom
  const lever = dot(centres, solve(matrix, centres))
  return { mean: mean - dot(slopes, centres), halfWidth: student(confidence, freedom) * Math.sqrt(variance * (1 / count + lever)) }
}

/**
 * Values whose mean is the ratio of two sums, one value a batch: the ratio plus each batch's share of what the numerators are off by.
 * (The linear part of the ratio: the rest is of the order of one over the number of batches.)
 */
export function ratioValues(numerators: readonly number[], denominators: readonly number[]): readonly number[] {
  const ratio = sum(numerators) / sum(denominators)
  const middle = sum(denominators) / denominators.length
  return numerators.map((numerator, n) => ratio + (numerator - ratio * denominators[n]!) / middle)
}

/** The controls that vary and are not sums of others, each scaled to a length of 1. */
function independent(controls: readonly (readonly number[])[], count: number): readonly (readonly number[])[] {
  const kept: (readonly number[])[] = []
  const directions: (readonly number[])[] = []
  for (const control of controls) {
    const centre = sum(control) / count
    let left = control.map(value => value - centre)
    const length = Math.sqrt(dot(left, left))
    if (!(length > 0) || !Number.isFinite(length)) continue
    for (const direction of directions) {
      const along = dot(left, direction)
      left = left.map((value, n) => value - along * direction[n]!)
    }
    const rest = Math.sqrt(dot(left, left))
    if (rest < PIVOT_LEAST * length) continue
    directions.push(left.map(value => value / rest))
    kept.push(control.map(value => value / length))
  }
  return kept
}

/** Gauss's elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, n) => [...row, right[n]!])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let row = column + 1; row < size; row += 1) if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let row = column + 1; row < size; row += 1) {
      const factor = rows[row]![column]! / rows[column]![column]!
      for (let n = column; n <= size; n += 1) rows[row]![n]! -= factor * rows[column]![n]!
    }
  }
  const solution = new Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row -= 1) {
    let value = rows[row]![size]!
    for (let n = row + 1; n < size; n += 1) value -= rows[row]![n]! * solution[n]!
    solution[row] = value / rows[row]![row]!
  }
  return solution
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((total, value, n) => total + value * other[n]!, 0)
}
