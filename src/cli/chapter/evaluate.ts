import type { Expectation, Json, Measured } from './expectation.ts'
import { isNumbers, quantiles, text } from './text.ts'

export interface Verdict {
  readonly verdict: 'passed' | 'failed' | 'waits'
  /** What was measured, and what was expected where the two differ. */
  readonly says: string
}

/** A range in words has a recorded number beside it: so near to that, as a share. */
const ABOUT = 0.1

/** Compares what was measured with what was recorded: by the kind of the check alone. Of a race every outcome has to fit. */
export function evaluate(expected: Expectation, measured: Measured | undefined): Verdict {
  if (!measured) return { verdict: 'failed', says: 'nothing was measured' }
  if ('waitsFor' in measured) return { verdict: 'waits', says: `waits for ${measured.waitsFor}` }
  const all = 'value' in measured ? [measured.value] : measured.outcomes
  const fits = all.length > 0 && (expected.kind === 'observed' ? allPossible(expected.value, all) : isSummary(expected.value) ? middleFits(expected, all) : all.every(one => fitsOne(expected, one)))
  const shown = 'value' in measured ? text(measured.value) : distribution(all)
  return { verdict: fits ? 'passed' : 'failed', says: fits && expected.kind !== 'range' && expected.kind !== 'observed' ? shown : `${shown} (${wanted(expected)})` }
}

function fitsOne(expected: Expectation, got: Json): boolean {
  switch (expected.kind) {
    case 'exact':
    case 'order':
      return same(expected.value, got)
    case 'set':
      return Array.isArray(expected.value) && Array.isArray(got) && same([...expected.value].map(text).sort(), [...got].map(text).sort())
    case 'range':
      return inRange(expected, got)
    case 'observed':
      return allPossible(expected.value, [got])
  }
}

function inRange(expected: Expectation, got: Json): boolean {
  const { tolerance, min, max } = expected
  if (typeof tolerance === 'number') return within(expected.value, got, one => ({ min: one - tolerance, max: one + tolerance }))
  if (typeof tolerance === 'string') {
    const percent = Number(/(\d+) percent/.exec(tolerance)?.[1])
    return within(expected.ideal ?? null, got, ideal => ({ min: (ideal * percent) / 100, max: ideal }))
  }
  if (expected.ms !== undefined) return within(expected.ms, got, one => ({ min: one * (1 - ABOUT), max: one * (1 + ABOUT) }))
  if (min === undefined || max === undefined) return false
  return within(min, got, one => ({ min: one, max: Infinity })) && within(max, got, one => ({ min: -Infinity, max: one }))
}

/** Numbers at the same places of two trees; a single limit is for every number. */
function within(limit: Json, got: Json, limits: (limit: number) => { readonly min: number; readonly max: number }): boolean {
  if (typeof got === 'number') {
    if (typeof limit !== 'number') return false
    const { min, max } = limits(limit)
    return got >= min && got <= max
  }
  if (typeof got !== 'object' || got === null) return false
  const names = Object.keys(got)
  if (typeof limit === 'number') return names.length > 0 && names.every(name => within(limit, at(got, name), limits))
  if (typeof limit !== 'object' || limit === null) return false
  return same([...names].sort(), Object.keys(limit).sort()) && names.every(name => within(at(limit, name), at(got, name), limits))
}

/** A recorded race: how many there were, the least, the middle, the most. */
function isSummary(one: Json): boolean {
  return typeof one === 'object' && one !== null && !Array.isArray(one) && 'p50' in one && 'n' in one
}

/** What was recorded as a distribution is compared as one: its mean and its median have to lie within the limits; both ends are shown. */
function middleFits(expected: Expectation, all: readonly Json[]): boolean {
  if (!isNumbers(all)) return false
  const { p50, mean } = quantiles(all)
  return inRange(expected, p50) && inRange(expected, mean)
}

/** Every outcome that was seen of the real race is one of the simulated race; numbers lie between its least and its most. */
function allPossible(seen: Json, all: readonly Json[]): boolean {
  const each: readonly Json[] = Array.isArray(seen) ? seen : [seen]
  if (isNumbers(each) && isNumbers(all)) {
    if (all.length === 1) return each.every(one => one === all[0])
    return each.every(one => one >= Math.min(...all) && one <= Math.max(...all))
  }
  return each.every(one => all.some(other => same(one, other)))
}

function same(a: Json, b: Json): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const names = Object.keys(a)
  return Array.isArray(a) === Array.isArray(b) && names.length === Object.keys(b).length && names.every(name => name in b && same(at(a, name), at(b, name)))
}

function at(tree: Json, name: string): Json {
  return (tree as Readonly<Record<string, Json>>)[name] ?? null // an object or a list: looked up by one of its own names
}

function distribution(all: readonly Json[]): string {
  if (all.length === 0) return 'no outcome at all'
  const counts = new Map<string, number>()
  for (const one of all) counts.set(text(one), (counts.get(text(one)) ?? 0) + 1)
  if (isNumbers(all) && counts.size > 8) {
    const { min, p50, mean, p95, max } = quantiles(all)
    return `${all.length} times: least ${text(min)}, median ${text(p50)}, mean ${text(mean)}, 95 % ${text(p95)}, most ${text(max)}`
  }
  const most = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return `${all.length} times: ${most.map(([one, count]) => `${one} ×${count}`).join(', ')}`
}

function wanted(expected: Expectation): string {
  const { kind, min, max, tolerance } = expected
  const recorded = `recorded ${text(expected.value)}${expected.ms === undefined ? '' : `, ${expected.ms} ms`}`
  if (kind !== 'range') return recorded
  if (tolerance !== undefined) return `${recorded}, ${typeof tolerance === 'number' ? `± ${tolerance}` : tolerance}`
  return min === undefined || max === undefined ? recorded : `${recorded}, from ${text(min)} to ${text(max)}`
}
