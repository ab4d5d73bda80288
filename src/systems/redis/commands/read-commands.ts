import { NUMBERS, type Call, type CommandKind, type Run } from '../command.ts'
import type { Connection } from '../connection.ts'
import type { Group, GroupConsumer } from '../consumer-group.ts'
import { compareIds, idText, LAST, parseId, ZERO, type EntryId } from '../entry-id.ts'
import { failure, INVALID_ID, NOT_AN_INTEGER, parseInteger, SYNTAX, type Resp, type RespError } from '../resp.ts'
import type { RedisServer } from '../server.ts'
import type { StreamKey } from '../stream-key.ts'
import { isId } from './arguments.ts'
import { entryWords, findStream, isStream } from './stream-commands.ts'

interface Reading {
  readonly group: string | null
  readonly consumer: string
  readonly count: number
  readonly noAck: boolean
  /** Nanoseconds; 0 is for ever, −1 not at all. */
  readonly blockNs: number
  readonly keys: readonly string[]
  readonly ids: readonly string[]
}

const NS_A_MS = 1e6

function readWords(args: readonly string[], grouped: boolean): Reading | RespError {
  const found = { group: null as string | null, consumer: '', count: Infinity, noAck: false, blockNs: -1 }
  for (let at = 1; at < args.length; at += 1) {
    const more = args.length - 1 - at
    switch (args[at]!.toUpperCase()) {
      case 'BLOCK': {
        if (more === 0) return SYNTAX
        const ms = parseInteger(args[(at += 1)]!)
        if (ms === null) return failure('ERR timeout is not an integer or out of range')
        if (ms < 0) return failure('ERR timeout is negative')
        found.blockNs = ms * NS_A_MS
        break
      }
      case 'COUNT': {
        if (more === 0) return SYNTAX
        const count = parseInteger(args[(at += 1)]!)
        if (count === null) return NOT_AN_INTEGER
        found.count = count > 0 ? count : Infinity
        break
      }
      case 'GROUP':
        if (more < 2) return SYNTAX
        if (!grouped) return failure('ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.')
        found.group = args[at + 1]!
        found.consumer = args[at + 2]!
        at += 2
        break
      case 'NOACK':
        if (!grouped) return failure('ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.')
        found.noAck = true
        break
      case 'STREAMS': {
        if (more === 0) return SYNTAX
        if (more % 2 === 1) return failure("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.")
        const middle = at + 1 + more / 2
        if (grouped && found.group === null) return failure('ERR Missing GROUP option for XREADGROUP')
        return { ...found, keys: args.slice(at + 1, middle), ids: args.slice(middle) }
      }
      default:
        return SYNTAX
    }
  }
  return SYNTAX
}

/** Where a reading begins. LAST stands for `>`: what no consumer of the group has had. */
function startOf(call: Call, reading: Reading, n: number): EntryId | RespError {
  const stream = findStream(call.server, reading.keys[n]!)
  if (stream !== undefined && !isStream(stream)) return stream
  const { group } = reading
  if (group !== null && stream?.groups.get(group) === undefined) return failure(`NOGROUP No such key '${reading.keys[n]!}' or consumer group '${group}' in XREADGROUP with GROUP option`)
  const text = reading.ids[n]!
  if (text === '$') {
    if (group === null) return stream?.last ?? ZERO
    return failure('ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.')
  }
  if (text === '>') return group === null ? failure('ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.') : LAST
  if (text === NUMBERS) return { ms: call.a, seq: call.b }
  return parseId(text, 0) ?? INVALID_ID
}

function reading(grouped: boolean): CommandKind['read'] {
  return (args): Run | RespError => {
    const words = readWords(args, grouped)
    return 'error' in words ? words : call => read(call, words)
  }
}

