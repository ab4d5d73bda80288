import { Player } from './player.ts'
import type { Delivery, Invariant, Recording, Watched } from './recording.ts'

/** Replays a recording; each line says what differs. An empty list: the model did what the server did. */
export function replay(recording: Recording): readonly string[] {
  let watched: Watched
  try {
    watched = new Player(recording).play()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
  const { observed, random = [] } = recording
  return [
    ...differences('reply', observed.replies ?? {}, watched.replies),
    ...differences('deliveries', arranged(recording, observed.deliveries ?? {}), arranged(recording, watched.deliveries)),
    ...differences('at the end', observed.end ?? {}, watched.end),
    ...(observed.invariants ?? []).flatMap(invariant => broken(invariant, watched.deliveries)),
  ].filter(line => !random.some(receiver => line.startsWith(`deliveries ${receiver}:`)))
}

/** Receivers that got nothing are told or left out alike; what has no order is sorted. */
function arranged(recording: Recording, deliveries: Readonly<Record<string, readonly Delivery[]>>): Record<string, readonly Delivery[]> {
  const unordered = new Set(recording.unordered ?? [])
  const told = Object.entries(deliveries).filter(([, list]) => list.length > 0)
  return Object.fromEntries(told.map(([receiver, list]) => [receiver, unordered.has(receiver) ? [...list].sort((a, b) => (text(a) < text(b) ? -1 : 1)) : list]))
}

function differences(what: string, expected: Readonly<Record<string, unknown>>, seen: Readonly<Record<string, unknown>>): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(seen)])]
  return names.flatMap(name => {
    const want = text(expected[name])
    const got = text(seen[name])
    return want === got ? [] : [`${what} ${name}: expected ${want}, got ${got}`]
  })
}

function broken(invariant: Invariant, deliveries: Readonly<Record<string, readonly Delivery[]>>): string[] {
  const count = (receiver: string): number => deliveries[receiver]?.length ?? 0
  const values = (receivers: readonly string[]): unknown[] => receivers.flatMap(receiver => (deliveries[receiver] ?? []).map(one => (one as unknown as Record<string, unknown>)[invariant.field ?? 'payload']))
  const fine =
    (!invariant.sumOf || invariant.sumOf.reduce((sum, receiver) => sum + count(receiver), 0) === invariant.equals) &&
    (!invariant.each || invariant.each.every(receiver => count(receiver) >= (invariant.min ?? 0) && count(receiver) <= (invariant.max ?? Infinity))) &&
    (!invariant.disjointOver || (new Set(values(invariant.disjointOver)).size === values(invariant.disjointOver).length && values(invariant.disjointOver).length === (invariant.union ?? values(invariant.disjointOver).length))) &&
    (!invariant.increasing || invariant.increasing.every(receiver => values([receiver]).every((value, n, all) => n === 0 || Number(all[n - 1]) < Number(value))))
  return fine ? [] : [`invariant ${text(invariant)} does not hold`]
}

/** JSON with sorted names. */
function text(value: unknown): string {
  return value === undefined
    ? 'nothing'
    : JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner))
}
