import type { NodeContext } from '../../contract/context.ts'
import type { LogSheet } from '../../contract/log.ts'
import type { Group } from './consumer-group.ts'
import type { EntryId } from './entry-id.ts'
import type { RedisServer } from './server.ts'
import { StreamKey } from './stream-key.ts'

/**
 * A drawn stream as a log: what XINFO STREAM and XINFO GROUPS say. Entries are numbered by how many were added before them, so the oldest has the number of
 * those that are gone. Readers without a group are shown where their connection was given something last, or where it waits.
 */
export function writeLog(server: RedisServer, node: NodeContext, sheet: LogSheet): boolean {
  if (node.type !== 'redis.stream') return false
  for (const key of server.keys.all()) if (key instanceof StreamKey && key.home.node === node && key.home.drawn) writeStream(server, key, sheet)
  return true
}

function writeStream(server: RedisServer, key: StreamKey, sheet: LogSheet): void {
  const { log, entriesAdded } = key
  sheet.entries({ first: entriesAdded - key.length, next: entriesAdded, gone: entriesAdded - key.length })
  if (entriesAdded > 0) sheet.ids(idOf(key.length > 0 ? key.first : key.last), idOf(key.last))
  for (let place = log.last(); place >= 0 && sheet.newest(log.handle(place)); ) place = log.previous(place)
  for (const group of key.groupsByName) writeGroup(key, group, sheet)
  for (const connection of server.connections.values()) {
    const after = connection.readsAfter(key)
    if (after === null) continue
    const next = nextAfter(key, after)
    sheet.cursor({ of: 'reader', name: connection.wire.nodeLabel(connection.end === 'from' ? 'to' : 'from'), next, lag: entriesAdded - next, pending: 0, consumers: 1, id: idOf(after) })
  }
}

function writeGroup(key: StreamKey, group: Group, sheet: LogSheet): void {
  const last = { ms: group.lastMs, seq: group.lastSeq }
  sheet.cursor({ of: 'group', name: group.name, next: nextAfter(key, last), lag: key.lag(group) ?? NaN, pending: group.pending.count, consumers: group.consumers.length, id: idOf(last) })
}

/** Number of the first entry that is there after an id. */
function nextAfter(key: StreamKey, { ms, seq }: EntryId): number {
  return key.entriesAdded - key.length + key.log.countUpTo(ms, seq)
}

function idOf({ ms, seq }: EntryId): { readonly major: number; readonly minor: number } {
  return { major: ms, minor: seq }
}