function read(call: Call, words: Reading): Resp | ReturnType<RedisServer['block']> {
  const { server, connection } = call
  const starts: EntryId[] = []
  for (let n = 0; n < words.keys.length; n += 1) {
    const start = startOf(call, words, n)
    if (!isId(start)) return start
    starts.push(start)
  }
  const rows: Resp[] = []
  const inWords = call.command.wants === 'words'
  words.keys.forEach((key, n) => {
    const stream = findStream(server, key)
    if (!isStream(stream)) return
    const entries = words.group === null ? plainRows(server, connection, { stream, after: starts[n]!, count: words.count, inWords }) : groupRows(call, words, stream, starts[n]!)
    if (entries) rows.push([key, entries])
  })
  if (rows.length > 0) return rows
  if (words.blockNs < 0 || !call.mayBlock) return null
  const { keys, count, group, consumer, noAck } = words
  return server.block(call, group === null ? { wait: 'read', keys, after: starts, count } : { wait: 'read-group', keys, group, consumer, count, noAck }, words.blockNs)
}

/** Claim redis.stream.read: everything after an id, a copy for each reader; nothing is taken out. Null when there is nothing. */
function plainRows(server: RedisServer, connection: Connection, options: { readonly stream: StreamKey; readonly after: EntryId; readonly count: number; readonly inWords: boolean }): Resp[] | null {
  const { stream, after, count } = options
  const { log } = stream
  const last = log.last()
  if (last < 0 || compareIds({ ms: log.major(last), seq: log.minor(last) }, after) <= 0) return null
  return copyOut(server, connection, options, count)
}

function copyOut(server: RedisServer, connection: Connection, options: { readonly stream: StreamKey; readonly after: EntryId; readonly inWords: boolean }, count: number): Resp[] {
  const { stream, after, inWords } = options
  const { log, home } = stream
  const rows: Resp[] = []
  let sent = 0
  for (let place = firstAfter(stream, after.ms, after.seq); place >= 0 && sent < count; place = log.next(place)) {
    if (inWords) rows.push(entryWords(server, stream, place))
    server.deliveredFrom(home, log.handle(place))
    connection.hand(home.node.copy(log.handle(place)), log.major(place), log.minor(place))
    connection.hasRead(stream, log.major(place), log.minor(place))
    sent += 1
  }
  return rows
}

function firstAfter(stream: StreamKey, ms: number, seq: number): number {
  const place = stream.log.from(ms, seq)
  const exact = place >= 0 && stream.log.major(place) === ms && stream.log.minor(place) === seq
  return exact ? stream.log.next(place) : place
}

function groupRows(call: Call, words: Reading, stream: StreamKey, start: EntryId): Resp[] | null {
  const { server, connection } = call
  const group = stream.groups.get(words.group!)!
  const inWords = call.command.wants === 'words'
  if (compareIds(start, LAST) !== 0) return ownHistory({ server, connection, stream, group, consumer: group.consumer(words.consumer), inWords }, start, words.count)
  const last = stream.log.last()
  if (last < 0 || !group.isAfter(stream.log.major(last), stream.log.minor(last))) return null
  return newEntries({ server, connection, stream, group, consumer: group.consumer(words.consumer), inWords }, words)
}

interface GroupReading {
  readonly server: RedisServer
  readonly connection: Connection
  readonly stream: StreamKey
  readonly group: Group
  readonly consumer: GroupConsumer
  readonly inWords: boolean
}

/** Claim redis.group.history: a consumer's own pending entries after an id; each counts as delivered once more. */
function ownHistory(reading: GroupReading, after: EntryId, count: number): Resp[] {
  const { server, connection, stream, group, consumer, inWords } = reading
  const { pending } = group
  const rows: Resp[] = []
  let sent = 0
  for (let place = pending.from(after.ms, after.seq); place >= 0 && sent < count; place = pending.next(place)) {
    const ms = pending.major(place)
    const seq = pending.minor(place)
    if (pending.owner(place) !== consumer.number || (ms === after.ms && seq === after.seq)) continue
    sent += 1
    const entry = stream.log.find(ms, seq)
    if (entry < 0) {
      // Claim redis.group.trimmed-pending: it is still pending, but its content is gone.
      if (inWords) rows.push([idText(ms, seq), null])
      connection.showGone(ms, seq)
      continue
    }
    pending.setCounter(place, pending.counter(place) + 1)
    pending.setTime(place, server.nowMs())
    if (inWords) rows.push(entryWords(server, stream, entry))
    stream.redeliver(pending.handle(place))
    connection.show(pending.handle(place), ms, seq)
  }
  if (sent > 0) server.changed(stream)
  return rows
}

