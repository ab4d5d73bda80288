import { type Call, type CommandKind, type Run } from '../command.ts'
import type { Connection } from '../connection.ts'
import { compareIds, idText, MAX, nextId, parseId, ZERO, type EntryId } from '../entry-id.ts'
import { failure, INVALID_ID, NOT_AN_INTEGER, parseInteger, SYNTAX, WRONGTYPE, wrongArity, type Resp, type RespError } from '../resp.ts'
import type { RedisServer } from '../server.ts'
import type { StreamKey } from '../stream-key.ts'
import { trimStream, type Trimming } from '../stream-trim.ts'
import { intervalEnd, intervalStart, isId } from './arguments.ts'

/** A stream, nothing, or the error that the key holds something else. */
export function findStream(server: RedisServer, name: string): StreamKey | undefined | RespError {
  const key = server.keys.get(name)
  return key === undefined || key.type === 'stream' ? key : WRONGTYPE
}
export const isStream = (found: StreamKey | undefined | RespError): found is StreamKey => found !== undefined && 'type' in found

/** Redis's default for LIMIT: a hundred nodes of a hundred entries. */
const LIMIT_DEFAULT = 10_000

interface TrimWords {
  readonly trimming: Trimming | null
  readonly makes: boolean
  /** Index of the first word that is no option. */
  readonly next: number
}

/** Reads MAXLEN, MINID, LIMIT and NOMKSTREAM. XADD's end at its id; XTRIM has nothing else. */
function readTrimming(args: readonly string[], adds: boolean): TrimWords | RespError {
  const found: { length: number | null; from: EntryId; about: boolean; limit: number | null } = { length: null, from: ZERO, about: false, limit: null }
  let strategy = ''
  let makes = true
  let at = 2
  for (; at < args.length; at += 1) {
    const word = args[at]!.toUpperCase()
    const more = args.length - 1 - at
    if (adds && word === '*') break
    if (adds && word === 'NOMKSTREAM') makes = false
    else if ((word === 'MAXLEN' || word === 'MINID') && more > 0) {
      if (strategy !== '') return failure('ERR syntax error, MAXLEN and MINID options at the same time are not compatible')
      if (more > 1 && (args[at + 1] === '~' || args[at + 1] === '=')) {
        found.about = args[at + 1] === '~'
        at += 1
      }
      at += 1
      strategy = word
      const refused = readThreshold(word, args[at]!, found)
      if (refused) return refused
    } else if (word === 'LIMIT' && more > 0) {
      at += 1
      found.limit = parseInteger(args[at]!)
      if (found.limit === null) return NOT_AN_INTEGER
      if (found.limit < 0) return failure('ERR The LIMIT argument must be >= 0.')
    } else if (adds) break
    else return SYNTAX
  }
  if (found.limit !== null && strategy === '') return failure('ERR syntax error, LIMIT cannot be used without specifying a trimming strategy')
  if (found.limit !== null && !found.about) return failure('ERR syntax error, LIMIT cannot be used without the special ~ option')
  return { trimming: strategy === '' ? null : { ...found, limit: found.about ? (found.limit ?? LIMIT_DEFAULT) : 0 }, makes, next: at }
}

function readThreshold(word: string, text: string, found: { length: number | null; from: EntryId }): RespError | null {
  if (word === 'MAXLEN') {
    found.length = parseInteger(text)
    if (found.length === null) return NOT_AN_INTEGER
    return found.length < 0 ? failure('ERR The MAXLEN argument must be >= 0.') : null
  }
  const from = parseId(text, 0)
  if (from === null) return INVALID_ID
  found.from = from
  return null
}

/** `*`, `ms-*` (seq is null) or an id. */
type Wanted = { readonly auto: true } | { readonly auto: false; readonly ms: number; readonly seq: number | null }

function readWanted(text: string): Wanted | RespError {
  if (text === '*') return { auto: true }
  if (text.endsWith('-*')) {
    const ms = parseId(text.slice(0, -2), 0)
    return ms === null || text.indexOf('-') !== text.length - 2 ? INVALID_ID : { auto: false, ms: ms.ms, seq: null }
  }
  const id = parseId(text, 0)
  if (id === null) return INVALID_ID
  return { auto: false, ms: id.ms, seq: id.seq }
}

const TOO_SMALL = failure('ERR The ID specified in XADD is equal or smaller than the target stream top item')

/** Claim redis.stream.ids: above the last id ever used, deleted or not. */
function chooseId(stream: StreamKey, wanted: Wanted, nowMs: number): EntryId | RespError {
  const { last } = stream
  if (wanted.auto) return nowMs > last.ms ? { ms: nowMs, seq: 0 } : (nextId(last) ?? TOO_SMALL)
  const { ms } = wanted
  if (wanted.seq === null && ms === last.ms && last.seq === MAX) return TOO_SMALL
  const seq = wanted.seq ?? (ms === last.ms ? last.seq + 1 : 0)
  return compareIds({ ms, seq }, last) > 0 ? { ms, seq } : TOO_SMALL
}

