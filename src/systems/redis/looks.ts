import type { NodeContext } from '../../contract/context.ts'
import { WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { IdLog } from '../../messaging/id-log.ts'
import { idText } from './entry-id.ts'
import { ListHome, ListKey } from './list-key.ts'
import { nameOf } from './names.ts'
import type { RedisServer } from './server.ts'
import { StreamKey, type StreamHome } from './stream-key.ts'

/** What a drawn node holds: a list from the end that is popped, then what is in processing lists; a stream from its oldest entry, then what is pending. */
export function contentsOf(server: RedisServer, node: NodeContext, out: Handle[], page: { readonly from: number; readonly limit: number }): number {
  const home = server.keys.homeOf(node)
  if (!home) return 0
  const pages = new Pages(out, page)
  const lists = [...server.keys.all()].filter(key => key instanceof ListKey && key.home === home) as readonly ListKey[]
  for (const list of lists) if (list.held === WAITING) pages.addList(list, home instanceof ListHome && home.nextSide === 'RIGHT')
  for (const list of lists) if (list.held !== WAITING) pages.addList(list, true)
  for (const key of server.keys.all()) {
    if (!(key instanceof StreamKey) || key.home !== home) continue
    pages.addLog(key.log)
    for (const { pending } of key.groupsByName) pages.addLog(pending)
  }
  return pages.count
}

/** Gathers one page of what may be very long; what lies outside is counted, not looked at. */
class Pages {
  count = 0
  readonly #out: Handle[]
  readonly #from: number
  readonly #end: number

  constructor(out: Handle[], page: { readonly from: number; readonly limit: number }) {
    this.#out = out
    this.#from = page.from
    this.#end = page.from + page.limit
  }

  addList(list: ListKey, fromTail: boolean): void {
    const { items } = list
    const start = Math.max(0, this.#from - this.count)
    const end = Math.min(items.count, this.#end - this.count)
    for (let n = start; n < end; n += 1) this.#out.push(items.at(fromTail ? items.count - 1 - n : n))
    this.count += items.count
  }

  addLog(log: IdLog): void {
    let at = this.count
    for (let place = log.first(); place >= 0 && at < this.#end; place = log.next(place)) {
      if (at >= this.#from) this.#out.push(log.handle(place))
      at += 1
    }
    this.count += log.count
  }
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
