import { type CommandKind, type Run } from '../command.ts'
import { Group } from '../consumer-group.ts'
import { idText, parseId, ZERO, type EntryId } from '../entry-id.ts'
import { failure, INVALID_ID, NOT_AN_INTEGER, parseInteger, type Resp, type RespError } from '../resp.ts'
import type { RedisServer } from '../server.ts'
import type { StreamKey } from '../stream-key.ts'
import { isId } from './arguments.ts'
import { findStream, isStream } from './stream-commands.ts'

const NO_KEY = failure('ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.')
const noSuchGroup = (key: string, group: string): RespError => failure(`NOGROUP No such consumer group '${group}' for key name '${key}'`)

interface GroupWords {
  readonly makes: boolean
  readonly entriesRead: number | null
}

function readOptions(args: readonly string[], creates: boolean): GroupWords | RespError {
  const found = { makes: false, entriesRead: null as number | null }
  for (let at = 5; at < args.length; at += 1) {
    const word = args[at]!.toUpperCase()
    if (word === 'MKSTREAM' && creates) found.makes = true
    else if (word === 'ENTRIESREAD' && at + 1 < args.length) {
      const read = parseInteger(args[(at += 1)]!)
      if (read === null) return NOT_AN_INTEGER
      if (read < -1) return failure('ERR value for ENTRIESREAD must be positive or -1')
      found.entriesRead = read < 0 ? null : read
    } else return failure(`ERR unknown subcommand or wrong number of arguments for '${args[1]!}'. Try XGROUP HELP.`)
  }
  return found
}

/** `$` is the last id now; else an id. */
function position(text: string, stream: StreamKey | undefined): EntryId | RespError {
  if (text === '$') return stream?.last ?? ZERO
  return parseId(text, 0) ?? INVALID_ID
}

/** Claim redis.group.start. */
function create(args: readonly string[]): Run | RespError {
  const words = readOptions(args, true)
  if ('error' in words) return words
  return ({ server }) => {
    const found = findStream(server, args[2]!)
    if (found !== undefined && !isStream(found)) return found
    if (found === undefined && !words.makes) return NO_KEY
    const start = position(args[4]!, found)
    if (!isId(start)) return start
    const stream = found ?? server.keys.makeStream(args[2]!)
    if (stream.groups.has(args[3]!)) return failure('BUSYGROUP Consumer Group name already exists')
    stream.groups.set(args[3]!, new Group(args[3]!, start, words.entriesRead))
    server.changed(stream)
    stream.levels()
    return 'OK'
  }
}

function setId(args: readonly string[]): Run | RespError {
  const words = readOptions(args, false)
  if ('error' in words) return words
  return onGroup(args, ({ server, stream, group }) => {
    const start = position(args[4]!, stream)
    if (!isId(start)) return start
    group.lastMs = start.ms
    group.lastSeq = start.seq
    group.entriesRead = words.entriesRead
    server.changed(stream)
    stream.levels()
    return 'OK'
  })
}

interface Place {
  readonly server: RedisServer
  readonly stream: StreamKey
  readonly group: Group
}

function onGroup(args: readonly string[], act: (place: Place) => Resp): Run {
  return ({ server }) => {
    const stream = findStream(server, args[2]!)
    if (!isStream(stream)) return stream ?? NO_KEY
    const group = stream.groups.get(args[3]!)
    return group ? act({ server, stream, group }) : noSuchGroup(args[2]!, args[3]!)
  }
}

/** Claim redis.group.destroy: those who are blocked on it are told. */
function destroy(args: readonly string[]): Run {
  return ({ server }) => {
    const stream = findStream(server, args[2]!)
    if (!isStream(stream)) return stream ?? NO_KEY
    const group = stream.groups.get(args[3]!)
    if (!group) return 0
    stream.discardGroup(group, 'queue deleted')
    server.changed(stream)
    stream.levels()
    server.blocked.signal(stream.name)
    return 1
  }
}

/** Claim redis.group.delete-consumer: what was pending for it is lost to the group. */
function deleteConsumer(args: readonly string[]): Run {
  return onGroup(args, ({ server, stream, group }) => {
    const consumer = group.find(args[4]!)
    if (!consumer) return 0
    const { pending } = group
    const lost = consumer.pending
    for (let place = pending.first(); place >= 0; place = pending.next(place)) {
      if (pending.owner(place) !== consumer.number) continue
      const copy = pending.handle(place)
      group.drop(place)
      stream.home.node.discard(copy, 'purged')
    }
    group.forget(consumer)
    server.changed(stream)
    stream.levels()
    return lost
  })
}

function info(server: RedisServer, key: string): Resp {
  const stream = findStream(server, key)
  if (!isStream(stream)) return stream ?? failure('ERR no such key')
  return stream.groupsByName.map(group => ['name', group.name, 'consumers', group.consumers.length, 'pending', group.pending.count, 'last-delivered-id', idText(group.lastMs, group.lastSeq), 'entries-read', group.entriesRead, 'lag', stream.lag(group)])
}

export const GROUP_COMMANDS: readonly CommandKind[] = [
  { name: 'xgroup|create', arity: -5, read: create },
  { name: 'xgroup|setid', arity: -5, read: setId },
  { name: 'xgroup|destroy', arity: 4, read: destroy },
  {
    name: 'xgroup|createconsumer', arity: 5,
    read: args =>
      onGroup(args, ({ server, stream, group }) => {
        if (group.find(args[4]!)) return 0
        group.consumer(args[4]!)
        server.changed(stream)
        return 1
      }),
  },
  { name: 'xgroup|delconsumer', arity: 5, read: deleteConsumer },
  { name: 'xinfo|groups', arity: 3, read: args => ({ server }) => info(server, args[2]!) },
]
