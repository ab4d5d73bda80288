import { WAITING } from '../../contract/ledger.ts'
import type { Handle, NodeContext } from '../../contract/model.ts'
import { idText } from './entry-id.ts'
import { ListHome, ListKey } from './list-key.ts'
import { nameOf } from './names.ts'
import type { RedisServer } from './server.ts'
import { StreamKey, type StreamHome } from './stream-key.ts'

/** What a drawn node holds: a list from the end that is popped, then what is in processing lists; a stream from its oldest entry, then what is pending. */
export function contentsOf(server: RedisServer, node: NodeContext, out: Handle[], page: { readonly from: number; readonly limit: number }): number {
  const home = server.keys.homeOf(node)
  if (!home) return 0
  const end = page.from + page.limit
  let count = 0
  const see = (message: Handle): void => {
    if (count >= page.from && count < end) out.push(message)
    count += 1
  }
  for (const key of server.keys.all()) if (key instanceof ListKey && key.home === home && key.held === WAITING) seeList(key, home.nextSide === 'RIGHT', see)
  for (const key of server.keys.all()) if (key instanceof ListKey && key.home === home && key.held !== WAITING) seeList(key, true, see)
  for (const key of server.keys.all()) {
    if (!(key instanceof StreamKey) || key.home !== home) continue
    for (let place = key.log.first(); place >= 0; place = key.log.next(place)) see(key.log.handle(place))
    for (const { pending } of key.groupsByName) for (let place = pending.first(); place >= 0; place = pending.next(place)) see(pending.handle(place))
  }
  return count
}

function seeList(list: ListKey, fromTail: boolean, see: (message: Handle) => void): void {
  const { items } = list
  for (let n = 0; n < items.count; n += 1) see(items.at(fromTail ? items.count - 1 - n : n))
}

/** Sentences about a node in Redis's words. */
export function notesOf(server: RedisServer, node: NodeContext): readonly string[] {
  const name = nameOf(node)
  if (node === server.container) return [`${server.connections.size} connections, ${server.blocked.count} of them blocked`, `${[...server.keys.all()].length} keys`]
  if (node.type === 'redis.channel') {
    const patterns = server.pubsub.patternsFor(name)
    const count = server.pubsub.count('channels', name)
    return [count === 0 ? 'Nobody has subscribed by name' : `${count} subscribed by name`, ...(patterns.length > 0 ? [`Patterns that match: ${patterns.join(', ')}`] : [])]
  }
  const home = server.keys.homeOf(node)
  if (!home) return ['Another node has this name: that one shows the key.']
  const waiting = server.blocked.line(name).map(connection => connection.client)
  const line = waiting.length > 0 ? [`Blocked, longest first: ${waiting.join(', ')}`] : []
  const key = server.keys.get(name)
  if (key && key.home !== home) return [`The key ${name} holds a ${key.type}: commands of this kind fail with WRONGTYPE.`]
  return [...(home instanceof ListHome ? listNotes(server, home, key) : streamNotes(key, home)), ...line]
}

function listNotes(server: RedisServer, home: ListHome, key: unknown): readonly string[] {
  const beside = [...server.keys.all()].filter(one => one instanceof ListKey && one.home === home && one !== key)
  return [...(key instanceof ListKey ? [] : ['Empty: Redis has no such key now']), ...beside.map(one => `${one.name}: ${one instanceof ListKey ? one.items.count : 0} in processing`)]
}

function streamNotes(key: unknown, home: StreamHome): readonly string[] {
  if (!(key instanceof StreamKey) || key.home !== home) return ['Redis has no such key yet']
  const groups = key.groupsByName.map(group => {
    const consumers = group.consumers.map(consumer => `${consumer.name} ${consumer.pending}`).join(', ')
    const lag = key.lag(group)
    return `Group ${group.name}: up to ${idText(group.lastMs, group.lastSeq)}, lag ${lag ?? 'unknown'}, ${group.pending.count} pending${consumers === '' ? '' : ` (${consumers})`}`
  })
  return [`Last id ${idText(key.lastMs, key.lastSeq)}`, ...groups]
}