/** Claim redis.group.share: entries that the group has not had go to this consumer, and into the pending list unless NOACK. */
function newEntries(reading: GroupReading, options: { readonly count: number; readonly noAck: boolean }): Resp[] {
  const { server, connection, stream, group, consumer, inWords } = reading
  const { log, home } = stream
  const rows: Resp[] = []
  let sent = 0
  for (let place = firstAfter(stream, group.lastMs, group.lastSeq); place >= 0 && sent < options.count; place = log.next(place)) {
    const ms = log.major(place)
    const seq = log.minor(place)
    advance(stream, group, ms, seq)
    if (inWords) rows.push(entryWords(server, stream, place))
    server.deliveredFrom(home, log.handle(place))
    if (options.noAck) connection.hand(home.node.copy(log.handle(place)), ms, seq)
    else connection.show(enterPending(server, reading, { ms, seq, entry: log.handle(place) }, consumer), ms, seq)
    sent += 1
  }
  server.changed(stream)
  stream.levels()
  return rows
}

/** The pending copy of an entry that is delivered by `>`. One that is pending already (the position was set back) changes its owner. */
function enterPending(server: RedisServer, { stream, group }: GroupReading, what: { readonly ms: number; readonly seq: number; readonly entry: number }, consumer: GroupConsumer): number {
  const { pending } = group
  const known = pending.find(what.ms, what.seq)
  if (known >= 0) {
    group.handOver(known, consumer)
    pending.setCounter(known, 1)
    pending.setTime(known, server.nowMs())
    stream.redeliver(pending.handle(known))
    return pending.handle(known)
  }
  const copy = stream.pendingCopy(what.entry)
  const place = pending.add(what.ms, what.seq, copy)
  pending.setCounter(place, 1)
  group.enter(place, consumer, server.nowMs())
  return copy
}

/** The group's position, and how many entries it has read as far as deletions let that be known. */
function advance(stream: StreamKey, group: Group, ms: number, seq: number): void {
  const id = { ms, seq }
  if (group.entriesRead !== null && !stream.hasTombstonesFrom(id)) group.entriesRead += 1
  else if (stream.entriesAdded > 0) group.entriesRead = stream.entriesUpTo(id)
  group.lastMs = ms
  group.lastSeq = seq
}

/** Claim redis.group.blocking-order: blocked readers are served longest first; a group's next entry goes to one of its consumers, plain readers all get it. */
export function serveStream(server: RedisServer, stream: StreamKey): void {
  for (const connection of server.blocked.line(stream.name)) {
    const { wait, waitCommand } = connection
    if (!wait || !waitCommand) continue
    const inWords = waitCommand.wants === 'words'
    if (wait.wait === 'read') {
      const after = wait.after[wait.keys.indexOf(stream.name)]!
      if (compareIds(stream.last, after) <= 0) continue
      server.unblock(connection)
      connection.answer(waitCommand, [[stream.name, copyOut(server, connection, { stream, after, inWords }, wait.count)]])
    } else if (wait.wait === 'read-group') {
      const group = stream.groups.get(wait.group)
      if (!group) {
        server.unblock(connection)
        connection.answer(waitCommand, failure('NOGROUP the consumer group this client was blocked on no longer exists'))
      } else if (group.isAfter(stream.lastMs, stream.lastSeq)) {
        server.unblock(connection)
        connection.answer(waitCommand, [[stream.name, newEntries({ server, connection, stream, group, consumer: group.consumer(wait.consumer), inWords }, wait)]])
      }
    }
  }
}

/** The key is gone, or holds something else now. Plain readers go on waiting. */
export function releaseGroupReaders(server: RedisServer, key: string): void {
  for (const connection of server.blocked.line(key)) {
    const { wait, waitCommand } = connection
    if (wait?.wait !== 'read-group' || !waitCommand) continue
    server.unblock(connection)
    connection.answer(waitCommand, failure('UNBLOCKED the stream key no longer exists'))
  }
}

export const READ_COMMANDS: readonly CommandKind[] = [
  { name: 'xread', arity: -4, read: reading(false) },
  { name: 'xreadgroup', arity: -7, read: reading(true) },
]
