import type { Crossing, Sequence, SequenceFact } from '../contract/sequence.ts'

/** What people type to see less: a message ("shop#6"), a correlation id, or a part of a key, an identity or a correlation id. */
export function fits(filter: string, { identity, key, correlation }: Pick<Crossing, 'identity' | 'key' | 'correlation'>): boolean {
  const text = filter.trim().toLowerCase()
  if (text === '') return true
  // One message, not also those whose number begins with the same digits.
  if (/#\d+$/.test(text)) return identity.toLowerCase() === text
  return correlation.toLowerCase() === text || [identity, key, correlation].some(one => one.toLowerCase().includes(text))
}

export interface Shown {
  readonly crossings: readonly Crossing[]
  readonly facts: readonly SequenceFact[]
}

/** What of a stretch fits; of facts, those of the messages that cross, and those of nodes. */
export function filtered({ crossings, facts }: Sequence, filter: string): Shown {
  if (filter.trim() === '') return { crossings, facts }
  const some = crossings.filter(crossing => fits(filter, crossing))
  const identities = new Set(some.map(crossing => crossing.identity))
  return { crossings: some, facts: facts.filter(fact => fact.identity === null || identities.has(fact.identity) || fits(filter, { identity: fact.identity, key: '', correlation: '' })) }
}
