import { WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Asked, Ground, Why } from '../../contract/why.ts'
import type { IdLog } from '../../messaging/id-log.ts'
import { placeText } from '../../messaging/place-text.ts'
import type { Group } from './consumer-group.ts'
import { idText } from './entry-id.ts'
import { ListHome, ListKey } from './list-key.ts'
import type { RedisServer } from './server.ts'
import { StreamKey } from './stream-key.ts'

const NS_A_MS = 1e6
const LISTED_MAX = 8

/** Why a copy that the server holds is there, and what it waits for, in Redis's words. */
export function whyThere(server: RedisServer, asked: Asked): readonly Why[] {
  for (const key of server.keys.all()) {
    if (key.home.node !== asked.node) continue
    const whys = key instanceof ListKey ? whyInList(server, key, asked) : whyInStream(key, asked)
    if (whys.length > 0) return whys
  }
  return whyWithConnection(server, asked)
}

function whyInList(server: RedisServer, list: ListKey, asked: Asked): readonly Why[] {
  const index = indexOf(list, asked.message)
  if (index < 0) return []
  if (list.held !== WAITING) return [whyInProcessing(list, asked)]
  const fromTail = list.home instanceof ListHome && list.home.nextSide === 'RIGHT'
  const ahead = fromTail ? list.items.count - 1 - index : index
  const poppers = [...server.connections.values()].filter(one => one.inside === asked.node.id && one.wire.type === 'redis.pop').map(one => asked.label(one.client))
  const who = poppers.length === 0 ? `no client is connected that pops from ${list.name}` : poppers.length === 1 ? `its only reader, ${poppers[0]!}, has as many in hand as it may` : `none of its ${poppers.length} readers asks for one: each has as many in hand as it may`
  const end = list.home instanceof ListHome ? [{ says: `Items are popped from the ${fromTail ? 'right' : 'left'} end` }] : []
  return [{ asks: 'waits', says: `${placeText(ahead)}${ahead === 0 ? ', but' : ', and'} ${who}.`, grounds: [...end, ...poppers.slice(0, LISTED_MAX).map((name): Ground => ({ says: `${name} pops again when it is done with one` }))] }]
}

function whyInProcessing(list: ListKey, { node, message, label, last }: Asked): Why {
  const by = last('delivered', 'started', 'finished')
  const says = by ? `${label(by.node)} moved it to ${list.name} and has not removed it yet.` : `A client moved it to ${list.name} and has not removed it yet.`
  return { asks: 'waits', says, grounds: [{ says: 'There since', sinceNs: node.messages.sinceNs(message) }, { says: 'LREM acknowledges it; a client that died left it here, and finds it again when it recovers' }], ...(by ? { seenBy: by.node } : {}) }
}

function whyInStream(stream: StreamKey, asked: Asked): readonly Why[] {
  for (const group of stream.groupsByName) {
    const place = placeIn(group.pending, asked.message)
    if (place >= 0) return [whyPending(group, place, asked)]
  }
  const place = placeIn(stream.log, asked.message)
  if (place < 0) return []
  const ms = stream.log.major(place)
  const seq = stream.log.minor(place)
  const groups = stream.groupsByName.slice(0, LISTED_MAX).map((group): Ground => ({ says: `Group ${group.name}, which is at ${idText(group.lastMs, group.lastSeq)}, has ${group.isAfter(ms, seq) ? 'not read it yet' : 'read it'}`, fits: !group.isAfter(ms, seq) }))
  return [{ asks: 'here', says: `${stream.name} is a stream: it keeps its entries, and reading removes nothing.`, grounds: [{ says: `Its id is ${idText(ms, seq)}` }, ...groups] }]
}

function whyPending(group: Group, place: number, { label, last }: Asked): Why {
  const { pending } = group
  const times = pending.counter(place)
  const by = last('delivered')
  const sinceNs = pending.time(place) * NS_A_MS
  return {
    asks: 'waits',
    says: `Consumer ${group.ownerOf(place).name} of group ${group.name}${by ? `, ${label(by.node)},` : ''} got it and has not acknowledged it.`,
    grounds: [{ says: 'Delivered last', sinceNs }, ...(times > 1 ? [{ says: `It was delivered ${times} times` }] : []), { says: 'Until XACK it is pending; another consumer may claim it when it has been idle for long enough' }],
    ...(by ? { seenBy: by.node } : {}),
  }
}

/** A value that came ahead of its command, or behind one that blocks or a transaction. */
function whyWithConnection(server: RedisServer, { node, message, label }: Asked): readonly Why[] {
  if (node !== server.container) return []
  for (const connection of server.connections.values()) {
    const who = label(connection.client)
    if (connection.queue?.some(said => said.values.includes(message))) return [{ asks: 'waits', says: `${who} has begun a transaction (MULTI): its command is performed with EXEC.`, grounds: [] }]
    if (connection.backlog.some(said => said.values.includes(message))) return [{ asks: 'waits', says: `The connection of ${who} is blocked: what came behind is performed when it is free.`, grounds: [] }]
    if (connection.values.includes(message)) return [{ asks: 'waits', says: `The command of ${who} that it belongs to is still on the wire.`, grounds: [] }]
  }
  return []
}

function indexOf({ items }: ListKey, message: Handle): number {
  for (let n = 0; n < items.count; n += 1) if (items.at(n) === message) return n
  return -1
}

function placeIn(log: IdLog, message: Handle): number {
  for (let place = log.first(); place >= 0; place = log.next(place)) if (log.handle(place) === message) return place
  return -1
}
