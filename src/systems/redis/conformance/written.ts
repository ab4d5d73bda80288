import { isError, type Resp } from '../resp.ts'
import type { Watched } from './recording.ts'

/** `$label` is the answer so named; a part of an answer is `$label[0][1]`. */
export function substituted(watched: Watched, text: string): string {
  const found = /^\$(\w+)((?:\[\d+\])*)$/.exec(text)
  const label = found?.[1] ?? ''
  if (!found || !(label in watched.replies)) return text
  let value: unknown = watched.replies[label]
  for (const index of found[2]!.matchAll(/\[(\d+)\]/g)) value = (value as readonly unknown[] | undefined)?.[Number(index[1])]
  return String(value)
}

/** As the recorder wrote answers down: names of an UNSUBSCRIBE of everything sorted, idle times left out. */
export function shown(args: readonly string[], answer: Resp): Resp | Readonly<Record<string, unknown>> {
  const name = (args[0] ?? '').toLowerCase()
  if (isError(answer) || !Array.isArray(answer)) return answer
  const rows = answer as readonly (readonly Resp[])[]
  if (/^[ps]?unsubscribe$/.test(name) && args.length === 1) {
    const names = rows.map(row => row[1]).filter(one => one !== null)
    return { unsubscribed: names.map(String).sort(), left: rows.at(-1)?.[2] ?? 0 }
  }
  return name === 'xpending' && args.length > 3 ? rows.map(([id, consumer, , count]) => [id!, consumer!, count!]) : answer
}


/** A group at the end, from XINFO GROUPS and XINFO CONSUMERS. */
export function endOfGroups(group: readonly Resp[], consumers: readonly (readonly Resp[])[]): unknown {
  const field = (row: readonly Resp[], name: string): Resp => row[row.indexOf(name) + 1]!
  return {
    name: field(group, 'name'),
    pending: field(group, 'pending'),
    lastDeliveredId: field(group, 'last-delivered-id'),
    entriesRead: field(group, 'entries-read'),
    lag: field(group, 'lag'),
    consumers: Object.fromEntries(consumers.map(row => [String(field(row, 'name')), field(row, 'pending')])),
  }
}