function add(args: readonly string[]): Run | RespError {
  const words = readTrimming(args, true)
  if ('error' in words) return words
  if (words.next >= args.length) return wrongArity('xadd')
  const wanted = readWanted(args[words.next]!)
  if ('error' in wanted) return wanted
  const fields = args.length - words.next - 1
  if (fields < 2 || fields % 2 === 1) return wrongArity('xadd')
  if (!wanted.auto && wanted.ms === 0 && wanted.seq === 0) return failure('ERR The ID specified in XADD must be greater than 0-0')
  return call => perform(call, { name: args[1]!, words, wanted })
}

function perform(call: Call, { name, words, wanted }: { readonly name: string; readonly words: TrimWords; readonly wanted: Wanted }): Resp {
  const { server } = call
  const found = findStream(server, name)
  if (found !== undefined && !isStream(found)) return found
  if (found === undefined && !words.makes) return null
  const stream = found ?? server.keys.makeStream(name)
  if (stream.lastMs === MAX && stream.lastSeq === MAX) return failure('ERR The stream has exhausted the last possible ID, unable to add more items')
  const id = chooseId(stream, wanted, server.nowMs())
  if (!isId(id)) return id
  const message = call.values[0]!
  call.used = true
  stream.append(id.ms, id.seq, message, server.fieldsOf(message))
  if (words.trimming) trimStream(stream, words.trimming)
  server.changed(stream)
  server.blocked.signal(name)
  return call.command.wants === 'words' ? idText(id.ms, id.seq) : null
}

function trim(args: readonly string[]): Run | RespError {
  const words = readTrimming(args, false)
  if ('error' in words) return words
  return ({ server }) => {
    const stream = findStream(server, args[1]!)
    if (!isStream(stream)) return stream ?? 0
    const gone = words.trimming ? trimStream(stream, words.trimming) : 0
    if (gone > 0) server.changed(stream)
    return gone
  }
}

function remove(args: readonly string[]): Run | RespError {
  const ids = parseIds(args.slice(2))
  if ('error' in ids) return ids
  return ({ server }) => {
    const stream = findStream(server, args[1]!)
    if (!isStream(stream)) return stream ?? 0
    let gone = 0
    for (const id of ids) {
      const place = stream.log.find(id.ms, id.seq)
      if (place < 0) continue
      stream.remove(place, 'purged')
      if (compareIds(id, stream.maxDeleted) > 0) stream.maxDeleted = id
      gone += 1
    }
    if (gone > 0) server.changed(stream)
    stream.levels()
    return gone
  }
}

export function parseIds(texts: readonly string[]): readonly EntryId[] | RespError {
  const ids: EntryId[] = []
  for (const text of texts) {
    const id = parseId(text, 0)
    if (id === null) return INVALID_ID
    ids.push(id)
  }
  return ids
}

/** An entry in words: its id and its fields. */
export function entryWords(server: RedisServer, stream: StreamKey, place: number): Resp {
  return [idText(stream.log.major(place), stream.log.minor(place)), [...server.fieldsOf(stream.log.handle(place))]]
}

/** A copy of an entry is the client's. */
function handOut(server: RedisServer, connection: Connection, { home, log }: StreamKey, place: number): void {
  server.deliveredFrom(home, log.handle(place))
  connection.hand(home.node.copy(log.handle(place)), log.major(place), log.minor(place))
}

function ranging(backwards: boolean): CommandKind['read'] {
  return args => {
    const start = intervalStart(args[backwards ? 3 : 2]!)
    if (!isId(start)) return start
    const end = intervalEnd(args[backwards ? 2 : 3]!)
    if (!isId(end)) return end
    let count = Infinity
    for (let at = 4; at < args.length; at += 2) {
      if (args[at]!.toUpperCase() !== 'COUNT' || at + 1 >= args.length) return SYNTAX
      const asked = parseInteger(args[at + 1]!)
      if (asked === null) return NOT_AN_INTEGER
      count = Math.max(0, asked)
    }
    return ({ server, connection, command }) => {
      const stream = findStream(server, args[1]!)
      if (!isStream(stream)) return stream ?? []
      if (count === 0) return null
      const rows: Resp[] = []
      const { log } = stream
      const inside = (place: number): boolean => {
        const id = { ms: log.major(place), seq: log.minor(place) }
        return compareIds(id, start) >= 0 && compareIds(id, end) <= 0
      }
      let sent = 0
      for (let place = backwards ? log.upTo(end.ms, end.seq) : log.from(start.ms, start.seq); place >= 0 && inside(place) && sent < count; place = backwards ? log.previous(place) : log.next(place)) {
        if (command.wants === 'words') rows.push(entryWords(server, stream, place))
        else handOut(server, connection, stream, place)
        sent += 1
      }
      return rows
    }
  }
}

export const STREAM_COMMANDS: readonly CommandKind[] = [
  { name: 'xadd', arity: -5, read: add },
  { name: 'xtrim', arity: -4, read: trim },
  { name: 'xdel', arity: -3, read: remove },
  { name: 'xrange', arity: -4, read: ranging(false) },
  { name: 'xrevrange', arity: -4, read: ranging(true) },
  {
    name: 'xlen', arity: 2,
    read: args => ({ server }) => {
      const stream = findStream(server, args[1]!)
      return isStream(stream) ? stream.length : (stream ?? 0)
    },
  },
]

