import { NUMBERS, type Call, type CommandKind, type Run } from '../command.ts'
import type { Group } from '../consumer-group.ts'
import { compareIds, idText, LAST, parseId, ZERO, type EntryId } from '../entry-id.ts'
import { failure, INVALID_ID, noGroup, NOT_AN_INTEGER, parseInteger, SYNTAX, type Resp, type RespError } from '../resp.ts'
import type { StreamKey } from '../stream-key.ts'
import { intervalEnd, intervalStart, isId } from './arguments.ts'
import { findStream, isStream, parseIds } from './stream-commands.ts'

/** Ends an entry of the pending list. Its copy is done, or rejected, or was trimmed before anybody could work on it. */
function endPending(call: Call, stream: StreamKey, group: Group, place: number): void {
  const { pending } = group
  const copy = pending.handle(place)
  const there = stream.log.find(pending.major(place), pending.minor(place)) >= 0
  group.drop(place)
  stream.home.count('acknowledged')
  if (there) call.server.endCopy(stream.home.node, copy, call.command)
  else stream.home.node.discard(copy, 'trimmed')
}

/** Claim redis.group.ack. */
function acknowledge(args: readonly string[]): Run | RespError {
  const numbers = args[3] === NUMBERS
  const ids = numbers ? [] : parseIds(args.slice(3))
  if ('error' in ids) return ids
  return call => {
    const stream = findStream(call.server, args[1]!)
    if (!isStream(stream)) return stream ?? 0
    const group = stream.groups.get(args[2]!)
    if (!group) return 0
    let gone = 0
    const one = (ms: number, seq: number): void => {
      const place = group.pending.find(ms, seq)
      if (place < 0) return
      endPending(call, stream, group, place)
      gone += 1
    }
    if (numbers) one(call.a, call.b)
    for (const { ms, seq } of ids) one(ms, seq)
    if (gone > 0) {
      call.server.changed(stream)
      stream.levels()
    }
    return gone
  }
}

function summary(group: Group): Resp {
  const { pending } = group
  if (pending.count === 0) return [0, null, null, null]
  const ends = [pending.first(), pending.last()].map(place => idText(pending.major(place), pending.minor(place)))
  return [pending.count, ...ends, group.consumers.filter(consumer => consumer.pending > 0).map(consumer => [consumer.name, String(consumer.pending)])]
}

/** XPENDING: how many are pending for whom, or each with its consumer, idle time and delivery count. */
function listPending(args: readonly string[]): Run | RespError {
  if (args.length !== 3 && (args.length < 6 || args.length > 9)) return SYNTAX
  let at = 3
  let idleMs = 0
  if (args.length > 3 && args[3]!.toUpperCase() === 'IDLE') {
    const idle = parseInteger(args[4]!)
    if (idle === null) return NOT_AN_INTEGER
    if (args.length < 8) return SYNTAX
    idleMs = idle
    at = 5
  }
  const count = args.length > 3 ? parseInteger(args[at + 2]!) : 0
  if (count === null) return NOT_AN_INTEGER
  const start = args.length > 3 ? intervalStart(args[at]!) : ZERO
  if (!isId(start)) return start
  const end = args.length > 3 ? intervalEnd(args[at + 1]!) : LAST
  if (!isId(end)) return end
  const only = args[at + 3]
  return ({ server }) => {
    const stream = findStream(server, args[1]!)
    if (stream !== undefined && !isStream(stream)) return stream
    const group = stream?.groups.get(args[2]!)
    if (!group) return noGroup(args[1]!, args[2]!)
    if (args.length === 3) return summary(group)
    return pendingRows(group, { start, end, count, idleMs, only, nowMs: server.nowMs() })
  }
}

