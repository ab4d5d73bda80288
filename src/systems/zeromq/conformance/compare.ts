import { Player } from './player.ts'
import type { Invariant, Recording, Watched } from './recording.ts'

/** What a settle is, as the recordings were made. */
const SETTLE_MS = 350

/** Replays a recording; each line says what differs. An empty list: the model did what libzmq did. */
export function replay(recording: Recording): readonly string[] {
  let watched: Watched
  try {
    watched = new Player(recording, SETTLE_MS).play()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
  const { observed } = recording
  return [
    ...differences('replies', observed.replies ?? {}, watched.replies),
    ...differences('deliveries', deliveries(recording, observed.deliveries ?? {}), deliveries(recording, watched.deliveries)),
    ...(observed.invariants ?? []).flatMap(invariant => broken(invariant, watched)),
  ]
}

function differences(what: string, expected: Readonly<Record<string, unknown>>, seen: Readonly<Record<string, unknown>>): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(seen)])]
  return names.flatMap(name => {
    const [want, got] = [text(expected[name]), text(seen[name])]
    return want === got ? [] : [`${what}.${name}: expected ${want}, got ${got}`]
  })
}

/** Multisets are sorted, chance is left out. */
function deliveries(recording: Recording, seen: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown> {
  const unordered = new Set(recording.unordered)
  const random = new Set(recording.random)
  return Object.fromEntries(Object.entries(seen).filter(([name]) => !random.has(name)).map(([name, list]) => [name, unordered.has(name) ? list.map(text).sort() : list]))
}

function broken(invariant: Invariant, { deliveries: seen }: Watched): readonly string[] {
  const of = (name: string): readonly (readonly string[])[] => seen[name] ?? []
  const says = text(invariant)
  if ('sumOf' in invariant) {
    const sum = invariant.sumOf.reduce((total, name) => total + of(name).length, 0)
    return sum === invariant.equals ? [] : [`${says}: the sum is ${sum}`]
  }
  if ('each' in invariant) {
    const out = invariant.each.filter(name => of(name).length < (invariant.min ?? 0) || of(name).length > (invariant.max ?? Infinity))
    return out.map(name => `${says}: ${name} has ${of(name).length}`)
  }
  const value = (frames: readonly string[]): string => (invariant.field === undefined ? text(frames) : (frames[Number(invariant.field)] ?? text(frames)))
  if ('disjointOver' in invariant) {
    const values = invariant.disjointOver.flatMap(name => of(name).map(value))
    const distinct = new Set(values).size
    return distinct === values.length && distinct === (invariant.union ?? distinct) ? [] : [`${says}: ${values.length} values, ${distinct} of them distinct`]
  }
  const number = (frames: readonly string[]): number => Number(/\d+/.exec(value(frames))?.[0])
  return invariant.increasing.filter(name => of(name).some((frames, n) => n > 0 && number(frames) <= number(of(name)[n - 1]!))).map(name => `${says}: not so for ${name}`)
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
