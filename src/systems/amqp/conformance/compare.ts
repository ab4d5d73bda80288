import type { Observed, Recording, Seen, Watched } from './recording.ts'
import { Player } from './player.ts'

/** The settle times a recording must hold for: timers of scenarios are far apart, so any in between gives the same. */
const SETTLES_MS = [0, 350]

/** Replays a recording; each line says what differs. An empty list: the model did what the broker did. */
export function replay(recording: Recording): readonly string[] {
  const differences: string[] = []
  for (const settleMs of SETTLES_MS) {
    let watched: Watched
    try {
      watched = new Player(recording, settleMs).play()
    } catch (error) {
      differences.push(`settle ${settleMs} ms: ${error instanceof Error ? error.message : String(error)}`)
      continue
    }
    differences.push(...compare(recording.observed, watched, recording.steps).map(line => `settle ${settleMs} ms: ${line}`))
  }
  return differences
}

const LISTS = ['deliveries', 'returned', 'confirms', 'gets', 'replies', 'cancelled', 'errors'] as const

export function compare(observed: Observed, watched: Watched, steps: Recording['steps']): string[] {
  const differences: string[] = []
  for (const list of LISTS) {
    const expected = ordered(list, (observed[list] ?? []).map(comparable), steps)
    const seen = ordered(list, watched[list].map(comparable), steps)
    for (let n = 0; n < Math.max(expected.length, seen.length); n += 1) {
      const want = text(expected[n])
      const got = text(seen[n])
      if (want !== got) differences.push(`${list}[${n}]: expected ${want}, got ${got}`)
    }
  }
  for (const table of ['queuesAtEnd', 'exchangesAtEnd'] as const) {
    for (const [name, value] of Object.entries(observed[table] ?? {})) {
      const want = text(value)
      const got = text(pick(watched[table][name], value))
      if (want !== got) differences.push(`${table}.${name}: expected ${want}, got ${got}`)
    }
  }
  return differences
}

/** Texts of errors are informative; x-death times are not recorded. */
function comparable(seen: Seen): Seen {
  const { text: _text, ...rest } = seen
  return rest
}

/** No order between consumers is claimed: deliveries go by consumer in order of first consume, then nth. */
function ordered(list: (typeof LISTS)[number], seen: readonly Seen[], steps: Recording['steps']): readonly Seen[] {
  // Acks are sent together when the broker has nothing else to do, refusals at once: between them no order is claimed.
  if (list === 'confirms') return [...seen].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : Number(a['publishNo']) - Number(b['publishNo'])))
  if (list === 'cancelled') return [...seen].sort((a, b) => (text(a) < text(b) ? -1 : 1))
  if (list !== 'deliveries') return seen
  const order = [...new Set(steps.filter(step => step.op === 'consume').map(step => step['consumer']))]
  return [...seen].sort((a, b) => order.indexOf(a['consumer']) - order.indexOf(b['consumer']) || Number(a['nth']) - Number(b['nth']))
}

function placeOf(confirm: Seen): string {
  return text([confirm['client'], confirm['channel']])
}

/** Only the fields that were recorded are compared: streams have no count of messages. */
function pick(seen: unknown, like: unknown): unknown {
  if (typeof seen !== 'object' || seen === null || typeof like !== 'object' || like === null) return seen
  return Object.fromEntries(Object.entries(seen).filter(([name]) => name in like))
}

/** JSON with sorted names. */
function text(value: unknown): string {
  return value === undefined
    ? 'nothing'
    : JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner))
}