function pendingRows(group: Group, options: { readonly start: EntryId; readonly end: EntryId; readonly count: number; readonly idleMs: number; readonly only: string | undefined; readonly nowMs: number }): Resp {
  const { pending } = group
  const rows: Resp[] = []
  for (let place = pending.from(options.start.ms, options.start.seq); place >= 0 && rows.length < options.count; place = pending.next(place)) {
    if (compareIds({ ms: pending.major(place), seq: pending.minor(place) }, options.end) > 0) break
    const owner = group.ownerOf(place).name
    const idle = Math.max(0, options.nowMs - pending.time(place))
    if ((options.only !== undefined && owner !== options.only) || idle < options.idleMs) continue
    rows.push([idText(pending.major(place), pending.minor(place)), owner, idle, pending.counter(place)])
  }
  return rows
}

interface ClaimOptions {
  readonly idleMs: number
  readonly time: number | null
  readonly retryCount: number | null
  readonly force: boolean
  readonly justId: boolean
  readonly lastId: EntryId
  readonly ids: readonly EntryId[]
}

/** Reads what follows min-idle-time: ids, then options. */
function readClaim(args: readonly string[], nowMs: number): ClaimOptions | RespError {
  const idleMs = parseInteger(args[4]!)
  if (idleMs === null) return failure('ERR Invalid min-idle-time argument for XCLAIM')
  const ids: EntryId[] = []
  let at = 5
  for (let id = parseId(args[at]!, 0); id !== null; id = at < args.length ? parseId(args[at]!, 0) : null) {
    ids.push(id)
    at += 1
  }
  const found = { idleMs: Math.max(0, idleMs), time: null as number | null, retryCount: null as number | null, force: false, justId: false, lastId: ZERO, ids }
  for (; at < args.length; at += 1) {
    const word = args[at]!.toUpperCase()
    const more = at + 1 < args.length
    if (word === 'FORCE') found.force = true
    else if (word === 'JUSTID') found.justId = true
    else if (more && ['IDLE', 'TIME', 'RETRYCOUNT'].includes(word)) {
      const value = parseInteger(args[(at += 1)]!)
      if (value === null) return failure(`ERR Invalid ${word} option argument for XCLAIM`)
      if (word === 'IDLE') found.time = nowMs - value
      else if (word === 'TIME') found.time = value
      else found.retryCount = value
    } else if (more && word === 'LASTID') {
      const last = parseId(args[(at += 1)]!, 0)
      if (last === null) return INVALID_ID
      found.lastId = last
    } else return failure(`ERR Unrecognized XCLAIM option '${args[at]!}'`)
  }
  return found
}

/** Claim redis.group.claim: entries that have been idle long enough change their owner. */
const claim: CommandKind['read'] = args => call => {
  const { server } = call
  const stream = findStream(server, args[1]!)
  if (stream !== undefined && !isStream(stream)) return stream
  const group = stream?.groups.get(args[2]!)
  if (!stream || !group) return noGroup(args[1]!, args[2]!)
  const options = readClaim(args, server.nowMs())
  if ('error' in options) return options
  if (group.isAfter(options.lastId.ms, options.lastId.seq)) {
    group.lastMs = options.lastId.ms
    group.lastSeq = options.lastId.seq
  }
  const rows: Resp[] = []
  for (const id of options.ids) {
    const row = claimOne(call, { stream, group, id, consumer: args[3]! }, options)
    if (row !== null) rows.push(row)
  }
  server.changed(stream)
  stream.levels()
  return rows
}

function claimOne(call: Call, what: { readonly stream: StreamKey; readonly group: Group; readonly id: EntryId; readonly consumer: string }, options: ClaimOptions): Resp {
  const { stream, group, id } = what
  const { pending } = group
  let place = pending.find(id.ms, id.seq)
  const entry = stream.log.find(id.ms, id.seq)
  if (entry < 0) {
    if (place >= 0) dropDeleted(stream, group, place)
    return null
  }
  if (place < 0) {
    if (!options.force) return null
    const copy = stream.pendingCopy(stream.log.handle(entry))
    place = pending.add(id.ms, id.seq, copy)
    pending.setCounter(place, 1)
    group.enter(place, group.consumer(what.consumer), call.server.nowMs())
  } else if (call.server.nowMs() - pending.time(place) < options.idleMs) return null
  return takeOver(call, { ...what, place }, options)
}

interface TakeOver {
  readonly time: number | null
  readonly retryCount: number | null
  readonly justId: boolean
}

/** The entry is the consumer's now. Claim redis.group.delivery-count: it counts as a delivery unless only the id is asked for. */
function takeOver(call: Call, what: { readonly stream: StreamKey; readonly group: Group; readonly place: number; readonly consumer: string }, options: TakeOver): Resp {
  const { stream, group, place } = what
  const { pending } = group
  const { server, connection } = call
  const now = server.nowMs()
  group.handOver(place, group.consumer(what.consumer))
  pending.setTime(place, options.time === null || options.time < 0 || options.time > now ? now : options.time)
  if (options.retryCount !== null) pending.setCounter(place, options.retryCount)
  else if (!options.justId) pending.setCounter(place, pending.counter(place) + 1)
  stream.home.count('claimed')
  const ms = pending.major(place)
  const seq = pending.minor(place)
  if (options.justId) return idText(ms, seq)
  stream.redeliver(pending.handle(place))
  connection.show(pending.handle(place), ms, seq)
  const entry = stream.log.find(ms, seq)
  return call.command.wants === 'words' ? [idText(ms, seq), [...server.fieldsOf(stream.log.handle(entry))]] : ''
}

function dropDeleted(stream: StreamKey, group: Group, place: number): void {
  const copy = group.pending.handle(place)
  group.drop(place)
  stream.home.node.discard(copy, 'trimmed')
}

/** Claim redis.group.autoclaim: from a cursor on, ten looks for each entry asked for; what was deleted is dropped and told. */
function autoClaim(args: readonly string[]): Run | RespError {
  const idle = parseInteger(args[4]!)
  if (idle === null) return failure('ERR Invalid min-idle-time argument for XAUTOCLAIM')
  const start = intervalStart(args[5]!)
  if (!isId(start)) return start
  let count = 100
  let justId = false
  for (let at = 6; at < args.length; at += 1) {
    const word = args[at]!.toUpperCase()
    if (word === 'COUNT' && at + 1 < args.length) {
      const asked = parseInteger(args[(at += 1)]!)
      if (asked === null || asked < 1) return failure('ERR COUNT must be > 0')
      count = asked
    } else if (word === 'JUSTID') justId = true
    else return SYNTAX
  }
  return call => {
    const stream = findStream(call.server, args[1]!)
    if (stream !== undefined && !isStream(stream)) return stream
    const group = stream?.groups.get(args[2]!)
    if (!stream || !group) return noGroup(args[1]!, args[2]!)
    return sweep(call, { stream, group, consumer: args[3]!, start, count, justId, idleMs: Math.max(0, idle) })
  }
}

function sweep(call: Call, what: { readonly stream: StreamKey; readonly group: Group; readonly consumer: string; readonly start: EntryId; readonly count: number; readonly justId: boolean; readonly idleMs: number }): Resp {
  const { stream, group } = what
  const { pending } = group
  const claimed: Resp[] = []
  const deleted: Resp[] = []
  let left = what.count
  let looks = what.count * 10
  let place = pending.from(what.start.ms, what.start.seq)
  while (place >= 0 && looks > 0 && left > 0) {
    looks -= 1
    const here = place
    place = pending.next(place)
    if (stream.log.find(pending.major(here), pending.minor(here)) < 0) {
      deleted.push(idText(pending.major(here), pending.minor(here)))
      dropDeleted(stream, group, here)
      left -= 1
    } else if (call.server.nowMs() - pending.time(here) >= what.idleMs) {
      claimed.push(takeOver(call, { stream, group, place: here, consumer: what.consumer }, { time: null, retryCount: null, justId: what.justId }))
      left -= 1
    }
  }
  call.server.changed(stream)
  stream.levels()
  return [place < 0 ? '0-0' : idText(pending.major(place), pending.minor(place)), claimed, deleted]
}

export const PENDING_COMMANDS: readonly CommandKind[] = [
  { name: 'xack', arity: -4, read: acknowledge },
  { name: 'xpending', arity: -3, read: listPending },
  { name: 'xclaim', arity: -6, read: claim },
  { name: 'xautoclaim', arity: -6, read: autoClaim },
]
